"""Book years and periods: which administration a date belongs to, and what is closed."""

from datetime import date, datetime, timedelta

from emulators.accountview.books import YEARS_BACK, Books, Company, Row, local
from emulators.accountview.errors import AccountViewError
from emulators.accountview.values import parse_moment
from emulators.clock import EmulatorClock
from emulators.switches import Switches

CLOSED_MONTHS_BACK = 3
MONTHS = 12
MONTH_NAMES = (
    "Januari", "Februari", "Maart", "April", "Mei", "Juni", "Juli", "Augustus", "September", "Oktober",
    "November", "December",
)  # fmt: skip

Period = tuple[int, int]


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
    this_year = local(clock.now()).year
    return range(company.first_year - YEARS_BACK, this_year + switches.number("years_ahead") + 1)


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
    if day.year != books.book_year and books.switches.text("date_outside_year") == "refused":
        return [f"Datum {day:%d-%m-%Y} valt niet in boekjaar {books.book_year}"]
    if not 1 <= period <= MONTHS:
        return [f"Periode '{period}' bestaat niet"]
    if period != day.month and books.switches.text("period_outside_date") == "refused":
        return [f"Datum {day:%d-%m-%Y} valt niet in periode {period}"]
    if (books.book_year, period) in closed(books):
        return [f"Periode {period} van boekjaar {books.book_year} is geblokkeerd"]
    return []


def third_month_before(day: date) -> Period:
    """Return the period that is closed unless a switch says otherwise."""
    months = day.year * MONTHS + day.month - 1 - CLOSED_MONTHS_BACK
    return months // MONTHS, months % MONTHS + 1


def rows(books: Books) -> list[Row]:
    """Return the periods of the book year as PERIODS shows them."""
    shut = closed(books) if books.switches.on("period_flag") else set()
    return [
        {
            "PERIOD": number,
            "PER_DESC": MONTH_NAMES[number - 1],
            "BEG_DATE": date(books.book_year, number, 1),
            "END_DATE": _last_day(books.book_year, number),
            "PER_BLK": (books.book_year, number) in shut,
            "REC_ID": f"P{books.book_year}{number:02}",
        }
        for number in range(1, MONTHS + 1)
    ]


def _last_day(year: int, month: int) -> date:
    following = date(year + month // MONTHS, month % MONTHS + 1, 1)
    return following - timedelta(days=1)


def _period(text: str) -> Period:
    day = datetime.strptime(text, "%Y/%m")  # noqa: DTZ007 - a month has no zone
    return day.year, day.month
