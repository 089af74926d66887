"""Ask Twinfield's period service which periods there are, and which are open.

Twinfield developer portal, "Periods"; WSDL of PeriodService.svc.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from lxml import etree

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.targets.twinfield.wire import SCHEMA_INSTANCE, TWINFIELD, name_of, read_date, text_of

SERVICE = "PeriodService.svc"
ACTION = f"{TWINFIELD}PeriodService/Query"
_TYPES = "http://schemas.datacontract.org/2004/07/Twinfield.WebServices.PeriodService"
_WITHOUT_DAYS = frozenset({0, 55})
"""Opening balances and year ends have no days of their own."""


def years_query() -> etree._Element:
    """Ask for the fiscal years there are."""
    return _query("GetYears")


def periods_query(year: int) -> etree._Element:
    """Ask for the periods of one fiscal year."""
    query = _query("GetPeriods")
    etree.SubElement(query, f"{{{_TYPES}}}Year").text = str(year)
    return query


def read_years(result: etree._Element) -> list[int]:
    """Read the fiscal years there are, ascending."""
    texts = [text_of(element) for element in result.iter(etree.Element) if name_of(element) == "int"]
    return sorted(int(text) for text in texts if text)


def read_periods(result: etree._Element, year: int) -> list[ChartPeriod]:
    """Read the periods of a year; each begins where the one before it ends, the first on its month's first.

    A year that does not exist has none.
    """
    ends = sorted(_ends(result))
    periods: list[ChartPeriod] = []
    for number, last_date, is_open in ends:
        first_date = periods[-1].last_date + timedelta(days=1) if periods else last_date.replace(day=1)
        periods.append(
            ChartPeriod(
                fiscal_year=year, number=number, first_date=first_date, last_date=last_date, is_open=is_open
            )
        )
    return periods


def replace_year(
    periods: Iterable[ChartPeriod], year: int, newer: Iterable[ChartPeriod]
) -> tuple[ChartPeriod, ...]:
    """Put the periods of one year, read anew, in the place of the older ones."""
    others = [period for period in periods if period.fiscal_year != year]
    return tuple(sorted([*others, *newer], key=lambda period: (period.fiscal_year, period.number)))


def _ends(result: etree._Element) -> Iterator[tuple[int, date, bool]]:
    for element in result.iter(etree.Element):
        if name_of(element) == "Period":
            fields = {name_of(child): text_of(child) for child in element}
            number, ends_on = int(fields["Number"] or ""), fields.get("EndDate")
            if number not in _WITHOUT_DAYS and ends_on:
                yield number, read_date(ends_on), fields["Open"] == "true"


def _query(name: str) -> etree._Element:
    query = etree.Element(f"{{{TWINFIELD}}}Query", nsmap={"t": TWINFIELD, "i": SCHEMA_INSTANCE, "b": _TYPES})
    query.set(f"{{{SCHEMA_INSTANCE}}}type", f"b:{name}")
    return query
