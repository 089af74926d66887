"""Periods of an office: months, opening balance and year end, which are there and which are closed.

Sources: the vendor's pages on transactions (period 0 opening balance, 55 year end) and on the period service.
"""

import re
from datetime import date, datetime

from emulators.fiscal_years import MONTHS, FiscalYears, Period
from emulators.twinfield.books import Books, Office

FORM = re.compile(r"(?P<year>\d{4})/(?P<number>\d{1,2})")
OPENING, YEAR_END = 0, 55


def numbers() -> list[int]:
    """Return the numbers of a year's periods."""
    return [OPENING, *range(1, MONTHS + 1), YEAR_END]


def written(year: int, number: int) -> str:
    """Write a period, as 2026/03."""
    return f"{year}/{number:02d}"


def tidy(text: str) -> str | None:
    """Return a period as 2026/03, None when it does not look like one."""
    found = FORM.fullmatch(text)
    return f"{found['year']}/{int(found['number']):02d}" if found else None


def split(period: str) -> Period:
    """Return year and number of a period such as 2026/03."""
    year, _, number = period.partition("/")
    return int(year), int(number)


def exists(office: Office, period: str) -> bool:
    """Tell whether a year and period are there."""
    year, number = split(period)
    return year in office.years and number in numbers()


def holds(period: str, day: date, years: FiscalYears) -> bool:
    """Tell whether a day falls in a period; opening and year end take the whole year."""
    year, number = split(period)
    own_year, own_number = years.period_of(day)
    return own_year == year and number in {OPENING, YEAR_END, own_number}


def end_of(year: int, number: int, years: FiscalYears) -> date:
    """Return the last day of a period."""
    if number == OPENING:
        return years.first_day(year)
    return years.last_day(year, MONTHS if number == YEAR_END else number)


def renamed(period: str, before: FiscalYears, years: FiscalYears) -> str:
    """Return what a period is called in other fiscal years; opening and year end keep their year."""
    year, number = split(period)
    return period if number in {OPENING, YEAR_END} else written(*before.renamed((year, number), years))


def closed(books: Books) -> set[str]:
    """Return the closed periods (switch `closed_periods`)."""
    wanted = books.switches.text("closed_periods")
    if wanted == "auto":
        return books.office.closed
    return {found for found in map(tidy, wanted.split()) if found}


def read_date(text: str) -> date | None:
    """Read yyyymmdd, None when it is no date."""
    if not re.fullmatch(r"\d{8}", text):
        return None
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def write_date(day: date) -> str:
    """Write yyyymmdd."""
    return f"{day:%Y%m%d}"
