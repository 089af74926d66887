"""Fiscal years that begin in another month than January."""

from datetime import date, timedelta

import pytest
from werkzeug.test import Client

from emulators.fiscal_years import FiscalYears
from emulators.registry import build

CALENDAR = FiscalYears()
FIRST = FiscalYears(start=7)
LAST = FiscalYears(start=7, named="last")
PACKAGES = ("exactonline", "exactonline_be", "twinfield", "afas", "accountview")


@pytest.mark.parametrize(
    ("years", "day", "period"),
    [
        (CALENDAR, date(2026, 10, 31), (2026, 10)),
        (FiscalYears(named="last"), date(2026, 10, 31), (2026, 10)),
        (FIRST, date(2026, 10, 31), (2026, 4)),
        (LAST, date(2026, 10, 31), (2027, 4)),
        (FIRST, date(2026, 6, 30), (2025, 12)),
        (LAST, date(2026, 6, 30), (2026, 12)),
        (LAST, date(2026, 7, 1), (2027, 1)),
        (FiscalYears(start=12, named="last"), date(2026, 11, 30), (2026, 12)),
    ],
)
def test_day_lies_in_a_year_and_period(years: FiscalYears, day: date, period: tuple[int, int]) -> None:
    assert years.period_of(day) == period


@pytest.mark.parametrize("start", range(1, 13))
@pytest.mark.parametrize("named", ["first", "last"])
def test_periods_of_years_follow_each_other_without_gap(start: int, named: str) -> None:
    years = FiscalYears(start=start, named=named)

    for year in (2026, 2027, 2028):
        for period in range(1, 13):
            first, last = years.first_day(year, period), years.last_day(year, period)
            assert years.period_of(first) == years.period_of(last) == (year, period)
            assert years.period_of(last + timedelta(days=1)) != (year, period)
        assert years.last_day(year) + timedelta(days=1) == years.first_day(year + 1)
        assert year in {years.first_day(year).year, years.last_day(year).year}


def test_third_month_before_a_day_is_called_as_the_fiscal_years_call_it() -> None:
    day = date(2026, 11, 30)

    assert CALENDAR.third_month_before(day) == (2026, 8)
    assert FIRST.third_month_before(day) == (2026, 2)
    assert LAST.third_month_before(date(2026, 9, 30)) == (2026, 12)


def test_month_is_called_otherwise_in_other_fiscal_years() -> None:
    assert CALENDAR.renamed((2026, 8), LAST) == (2027, 2)
    assert LAST.renamed((2027, 2), FIRST) == (2026, 2)
    assert FIRST.renamed((2026, 2), CALENDAR) == (2026, 8)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_has_calendar_years_unless_switched(package: str) -> None:
    client = Client(build(package))

    listed = {each["name"]: each for each in client.get("/_emulator/switches").get_json()["switches"]}

    assert listed["fiscal_year_start"]["position"] == 1
    assert listed["fiscal_year_named"]["position"] == "first"


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("start", [0, 13, True, "7"])
def test_year_begins_in_a_month(package: str, start: object) -> None:
    client = Client(build(package))

    assert client.post("/_emulator/switches", json={"fiscal_year_start": start}).status_code == 400
    assert client.post("/_emulator/switches", json={"fiscal_year_start": 12}).status_code == 200
