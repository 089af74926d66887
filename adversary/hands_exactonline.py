"""What people do to bookings in Exact Online."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from adversary.amounts import growing, month_away

Books = Any
Row = dict[str, Any]
LINES, TRANSACTIONS = "financialtransaction/TransactionLines", "financialtransaction/Transactions"
VAT_LETTERS = frozenset("AOPNZQYMDR")
DATES = ("Date", "EntryDate")


def delete(emulator: Books, administration: str, reference: str) -> bool:
    """Delete an entry with all that hangs on it."""
    books = emulator.books_of(int(administration))
    doomed = _entry_id(books, reference)
    for path, row in list(_rows(books, doomed)):
        key = next(key for key, kept in books.table(path).items() if kept is row)
        books.delete(path, key)
    return True


def edit(emulator: Books, administration: str, reference: str) -> bool:
    """Raise an entry by one, on its first line and on another account."""
    books = emulator.books_of(int(administration))
    lines = sorted(books.of_entry(LINES, _entry_id(books, reference)), key=lambda row: row["LineNumber"])
    told = [
        (row["GLAccountCode"], row["AmountDC"], (row["VATType"] or "").strip() in VAT_LETTERS)
        for row in lines
    ]
    chosen = growing(told)
    for place, amount in chosen:
        row = lines[place]
        grown = {name: row[name] + amount for name in ("AmountDC", "AmountFC")}
        books.update(LINES, row, grown)
    return bool(chosen)


def copy(emulator: Books, administration: str, reference: str) -> bool:
    """Enter the same once more, under a number of its own."""
    books = emulator.books_of(int(administration))
    kept = list(_rows(books, _entry_id(books, reference)))
    entry_id = books.new_id()
    first = next(row for path, row in kept if path == TRANSACTIONS)
    taken = books.division.numbers.setdefault(first["JournalCode"], set())
    number = max({*taken, first["EntryNumber"]}) + 1
    taken.add(number)
    for path, row in kept:
        again = deepcopy(row) | {"EntryID": entry_id, "EntryNumber": number}
        if "ID" in again:
            again["ID"] = None
        books.insert(path, {name: value for name, value in again.items() if name != "Timestamp"})
    return True


def move(emulator: Books, administration: str, reference: str, months: int) -> bool:
    """Give an entry a date, and a period, of another month."""
    books = emulator.books_of(int(administration))
    for path, row in list(_rows(books, _entry_id(books, reference))):
        name = next((name for name in DATES if name in row), None)
        if name is None:
            continue
        day = month_away(row[name], months)
        year, period = emulator.fiscal_years.period_of(day)
        places = {"FinancialYear": year, "FinancialPeriod": period}
        places |= {"ReportingYear": year, "ReportingPeriod": period}
        moved = {name: day} | {field: value for field, value in places.items() if field in row}
        books.update(path, row, moved)
    return True


def _entry_id(books: Books, reference: str) -> str:
    """Return the first entry that bears a reference."""
    return next(str(row["EntryID"]) for row in books.rows(LINES) if reference in str(row))


def _rows(books: Books, entry_id: str) -> Iterator[tuple[str, Row]]:
    for path, rows in books.division.tables.items():
        for row in list(rows.values()):
            if row.get("EntryID") == entry_id:
                yield path, row
