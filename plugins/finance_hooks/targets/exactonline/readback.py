"""Read bookings back from the lines of Exact's ledger.

Exact Online REST reference: BulkFinancialTransactionLines; signs and rows as recorded in
NangoHQ/integration-templates.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, BookedLine, Period
from finance_hooks.model.money import ZERO
from finance_hooks.targets.description import find_references
from finance_hooks.targets.exactonline.wire import Row, read_amount, read_date, read_text, write_text

TRANSACTION_LINES = "bulk/Financial/TransactionLines"
SELECT = (
    "ID,EntryID,EntryNumber,LineNumber,JournalCode,Type,Date,FinancialYear,FinancialPeriod,AccountCode,"
    "YourRef,Description,GLAccountCode,AmountDC,AmountFC,Currency,VATCode,VATType,CostCenter"
)
PERIODS_PER_CALL = 24

# Exact: the types of a transaction; the rest (memorials, openings, revaluations) counts as memorial.
KINDS: Mapping[int, EntryKind] = {
    20: EntryKind.SALES,
    21: EntryKind.SALES,
    30: EntryKind.PURCHASE,
    31: EntryKind.PURCHASE,
}
# Exact: letters of VATType that mark the VAT itself; S, V, I, W and X mark what it was computed on.
VAT_LETTERS = frozenset("AOPNZQYMDR")
HEADER_LINE = 0


def write_filters(journals: Collection[str], periods: Collection[Period]) -> list[str]:
    """Write the `$filter` of each call that together cover these journals and periods."""
    chosen = " or ".join(f"JournalCode eq {write_text(journal)}" for journal in sorted(set(journals)))
    return [f"({_either(together)}) and ({chosen})" for together in divide_periods(periods)]


def divide_periods(periods: Collection[Period]) -> list[list[Period]]:
    """Divide periods over calls, in their order."""
    ordered = sorted(set(periods), key=lambda period: (period.fiscal_year, period.number))
    return [ordered[start : start + PERIODS_PER_CALL] for start in range(0, len(ordered), PERIODS_PER_CALL)]


def read_bookings(rows: Iterable[Row]) -> Iterator[BookedEntry]:
    """Put the lines of each booking together, in the order first seen; a line that comes twice counts once.

    Raises KeyError or ValueError where a line lacks what every line has.
    """
    bookings: dict[str, dict[str, Row]] = {}
    for row in rows:
        bookings.setdefault(row["EntryID"], {})[row["ID"]] = row
    for lines in bookings.values():
        yield _booking(sorted(lines.values(), key=lambda row: int(row["LineNumber"])))


def _booking(rows: Sequence[Row]) -> BookedEntry:
    first = rows[0]
    kind = KINDS.get(int(first["Type"]), EntryKind.MEMORIAL)
    entry_date = read_date(first["Date"])
    if entry_date is None:
        raise ValueError(f"entry {first['EntryNumber']} has no date")
    return BookedEntry(
        id=first["EntryID"],
        entry_number=str(first["EntryNumber"]),
        journal=read_text(first["JournalCode"]) or "",
        kind=kind,
        references=find_references(read_text(row["Description"]) for row in rows),
        number=next((text for row in rows if (text := read_text(row["YourRef"]))), None),
        entry_date=entry_date,
        period=Period(fiscal_year=int(first["FinancialYear"]), number=int(first["FinancialPeriod"])),
        party=None if kind is EntryKind.MEMORIAL else read_text(first["AccountCode"]),
        currency=read_text(first["Currency"]) or "",
        gross=_gross(rows, kind, "AmountFC"),
        gross_in_books=_gross(rows, kind, "AmountDC"),
        lines=tuple(_line(row) for row in rows),
    )


def _gross(rows: Sequence[Row], kind: EntryKind, field: str) -> Decimal:
    amounts = [(int(row["LineNumber"]), read_amount(row[field])) for row in rows]
    if kind is EntryKind.MEMORIAL:
        return sum((amount for _, amount in amounts if amount > 0), ZERO)
    # Exact: line 0 is the party's; debit for what is owed to us, credit for what we owe.
    total = sum((amount for number, amount in amounts if number == HEADER_LINE), ZERO)
    return total if kind is EntryKind.SALES else -total


def _line(row: Row) -> BookedLine:
    amount = read_amount(row["AmountDC"])
    return BookedLine(
        ledger_account=read_text(row["GLAccountCode"]) or "",
        debit=max(amount, ZERO),
        credit=max(-amount, ZERO),
        vat_code=read_text(row["VATCode"]),
        is_vat=(read_text(row["VATType"]) or "-") in VAT_LETTERS,
        cost_centre=read_text(row["CostCenter"]),
        party=read_text(row["AccountCode"]),
        description=read_text(row["Description"]) or "",
    )


def _either(periods: Iterable[Period]) -> str:
    return " or ".join(
        f"(FinancialYear eq {period.fiscal_year} and FinancialPeriod eq {period.number})"
        for period in periods
    )
