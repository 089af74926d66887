"""Periods of an administration: which there are, which are blocked, when an invoice is due."""

from datetime import date, timedelta

from emulators.afas.books import Books, Row
from emulators.fiscal_years import Period

TABLE = "Profit_periods_per_administration"
MONTHS = 12


def closed(books: Books, unit: int) -> set[Period]:
    """Return the periods the emulator blocks beside those of the table (switch `closed_periods`)."""
    wanted = books.switches.text("closed_periods")
    if wanted == "auto":
        return books.state.closed.get(unit, set())
    found = set()
    for part in wanted.split():
        year, _, period = part.partition("/")
        found.add((int(year), int(period)))
    return found


def blocked(books: Books, row: Row) -> bool:
    """Tell whether a period is blocked."""
    return bool(row["Blocked"]) or (row["Year"], row["Period"]) in closed(books, row["Unit"])


def of_date(books: Books, unit: int, day: date) -> Row | None:
    """Return the period a date falls in."""
    return next(
        (row for row in books.rows(TABLE) if row["Unit"] == unit and row["DateFrom"] <= day <= row["DateTo"]),
        None,
    )


def due_date(day: date, condition: Row | None) -> date:
    """Return when an invoice of a date is due under a payment condition."""
    if condition is None:
        return day
    if ends := condition["EndOfMonths"] or 0:
        months = day.year * MONTHS + day.month - 1 + ends
        day = date(months // MONTHS, months % MONTHS + 1, 1) - timedelta(days=1)
    return day + timedelta(days=condition["Days"] or 0)
