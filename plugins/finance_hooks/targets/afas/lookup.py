"""Find one entry of ours in AFAS's transactions by its voucher number.

For when AFAS does not say what became of it: an empty answer, or an invoice number that is there already.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from finance_hooks.model.entry import Entry
from finance_hooks.targets.afas.identifiers import make_voucher
from finance_hooks.targets.afas.responses import entry_id
from finance_hooks.targets.afas.wire import Condition, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry of ours in the books."""

    id: str
    number: str


def write_conditions(entry: Entry) -> list[Condition]:
    """Write what the rows of an entry meet, whatever its period."""
    return [
        ("UnitId", entry.administration),
        ("JournalId", entry.journal),
        ("VoucherNo", make_voucher(entry)),
    ]


def find_entry(rows: Iterable[Row], entry: Entry) -> Found | None:
    """Return the first entry there is; KeyError where a row is not as expected."""
    voucher = make_voucher(entry)
    for row in rows:
        if str(row["UnitId"]) == entry.administration and str(row["VoucherNo"]) == voucher:
            at = entry_id(row["Year"], row["JournalId"], row["EntryNo"])
            return Found(id=at, number=str(row["EntryNo"]))
    return None
