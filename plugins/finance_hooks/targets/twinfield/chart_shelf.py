"""Keep the charts of administrations at hand: in memory for a load, in the cache for half a day, else anew.

Whether a period is open is never older than the load.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from lxml import etree

from finance_hooks.model.chart import Chart, ChartPeriod
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.targets.base import Cache
from finance_hooks.targets.parts import read_parts
from finance_hooks.targets.twinfield import questions
from finance_hooks.targets.twinfield.chart import (
    ACCOUNT_TYPES,
    COST_CENTRE_TYPE,
    COST_UNIT_TYPE,
    DAYBOOK_CATEGORIES,
    PARTY_TYPES,
    VAT_TYPES,
    Lists,
    VatCode,
    make_chart,
    read_chart,
    read_dimensions,
    read_offices,
    read_vat_code,
    write_chart,
)
from finance_hooks.targets.twinfield.client import Client
from finance_hooks.targets.twinfield.periods import (
    periods_query,
    read_periods,
    read_years,
    replace_year,
    years_query,
)
from finance_hooks.targets.twinfield.wire import UNEXPECTED, child_text

CACHE_NAME = "twinfield.chart"
MAX_AGE = timedelta(hours=12)
YEARS_KEPT = 7
"""Books are kept so many years by law; the periods of older ones are not asked for."""
DIMENSION_TYPES = (*ACCOUNT_TYPES, *PARTY_TYPES.values(), COST_CENTRE_TYPE, COST_UNIT_TYPE)


class ChartShelf:
    """Hand out the charts of the administrations of one organisation."""

    def __init__(self, client: Callable[[], Client], cache: Cache | None) -> None:
        """Start empty; the client is asked for when something has to be read."""
        self._client = client
        self._cache = cache
        self._charts: dict[str, Chart] = {}
        self._fresh: set[str] = set()
        self._years: set[tuple[str, int]] = set()

    def read(self, office: str) -> Chart:
        """Return a chart that is at most 12 hours old."""
        if office not in self._charts:
            kept = self._read_kept(office)
            if kept is None:
                return self._read_anew(office)
            self._charts[office] = kept
        return self._charts[office]

    def read_with_periods(self, office: str, year: int) -> Chart:
        """Return the chart with the periods of a year as they are in this load: one call, once."""
        chart = self.read(office)
        known = {period.fiscal_year for period in chart.periods}
        if year in known and (office, year) not in self._years:
            periods = replace_year(chart.periods, year, self._read_year(office, year))
            self._charts[office] = replace(chart, periods=periods)
            self._years.add((office, year))
        return self._charts[office]

    def was_closed(self, office: str, year: int, number: int) -> bool:
        """Ask anew whether a period is closed."""
        self._years.discard((office, year))
        periods = self.read_with_periods(office, year).periods
        return any(
            period.is_open is False
            for period in periods
            if (period.fiscal_year, period.number) == (year, number)
        )

    def read_newer(self, office: str) -> Chart | None:
        """Read a chart anew because it lacks a code, once a load; `None` when that was done already."""
        return None if office in self._fresh else self._read_anew(office)

    def offices(self) -> dict[str, str]:
        """Read the administrations that the user may open, by code."""
        return read_offices(self._client().read(questions.list_offices(), "list offices", office=None))

    def name_of(self, office: str) -> str:
        """Return an administration's name; ConfigurationError when the user may not open it."""
        offices = self.offices()
        if office not in offices:
            known = ", ".join(sorted(offices)) or "none at all"
            raise ConfigurationError(
                f"Administration {office} is not among those the user of Twinfield may open ({known})."
            )
        return offices[office]

    def _read_anew(self, office: str) -> Chart:
        name = self.name_of(office)
        try:
            chart = make_chart(office, self._read_lists(office, name))
        except UNEXPECTED as error:
            raise TemporaryFailure(f"Twinfield's chart is not as expected: {error!r}") from error
        self._charts[office] = chart
        self._fresh.add(office)
        self._years |= {(office, period.fiscal_year) for period in chart.periods}
        if self._cache is not None:
            self._cache.write(CACHE_NAME, self._key(office), write_chart(chart))
        return chart

    def _read_lists(self, office: str, name: str) -> Lists:
        client = self._client()
        daybooks = {
            category: client.find(questions.DAYBOOKS, office, category=category)
            for category in DAYBOOK_CATEGORIES.values()
        }
        dimensions = read_parts({each: self._reading_dimensions(office, each) for each in DIMENSION_TYPES})
        own = self._read(questions.read_office(office), "office", office)
        return Lists(
            name=name,
            country=child_text(own, ".//country") or "",
            currency=child_text(own, ".//basecurrency") or "",
            daybooks=daybooks,
            dimensions=dimensions,
            vat_codes=tuple(self._read_vat_codes(office)),
            periods=tuple(self._read_periods(office)),
        )

    def _reading_dimensions(self, office: str, each: str) -> Callable[[], dict[str, str]]:
        question = questions.list_dimensions(office, each)
        return lambda: read_dimensions(self._read(question, each, office), each)

    def _read_vat_codes(self, office: str) -> list[VatCode]:
        client = self._client()
        codes = [
            code
            for vat_type in VAT_TYPES
            for code in client.find(questions.VAT_CODES, office, vattype=vat_type)
        ]
        return [read_vat_code(self._read(questions.read_vat(office, code), code, office)) for code in codes]

    def _read_periods(self, office: str) -> list[ChartPeriod]:
        oldest = self._client().transport.clock.now().year - YEARS_KEPT
        years = read_years(self._client().query_periods(years_query(), office))
        return [period for year in years if year >= oldest for period in self._read_year(office, year)]

    def _read_year(self, office: str, year: int) -> list[ChartPeriod]:
        return read_periods(self._client().query_periods(periods_query(year), office), year)

    def _read(self, document: etree._Element, what: str, office: str) -> etree._Element:
        return self._client().read(document, f"read {what}", office=office)

    def _read_kept(self, office: str) -> Chart | None:
        if self._cache is None:
            return None
        content = self._cache.read(CACHE_NAME, self._key(office), max_age=MAX_AGE)
        return None if content is None else read_chart(content)

    def _key(self, office: str) -> str:
        # Twinfield: the code of an administration is unique within its organisation only.
        return f"{self._client().connection.organisation}|{office}"
