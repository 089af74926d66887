"""The control routes' view of the books, and rows put in from outside."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from emulators.exactonline import invoices, masters, memorials
from emulators.exactonline.books import Books, Row
from emulators.exactonline.errors import ExactError
from emulators.exactonline.incoming import typed, typed_links
from emulators.exactonline.invoice_legs import CLAIM_TYPES, PAY_TYPES
from emulators.exactonline.kinds import BY_PATH, MEMORIAL
from emulators.exactonline.ledger import LINES, TRANSACTIONS
from emulators.exactonline.resources import Resource, resources

VAT_TYPES = frozenset({*PAY_TYPES.values(), *CLAIM_TYPES.values()})


def entries(books: Books, since: datetime | None) -> Iterator[dict[str, Any]]:
    """Return the booked entries of a division, in the order they were booked."""
    for transaction in books.rows(TRANSACTIONS):
        lines = sorted(books.of_entry(LINES, transaction["EntryID"]), key=lambda row: row["LineNumber"])
        if since is None or any(row["_at"] >= since.astimezone(UTC) for row in lines):
            yield _entry(books, transaction, lines)


def load(books: Books, path: str, rows: list[dict[str, Any]]) -> int:
    """Put rows as Exact shows them into a resource; those with a known key or code are changed."""
    shape = _shape(path)
    for row in rows:
        plain = {name: content for name, content in row.items() if not name.startswith("__")}
        try:
            _load_row(books, shape, plain)
        except ExactError as error:
            raise ValueError(f"{shape.path}: {error.message('en')} in {plain}") from error
    return len(rows)


def _load_row(books: Books, shape: Resource, sent: dict[str, Any]) -> None:
    values, linked = typed(shape, sent, creating=True, lenient=True, everything=True)
    link = next(iter(shape.links), "")
    lines = typed_links(shape, link, linked.get(link, []), lenient=True) if link in linked else []
    if kind := BY_PATH.get(shape.path):
        invoices.create(books, kind, values, lines)
        return
    if shape.path == MEMORIAL:
        memorials.create(books, values, lines)
        return
    known = books.find(shape.table, values.get(shape.key))
    if known is None and values.get("Code") and shape.key != "Code":
        known = books.find_code(shape.table, str(values["Code"]))
    if known is not None:
        books.update(shape.table, known, values)
        return
    complete = masters.DEFAULTS.get(shape.path)
    books.insert(shape.table, (complete(books, values) if complete else {}) | values)


def _shape(path: str) -> Resource:
    known = resources()
    found = known.get(path.lower()) or next(
        (each for each in known.values() if each.name.lower() == path.lower() and each.path == each.table),
        None,
    )
    if found is None:
        raise ValueError(f"no resource {path!r}")
    return found


def _entry(books: Books, transaction: Row, lines: list[Row]) -> dict[str, Any]:
    first = lines[0]
    head = books.find("crm/Accounts", first["Account"])
    return {
        "administration": str(books.division.code),
        "journal": transaction["JournalCode"],
        "number": str(transaction["EntryNumber"]),
        "document": first["YourRef"],
        "reference": transaction["Description"],
        "date": transaction["Date"].date().isoformat(),
        "period": f"{transaction['FinancialYear']}/{transaction['FinancialPeriod']}",
        "party": head["Code"].strip() if head and first["LineNumber"] == 0 else None,
        "currency": first["Currency"],
        "rate": str(first["ExchangeRate"]),
        "lines": [_line(row) for row in lines],
    }


def _line(row: Row) -> dict[str, Any]:
    amount: Decimal = row["AmountDC"]
    return {
        "account": row["GLAccountCode"],
        "debit": str(max(amount, Decimal("0.00"))),
        "credit": str(max(-amount, Decimal("0.00"))),
        "vat_code": (row["VATCode"] or "").strip() or None,
        "in_currency": str(row["AmountFC"]),
        "is_vat": (row["VATType"] or "").strip() in VAT_TYPES,
        "cost_centre": row["CostCenter"],
        "party": (row["AccountCode"] or "").strip() or None,
        "text": row["Description"],
    }
