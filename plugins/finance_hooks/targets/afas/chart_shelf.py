"""Keep charts at hand: in memory for a load, in the cache for half a day, else read anew."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.targets.afas.chart import (
    ADMINISTRATIONS,
    CONNECTORS,
    PAYMENT_TERMS_COLUMNS,
    AfasChart,
    Connector,
    make_chart,
    read_chart,
    write_chart,
)
from finance_hooks.targets.afas.client import Client
from finance_hooks.targets.afas.connection import AfasConnection
from finance_hooks.targets.afas.wire import UNEXPECTED, Row
from finance_hooks.targets.base import Cache
from finance_hooks.targets.parts import read_parts

CACHE_NAME = "afas.chart"
MAX_AGE = timedelta(hours=12)
PAYMENT_TERMS = "payment_terms"


class ChartShelf:
    """Hand out the charts of the administrations of one environment."""

    def __init__(
        self, client: Callable[[], Client], connection: Callable[[], AfasConnection], cache: Cache | None
    ) -> None:
        """Start empty; client and connection are asked for when something has to be read."""
        self._client = client
        self._connection = connection
        self._cache = cache
        self._charts: dict[str, AfasChart] = {}
        self._fresh: set[str] = set()

    def read(self, administration: str) -> AfasChart:
        """Return a chart that is at most 12 hours old."""
        if administration not in self._charts:
            kept = self._read_kept(administration)
            if kept is None:
                return self._read_anew(administration)
            self._charts[administration] = kept
        return self._charts[administration]

    def read_newer(self, administration: str) -> AfasChart | None:
        """Read a chart anew because it rules an entry out, once a load; `None` when that was done already."""
        return None if administration in self._fresh else self._read_anew(administration)

    def read_administration(self, administration: str) -> Row:
        """Read an administration's own row; ConfigurationError when the user may not see it."""
        if not administration.isdecimal():
            raise ConfigurationError(
                f"{administration!r} is no administration of AFAS; its code is a number."
            )
        rows = list(self.read_part(ADMINISTRATIONS, administration))
        if not rows:
            raise ConfigurationError(
                f"Administration {administration} is not among those the connector's user may see."
            )
        return rows[0]

    def read_part(self, part: Connector, administration: str) -> Iterator[Row]:
        """Read the rows of one connector, of one administration where it tells them apart."""
        return self._client().read_rows(
            part.name,
            order=part.order,
            columns=part.columns,
            alternatives=[[(part.unit, administration)]] if part.unit else (),
        )

    def _read_anew(self, administration: str) -> AfasChart:
        row = self.read_administration(administration)
        today = self._client().transport.clock.now().date()
        try:
            chart = make_chart(row, *self._read_lists(administration), today=today)
        except UNEXPECTED as error:
            raise TemporaryFailure(f"AFAS's chart is not as expected: {error!r}") from error
        self._charts[administration] = chart
        self._fresh.add(administration)
        if self._cache is not None:
            self._cache.write(CACHE_NAME, self._key(administration), write_chart(chart))
        return chart

    def _read_lists(self, administration: str) -> tuple[dict[str, list[Row]], list[Row] | None]:
        """Read the rows of every connector, and of the payment terms where a connector lists them."""

        def reading(part: Connector) -> Callable[[], list[Row]]:
            return lambda: list(self.read_part(part, administration))

        own = self._connection().payment_terms_connector
        terms = {} if own is None else {PAYMENT_TERMS: lambda: self._read_terms(own)}
        lists = read_parts({name: reading(part) for name, part in CONNECTORS.items()} | terms)
        return lists, lists.get(PAYMENT_TERMS)

    def _read_terms(self, connector: str) -> list[Row]:
        return list(
            self._client().read_rows(connector, order="PaymentCondition", columns=PAYMENT_TERMS_COLUMNS)
        )

    def _read_kept(self, administration: str) -> AfasChart | None:
        if self._cache is None:
            return None
        content = self._cache.read(CACHE_NAME, self._key(administration), max_age=MAX_AGE)
        return None if content is None else read_chart(content)

    def _key(self, administration: str) -> str:
        connection = self._connection()
        return f"{connection.base_url}|{administration}|{connection.payment_terms_connector or ''}"
