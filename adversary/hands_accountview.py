"""What people do to bookings in AccountView."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

from adversary.amounts import growing, month_away

Books = Any
OF_VAT = 3


def delete(emulator: Books, administration: str, reference: str) -> bool:
    """Delete a journal page."""
    year, page = _page(emulator, administration, reference)
    emulator.companies[administration].years[year].remove(page)
    return True


def edit(emulator: Books, administration: str, reference: str) -> bool:
    """Raise a page by one, on its first ledger row and on another account, and its line with it."""
    _, page = _page(emulator, administration, reference)
    chosen = growing([(leg["ACCT_NR"], leg["AMOUNT"], leg["SRC_TYPE"] == OF_VAT) for leg in page.legs])
    for place, amount in chosen:
        leg = page.legs[place]
        leg |= {"AMOUNT": leg["AMOUNT"] + amount, "REV_AMT": leg["REV_AMT"] - amount}
        leg["CUR_AMT"] += amount
        _grow_line(page, leg, amount)
    page.changed_at = emulator.clock.now()
    return bool(chosen)


def copy(emulator: Books, administration: str, reference: str) -> bool:
    """Enter the same once more, under a number of its own."""
    year, page = _page(emulator, administration, reference)
    books, again = emulator.companies[administration].years[year], deepcopy(page)
    journal = page.header["DJ_CODE"]
    books.last_numbers[journal] = books.last_numbers.get(journal, 0) + 1
    number = str(books.last_numbers[journal])
    again.header["PAGE_NRD"] = f"{journal:<3}{number:>10}"
    for row in (again.header, *again.lines, *again.legs):
        row |= {"PAGE_NR": number, "PAGE_NRV": Decimal(number)}
    again.booked_at = again.changed_at = emulator.clock.now()
    books.add(again)
    return True


def move(emulator: Books, administration: str, reference: str, months: int) -> bool:
    """Give a page a date, and a period, of another month; it goes to the book year of that date."""
    year, page = _page(emulator, administration, reference)
    company = emulator.companies[administration]
    day = month_away(page.header["TRN_DATE"], months)
    new_year, period = emulator.fiscal_years.period_of(day)
    if new_year != year:
        return False
    for row in (page.header, *page.lines, *page.legs):
        row["TRN_DATE"] = day
        if "PERIOD" in row:
            row["PERIOD"] = Decimal(period)
    company.years[year].pages[page.header["PAGE_NRD"]] = page
    page.changed_at = emulator.clock.now()
    return True


def _page(emulator: Books, administration: str, reference: str) -> tuple[int, Any]:
    years = emulator.companies[administration].years.items()
    return next(
        (year, page) for year, kept in years for page in kept.pages.values() if reference in str(page)
    )


def _grow_line(page: Any, leg: dict[str, Any], amount: Decimal) -> None:  # noqa: ANN401 - the emulator's own
    """Let the line of a ledger row, which a page that is not posted yet is read by, say the same."""
    for line in page.lines:
        if line["ACCT_NR"] == leg["ACCT_NR"] and abs(line["AMOUNT"]) + abs(amount) == abs(leg["AMOUNT"]):
            grown = abs(amount) if line["AMOUNT"] > 0 else -abs(amount)
            line["AMOUNT"] += grown
            line["CUR_AMT"] += grown
            return
