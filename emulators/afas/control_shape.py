"""The control routes' view of the books, and rows put in from outside."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from emulators.afas import invoices
from emulators.afas.books import AMSTERDAM, FIRST_ENTRY, LEDGER, ZERO, Books, Entry, Line, Row
from emulators.afas.connectors import Field, connectors
from emulators.afas.entry_header import Header
from emulators.afas.transactions import is_vat_line

TRANSACTIONS = frozenset({"Profit_Transactions", "Profit_Transactions_Allocated", "Qubz_Transactions"})


def entries(books: Books, administration: str | None, since: datetime | None) -> Iterator[dict[str, Any]]:
    """Return the booked entries in the order they were booked; `since` is an instant with a zone."""
    for entry in books.state.entries.values():
        if administration not in {None, str(entry.unit)}:
            continue
        if since is None or entry.modified_at >= since.astimezone(AMSTERDAM).replace(tzinfo=None):
            yield _entry(books, entry)


def load(books: Books, unit: int, table: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Put rows as a GetConnector shows them into the books of an administration."""
    shape = connectors().get(table)
    if shape is None or not (shape.key or table in TRANSACTIONS):
        raise ValueError(f"no connector {table!r} that can be loaded")
    typed = []
    for row in rows:
        strange = sorted(set(row) - set(shape.fields))
        if strange:
            raise ValueError(f"{table} has no field {', '.join(strange)}")
        values = {name: _value(shape.fields[name], content) for name, content in row.items()}
        typed.append(({shape.unit_field: unit} if shape.unit_field else {}) | values)
    if table in TRANSACTIONS:
        return _load_entries(books, unit, typed)
    for values in typed:
        if missing := [name for name in shape.key if values.get(name) is None]:
            raise ValueError(f"{table}: {', '.join(missing)} is missing in {values}")
        books.put(table, values)
    return len(typed)


def _load_entries(books: Books, unit: int, rows: list[Row]) -> int:
    ordered = sorted(rows, key=lambda row: (row["EntryNo"], row.get("SeqNo") or 0))
    for number, group in groupby(ordered, key=lambda row: row["EntryNo"]):
        lines = list(group)
        first = lines[0]
        journal = books.find("Profit_Journals", unit, first["JournalId"])
        if journal is None:
            raise ValueError(f"administration {unit} has no journal {first['JournalId']!r}")
        now = books.now()
        entry = Entry(
            unit=unit,
            number=number,
            journal=journal["JournalId"],
            year=first["Year"],
            period=first["Period"],
            created_at=first.get("Created") or now,
            modified_at=first.get("Modified") or now,
            lines=[_loaded_line(row) for row in lines],
        )
        books.state.entries[unit, number] = entry
        books.state.last_entry[unit] = max(books.state.last_entry.get(unit, FIRST_ENTRY - 1), number)
        header = Header(
            unit=unit, journal=entry.journal, kind=journal["JournalType"], year=entry.year,
            period=entry.period, numbers_itself=False, adds_codes=False, adds_assignments=False,
        )  # fmt: skip
        invoices.add(books, header, entry)
    return len(rows)


def _loaded_line(row: Row) -> Line:
    kind = row.get("AccountKind") or LEDGER
    debit, credit = row.get("AmtDebit") or ZERO, row.get("AmtCredit") or ZERO
    return Line(
        kind=kind,
        account=row["AccountNo"] if kind == LEDGER else row["RelationId"],
        ledger_account=row["AccountNo"],
        entry_date=row["EntryDate"],
        voucher_date=row.get("VoucherDate") or row["EntryDate"],
        voucher=row.get("VoucherNo"),
        invoice=row.get("InvoiceId"),
        text=row.get("Description"),
        debit=debit,
        credit=credit,
        vat_code=row.get("VatCode"),
        currency=row.get("CurrencyId") or "EUR",
        rate=row.get("ExchangeRate") or Decimal(1),
        debit_fc=row.get("AmtDebitCurr") or debit,
        credit_fc=row.get("AmtCreditCurr") or credit,
        due=row.get("DueDate"),
        dimensions={axis: row[f"DimAx{axis}"] for axis in (1, 2) if row.get(f"DimAx{axis}")},
    )


def _value(field: Field, content: Any) -> Any:  # noqa: ANN401 - JSON
    if content is None:
        return None
    if field.kind == "decimal":
        return Decimal(str(content))
    if field.kind in {"date", "datetime"}:
        moment = datetime.fromisoformat(str(content).removesuffix("Z"))
        return moment.date() if field.kind == "date" else moment
    wanted = {"int": int, "boolean": bool, "string": str}[field.kind]
    if type(content) is not wanted:
        raise ValueError(f"{field.id} is a {field.kind}, not {content!r}")
    return content


def _entry(books: Books, entry: Entry) -> dict[str, Any]:
    first = entry.lines[0]
    head = next((line for line in entry.lines if line.kind != LEDGER), first)
    return {
        "administration": str(entry.unit),
        "journal": entry.journal,
        "number": str(entry.number),
        "document": head.voucher,
        "reference": head.invoice,
        "date": _day(first.entry_date),
        "period": f"{entry.year}/{entry.period}",
        "party": None if head.kind == LEDGER else head.account,
        "currency": head.currency,
        "rate": str(head.rate),
        "lines": [_line(books, line) for line in entry.lines],
    }


def _day(day: date) -> str:
    return day.isoformat()


def _line(books: Books, line: Line) -> dict[str, Any]:
    return {
        "account": line.ledger_account,
        "debit": str(line.debit),
        "credit": str(line.credit),
        "vat_code": line.vat_code,
        "in_currency": str(line.debit_fc - line.credit_fc),
        "is_vat": is_vat_line(books, line),
        "cost_centre": line.dimensions.get(1),
        "party": None if line.kind == LEDGER else line.account,
        "text": line.text,
    }
