"""Periods of an office: months, opening balance and year end, which are there and which are closed.

Sources: the vendor's pages on transactions (period 0 opening balance, 55 year end) and on the period service.
"""

import re
from calendar import monthrange
from datetime import date, datetime

from emulators.twinfield.books import Books, Office

FORM = re.compile(r"(?P<year>\d{4})/(?P<number>\d{1,2})")
MONTHS = 12
OPENING, YEAR_END = 0, 55
CLOSED_MONTHS_BACK = 3


def numbers() -> list[int]:
    """Return the numbers of a year's periods."""
    return [OPENING, *range(1, MONTHS + 1), YEAR_END]


def period_of(day: date) -> str:
    """Return the month of a day, as 2026/03."""
    return f"{day.year}/{day.month:02d}"


def tidy(text: str) -> str | None:
    """Return a period as 2026/03, None when it does not look like one."""
    found = FORM.fullmatch(text)
    return f"{found['year']}/{int(found['number']):02d}" if found else None


def exists(office: Office, period: str) -> bool:
    """Tell whether a year and period are there."""
    year, _, number = period.partition("/")
    return int(year) in office.years and int(number) in numbers()


def holds(period: str, day: date) -> bool:
    """Tell whether a day falls in a period; opening and year end take the whole year."""
    year, _, number = period.partition("/")
    return day.year == int(year) and (int(number) in {OPENING, YEAR_END} or day.month == int(number))


def end_of(year: int, number: int) -> date:
    """Return the last day of a period."""
    month = {OPENING: 1, YEAR_END: MONTHS}.get(number, number)
    if number == OPENING:
        return date(year, 1, 1)
    return date(year, month, monthrange(year, month)[1])


def closed(books: Books) -> set[str]:
    """Return the closed periods (switch `closed_periods`)."""
    wanted = books.switches.text("closed_periods")
    if wanted == "auto":
        return books.office.closed
    return {found for found in map(tidy, wanted.split()) if found}


def third_month_before(day: date) -> str:
    """Return the period that is closed unless a switch says otherwise."""
    months = day.year * MONTHS + day.month - 1 - CLOSED_MONTHS_BACK
    return f"{months // MONTHS}/{months % MONTHS + 1:02d}"


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
