"""Book years and periods: which administration a date belongs to, and what is closed."""

from datetime import date, datetime

from emulators.accountview.books import YEARS_BACK, Books, Company, Row, local
from emulators.accountview.errors import AccountViewError
from emulators.accountview.values import parse_moment
from emulators.clock import EmulatorClock
from emulators.fiscal_years import MONTHS, FiscalYears, Period
from emulators.switches import Switches

MONTH_NAMES = (
    "Januari", "Februari", "Maart", "April", "Mei", "Juni", "Juli", "Augustus", "September", "Oktober",
    "November", "December",
)  # fmt: skip


def book_day(text: str, clock: EmulatorClock, switches: Switches) -> date:
    """Return the day that a BookDate names, today when it is empty."""
    if not text:
        return local(clock.now()).date()
    try:
        return parse_moment(text, switches).date()
    except ValueError as error:
        raise AccountViewError(f"Ongeldige boekdatum '{text}'") from error


def book_years(company: Company, clock: EmulatorClock, switches: Switches) -> range:
    """Return the years of which there is an administration."""
    years = FiscalYears.of(switches)
    first, last = years.year_of(date(company.first_year, 1, 1)), years.year_of(local(clock.now()))
    return range(first - YEARS_BACK, last + switches.number("years_ahead") + 1)


def administration(company: Company, year: int) -> str:
    """Return the code of the administration of a book year."""
    return f"{company.code}-{year}"


def closed(books: Books) -> set[Period]:
    """Return the closed periods (switch `closed_periods`)."""
    wanted = books.switches.text("closed_periods")
    if wanted == "auto":
        return books.company.closed
    return {_period(part) for part in wanted.split()}


def check(books: Books, day: date, period: int) -> list[str]:
    """Say why nothing may be booked on a day in a period."""
    year, own_period = FiscalYears.of(books.switches).period_of(day)
    if year != books.book_year and books.switches.text("date_outside_year") == "refused":
        return [f"Datum {day:%d-%m-%Y} valt niet in boekjaar {books.book_year}"]
    if not 1 <= period <= MONTHS:
        return [f"Periode '{period}' bestaat niet"]
    if period != own_period and books.switches.text("period_outside_date") == "refused":
        return [f"Datum {day:%d-%m-%Y} valt niet in periode {period}"]
    if (books.book_year, period) in closed(books):
        return [f"Periode {period} van boekjaar {books.book_year} is geblokkeerd"]
    return []


def rows(books: Books) -> list[Row]:
    """Return the periods of the book year as PERIODS shows them."""
    shut = closed(books) if books.switches.on("period_flag") else set()
    years = FiscalYears.of(books.switches)
    first_days = [years.first_day(books.book_year, number) for number in range(1, MONTHS + 1)]
    return [
        {
            "PERIOD": number,
            "PER_DESC": MONTH_NAMES[first_day.month - 1],
            "BEG_DATE": first_day,
            "END_DATE": years.last_day(books.book_year, number),
            "PER_BLK": (books.book_year, number) in shut,
            "REC_ID": f"P{books.book_year}{number:02}",
        }
        for number, first_day in enumerate(first_days, start=1)
    ]


def _period(text: str) -> Period:
    day = datetime.strptime(text, "%Y/%m")  # noqa: DTZ007 - a month has no zone
    return day.year, day.month
