"""Decide what stands as the invoice number of a page, and find the document's own number again.

AccountView, field INV_NR of DJ_PAGE: 12 characters, in capitals. A supplier's number that is longer is never
cut: the page then bears our reference as its number and the supplier's, whole, before the reference in its
description. A sales number is our own and has to fit.
"""

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import write_reference
from finance_hooks.targets.accountview.settings import SETTINGS
from finance_hooks.targets.accountview.texts import to_ansi
from finance_hooks.targets.description import describe, find_references


def takes_reference_as_number(entry: Entry) -> bool:
    """Say whether a page bears our reference as its number, because the supplier's is too long."""
    return entry.kind is EntryKind.PURCHASE and len(entry.number) > SETTINGS.number_length


def write_number(entry: Entry) -> str | None:
    """Return what is sent as INV_NR; a memorial has none."""
    if entry.kind is EntryKind.MEMORIAL:
        return None
    return entry.reference if takes_reference_as_number(entry) else entry.number


def write_description(entry: Entry) -> str:
    """Return what is sent as HDR_DESC; it ends with our reference."""
    if takes_reference_as_number(entry):
        return f"{entry.number} {write_reference(entry.reference)}"
    return describe(to_ansi(entry.description), entry.reference, SETTINGS.description_length)


def read_number(number: str | None, description: str | None) -> str | None:
    """Return the document's own number from INV_NR and HDR_DESC as they were read."""
    if number is None or number not in find_references([description]):
        return number
    return (description or "").partition(write_reference(number))[0].strip() or number
