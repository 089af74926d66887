"""Give an entry the two identifiers by which AFAS and people know it: InId and BpNr.

BpNr (voucher number, 32 characters) is our reference, a space, and as much of the document's number as
fits. InId (invoice number, 12 characters, unique per administration and side) is the number of a sale where
it fits unchanged, else our reference: nothing is ever cut, so two numbers never become one. The way back:
an InId that is the reference at the beginning of BpNr stands for the number behind it, any other is the
number itself.

AFAS Developer documentation, "Mutaties" (FiEntries); the duplicate check as users of spend.cloud and
zenvoices report it.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.targets.afas.settings import INVOICE_ID_LENGTH, SETTINGS, VOUCHER_LENGTH
from finance_hooks.targets.description import shorten

_VOUCHER = re.compile(r"(?P<reference>Q[A-Z2-7]{10})(?: (?P<number>.+))?")
_LEDGER_ACCOUNT = re.compile(r"\((?P<party>\S{1,16}) (?P<account>\S{1,16})\)$")
_PARTY = re.compile(r"\((?P<party>.{1,16}) (?P<currency>[A-Z]{3}) (?P<gross>-?\d+\.\d{2})\)$")
_PLAIN = re.compile(r"[!-~](?:[ -~]*[!-~])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """What a voucher number says: our reference if it bears one, and the number a document is known by."""

    reference: str | None
    number: str | None


def make_invoice_id(entry: Entry) -> str | None:
    """Return the InId of an entry; a memorial has none.

    A supplier's number is no InId: two suppliers may both have an invoice 1.
    """
    if entry.kind is EntryKind.MEMORIAL:
        return None
    if entry.kind is EntryKind.SALES and _fits(entry.number):
        return entry.number
    return entry.reference


def make_voucher(entry: Entry) -> str:
    """Return the BpNr of an entry: it begins with the reference."""
    return f"{entry.reference} {entry.number}"[:VOUCHER_LENGTH].rstrip()


def read_voucher(text: str | None) -> Voucher:
    """Read a voucher number back, ours or anybody's."""
    found = _VOUCHER.fullmatch(text or "")
    if found is None:
        return Voucher(reference=None, number=text)
    return Voucher(reference=found["reference"], number=found["number"])


def read_number(invoice_id: str | None, voucher: Voucher) -> str | None:
    """Return the number a booked document is known by."""
    if invoice_id is None or invoice_id == voucher.reference:
        return voucher.number
    return invoice_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyText:
    """What the text of a party's line of ours ends with: whose it is, and the total in its own currency."""

    party: str
    currency: str
    gross: Decimal


def write_party_text(entry: Entry) -> str:
    """Write the text of the party's line: AFAS's own connector shows neither the party nor its currency."""
    mark = f"({entry.party} {entry.currency} {entry.gross:.2f})"
    return f"{shorten(entry.description, SETTINGS.description_length - len(mark) - 1)} {mark}".strip()


def read_party_text(text: str | None) -> PartyText | None:
    """Read the text of a party's line of ours back; `None` when a person has put another in its place."""
    found = _PARTY.search(text or "")
    if found is None:
        return None
    return PartyText(party=found["party"], currency=found["currency"], gross=Decimal(found["gross"]))


def write_settled_text(line: EntryLine) -> str:
    """Write the text of a memorial's line on a party, with the account that the source booked it on."""
    mark = f"({line.party} {line.ledger_account})"
    return f"{shorten(line.description, SETTINGS.description_length - len(mark) - 1)} {mark}".strip()


def read_settled_account(text: str | None) -> str | None:
    """Read the account from the text of a memorial's line on a party."""
    found = _LEDGER_ACCOUNT.search(text or "")
    return found["account"] if found else None


def _fits(number: str) -> bool:
    is_plain = len(number) <= INVOICE_ID_LENGTH and _PLAIN.fullmatch(number) is not None
    return is_plain and _VOUCHER.fullmatch(number) is None
