"""A broken fiscal year is called as the package calls it: after its first day or after its last."""

from calendar import monthrange
from dataclasses import replace
from datetime import date

import pytest

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.posting.periods import name_year
from tests.posting.entries import ENTRY

START_MONTH = 7


def table(*, named: str) -> tuple[ChartPeriod, ...]:
    """Return three broken years of twelve months, and a thirteenth period of one day."""
    periods = []
    for first_year in (2025, 2026, 2027):
        name = first_year + (named == "last")
        for place in range(12):
            year, month = first_year + (START_MONTH - 1 + place) // 12, (START_MONTH - 1 + place) % 12 + 1
            last = date(year, month, monthrange(year, month)[1])
            periods.append(_period(name, place + 1, date(year, month, 1), last))
        closing = date(first_year + 1, START_MONTH - 1, 30)
        periods.append(_period(name, 13, closing, closing))
    return tuple(periods)


def _period(name: int, number: int, first: date, last: date) -> ChartPeriod:
    return ChartPeriod(fiscal_year=name, number=number, first_date=first, last_date=last)


@pytest.mark.parametrize("said", [2026, 2027])
@pytest.mark.parametrize(("named", "expected"), [("first", 2026), ("last", 2027)])
def test_year_is_called_as_the_package_calls_it_whatever_the_source_says(
    named: str, expected: int, said: int
) -> None:
    entry = replace(ENTRY, entry_date=date(2026, 10, 31), fiscal_year=said, period=4)

    renamed = name_year(entry, table(named=named))

    assert (renamed.fiscal_year, renamed.period) == (expected, 4)


@pytest.mark.parametrize(("named", "expected"), [("first", 2025), ("last", 2026)])
@pytest.mark.parametrize("period", [12, 13])
def test_another_period_than_that_of_the_day_stays_in_the_year_that_lies_nearest(
    named: str, expected: int, period: int
) -> None:
    entry = replace(ENTRY, entry_date=date(2026, 7, 2), fiscal_year=2025, period=period)

    assert name_year(entry, table(named=named)).fiscal_year == expected


def test_year_that_the_package_does_not_have_is_not_taken_for_its_neighbour() -> None:
    entry = replace(ENTRY, entry_date=date(2028, 7, 15), fiscal_year=2028, period=1)

    assert name_year(entry, table(named="first")) == entry


def test_year_further_off_than_one_is_no_other_name_of_the_same_year() -> None:
    entry = replace(ENTRY, entry_date=date(2026, 10, 31), fiscal_year=2024, period=4)

    assert name_year(entry, table(named="first")) == entry


def test_days_that_are_only_supposed_name_no_year() -> None:
    entry = replace(ENTRY, entry_date=date(2026, 10, 31), fiscal_year=2026, period=4)
    supposed = [replace(period, is_supposed=True) for period in table(named="last")]

    assert name_year(entry, supposed) == entry
