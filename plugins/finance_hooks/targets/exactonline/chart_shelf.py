"""Keep the charts of divisions at hand: in memory for a load, in the cache for half a day, else read anew."""

from collections.abc import Callable
from datetime import timedelta

from finance_hooks.model.chart import Chart
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.targets.base import Cache
from finance_hooks.targets.exactonline import divisions
from finance_hooks.targets.exactonline.chart import RESOURCES, Resource, make_chart, read_chart, write_chart
from finance_hooks.targets.exactonline.client import Client
from finance_hooks.targets.exactonline.wire import UNEXPECTED, Row
from finance_hooks.targets.parts import read_parts

CACHE_NAME = "exactonline.chart"
MAX_AGE = timedelta(hours=12)


class ChartShelf:
    """Hand out the charts of divisions of one site and country."""

    def __init__(self, client: Callable[[], Client], country: str, cache: Cache | None) -> None:
        """Start empty; the client is asked for when something has to be read."""
        self._client = client
        self._country = country
        self._cache = cache
        self._charts: dict[str, Chart] = {}
        self._fresh: set[str] = set()

    def read(self, division: str) -> Chart:
        """Return a chart that is at most 12 hours old."""
        if division not in self._charts:
            kept = self._read_kept(division)
            if kept is None:
                return self._read_anew(division)
            self._charts[division] = kept
        return self._charts[division]

    def read_newer(self, division: str) -> Chart | None:
        """Read a chart anew because it lacks a code, once a load; `None` when that was done already."""
        return None if division in self._fresh else self._read_anew(division)

    def read_division(self, division: str) -> Row:
        """Read a division's own row; ConfigurationError when nothing can be booked in it."""
        if not division.isdecimal():
            raise ConfigurationError(f"{division!r} is no division of Exact; its code is a number.")
        rows = self._client().read_rows(
            division, divisions.DIVISIONS, select=divisions.SELECT, filtered=f"Code eq {division}"
        )
        row = next(rows, None)
        if row is None:
            raise ConfigurationError(f"Division {division} is not among those the user of Exact may open.")
        why = divisions.why_unusable(row, self._country)
        if why:
            raise ConfigurationError(f"Nothing can be booked: {why}.")
        return row

    def _read_anew(self, division: str) -> Chart:
        row = self.read_division(division)
        client = self._client()

        def reading(part: Resource) -> Callable[[], list[Row]]:
            return lambda: list(
                client.read_rows(division, part.path, select=part.select, filtered=part.filter)
            )

        try:
            chart = make_chart(row, read_parts({name: reading(part) for name, part in RESOURCES.items()}))
        except UNEXPECTED as error:
            raise TemporaryFailure(f"Exact's chart is not as expected: {error!r}") from error
        self._charts[division] = chart
        self._fresh.add(division)
        if self._cache is not None:
            self._cache.write(CACHE_NAME, self._key(division), write_chart(chart))
        return chart

    def _read_kept(self, division: str) -> Chart | None:
        if self._cache is None:
            return None
        content = self._cache.read(CACHE_NAME, self._key(division), max_age=MAX_AGE)
        return None if content is None else read_chart(content)

    def _key(self, division: str) -> str:
        # Exact: a division's code is unique over all divisions of a country's site.
        return f"{self._country}|{division}"
