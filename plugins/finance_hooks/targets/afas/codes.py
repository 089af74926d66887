"""Make codes of a chart of the rows that AFAS's connectors show.

AFAS Developer documentation, the standard GetConnectors of "Financiële Inrichting" and "Mutaties".
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from finance_hooks.model.chart import ChartCode
from finance_hooks.model.document import EntryKind
from finance_hooks.model.money import read_number
from finance_hooks.targets.afas.wire import Row, read_text, read_truth

# AFAS: of the types of journals only purchase and bank are known; what is neither takes no purchases.
PURCHASE_JOURNAL, BANK_JOURNAL = "2", "3"
VAT_SERVES: Mapping[str, frozenset[EntryKind]] = {
    "V": frozenset({EntryKind.SALES}),
    "I": frozenset({EntryKind.PURCHASE}),
}
"""What VatType says: verkoop or inkoop."""


class PartyKind(StrEnum):
    """What a relation's number may be used for; debtors and creditors are numbered apart."""

    DEBTOR = "debtor"
    CREDITOR = "creditor"
    BOTH = "both"


def make_code(row: Row, key: str, *, kind: str | None = None) -> ChartCode:
    """Make a code of the field that holds it, with what says its kind."""
    return ChartCode(
        code=str(row[key]),
        name=read_text(row.get("Description")) or "",
        blocked=read_truth(row.get("Blocked")),
        kind=read_text(row.get(kind)) if kind else None,
    )


def make_journal(row: Row) -> ChartCode:
    """Make a journal with the kinds of entry it takes."""
    journal = make_code(row, "JournalId", kind="JournalType")
    serves = {
        PURCHASE_JOURNAL: frozenset({EntryKind.PURCHASE}),
        BANK_JOURNAL: frozenset[EntryKind](),
    }.get(journal.kind or "", frozenset({EntryKind.SALES, EntryKind.MEMORIAL}))
    return replace(journal, serves=serves if journal.kind else None)


def make_vat_code(row: Row) -> ChartCode:
    """Make a VAT code; its `id` is the ledger account its VAT is booked on."""
    return ChartCode(
        code=str(row["VatCode"]),
        name=read_text(row["Description"]) or "",
        id=read_text(row["AccountNr"]),
        blocked=read_truth(row.get("Blocked")),
        kind=read_text(row.get("VatMethod")),
        percentage=read_number(row.get("VatPerc") or 0),
        serves=VAT_SERVES.get(read_text(row.get("VatType")) or ""),
    )


def make_parties(debtors: Iterable[Row], creditors: Iterable[Row]) -> Mapping[str, ChartCode]:
    """Put debtors and creditors together by number; a number may be both."""
    # AFAS: a debtor's Blocked forbids deliveries; what was delivered is booked all the same.
    parties = by_code(
        ChartCode(
            code=str(row["DebtorId"]),
            name=read_text(row.get("DebtorName")) or "",
            kind=PartyKind.DEBTOR,
            serves=frozenset({EntryKind.SALES}),
        )
        for row in debtors
    )
    for row in creditors:
        code = str(row["CreditorId"])
        is_debtor_too = code in parties
        parties[code] = ChartCode(
            code=code,
            name=read_text(row.get("CreditorName")) or "",
            kind=PartyKind.BOTH if is_debtor_too else PartyKind.CREDITOR,
            serves=frozenset({EntryKind.PURCHASE, *([EntryKind.SALES] if is_debtor_too else [])}),
            blocked=read_truth(row.get("Blocked")) and not is_debtor_too,
        )
    return parties


def by_code(codes: Iterable[ChartCode]) -> dict[str, ChartCode]:
    """Index codes by themselves."""
    return {code.code: code for code in codes}
