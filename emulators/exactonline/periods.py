"""Financial periods: which one a date falls in, which are closed, when an invoice is due."""

from datetime import datetime, timedelta

from emulators.exactonline.books import Books, Row
from emulators.exactonline.errors import Finding, finding, sentence
from emulators.fiscal_years import Period

TABLE = "financial/FinancialPeriods"
MONTHS = 12


def period_of(books: Books, day: datetime, year: int | None, period: int | None) -> Period | None:
    """Return year and period, derived from the date where not given, or None when not in the table."""
    for row in books.rows(TABLE):
        if year is not None and row["FinYear"] != year:
            continue
        if period is not None and row["FinPeriod"] != period:
            continue
        given = year is not None and period is not None
        if given or row["StartDate"] <= day < row["EndDate"] + timedelta(days=1):
            return row["FinYear"], row["FinPeriod"]
    return None


def check(books: Books, period: Period | None) -> list[Finding]:
    """Say why nothing may be booked in a period; REST shows closed periods in no other way."""
    if period is None:
        return [finding("unknown", "financial_year")]
    if period in closed(books):
        return [sentence("period_closed", year=period[0], period=period[1])]
    return []


def closed(books: Books) -> set[Period]:
    """Return the closed periods (switch `closed_periods`)."""
    wanted = books.switches.text("closed_periods")
    if wanted == "auto":
        return books.division.closed
    found = set()
    for part in wanted.split():
        year, _, period = part.partition("/")
        found.add((int(year), int(period)))
    return found


def due_date(day: datetime, condition: Row | None) -> datetime:
    """Return when an invoice is due: 17 January, two month ends, 15 days gives 15 April."""
    if condition is None:
        return day
    ends = condition["PaymentEndOfMonths"] or 0
    if ends:
        months = day.year * MONTHS + day.month + ends
        day = day.replace(year=months // MONTHS, month=months % MONTHS + 1, day=1) - timedelta(days=1)
    return day + timedelta(days=condition["PaymentDays"] or 0)
