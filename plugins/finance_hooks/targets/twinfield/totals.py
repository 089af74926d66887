"""Read what the answer about a booked entry comes to: gross, VAT, and gross in the currency of the books.

Twinfield developer portal, "Sales transactions" and "Purchase transactions".
"""

from collections.abc import Sequence
from decimal import Decimal

from lxml import etree

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO
from finance_hooks.model.outcome import Booked, Totals
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.twinfield.payload import CREDIT, DEBIT
from finance_hooks.targets.twinfield.wire import child_text, read_amount


def read_totals(document: etree._Element, entry: Entry) -> Totals:
    """Read the totals; `None` for what the answer leaves out.

    VAT is that of the lines Twinfield shows for it. What reverse charge claims too much or too little is
    counted with it: both sides cancel out, and nobody would see it otherwise.
    """
    lines = list(document.iterfind("lines/line"))
    if entry.kind is EntryKind.MEMORIAL:
        debits = [line for line in lines if child_text(line, "debitcredit") == DEBIT]
        return Totals(gross=_sum(debits, "value", DEBIT), gross_in_books=_sum(debits, "basevalue", DEBIT))
    side = DEBIT if entry.kind is EntryKind.SALES else CREDIT
    other = CREDIT if side == DEBIT else DEBIT
    totals = [line for line in lines if line.get("type") == "total"]
    vat = _sum([line for line in lines if line.get("type") == "vat"], "value", other)
    if lines and _shifted(entry):
        vat = (vat or ZERO) + _claimed(lines, entry) - abs(_shifted(entry))
    return Totals(gross=_sum(totals, "value", side), vat=vat, gross_in_books=_sum(totals, "basevalue", side))


def shifts_otherwise(entry: Entry, booked: Booked) -> bool:
    """Tell from a booking that Twinfield wrote other sides of reverse charge than were meant."""
    return _shifted(entry) != ZERO and booked.totals.vat not in {None, entry.vat}


def is_shifted(entry: Entry) -> bool:
    """Say whether any VAT of an entry is shifted."""
    return any(line.reverse_charge_amount for line in entry.lines)


def doubt_shift(entry: Entry) -> Reason:
    """Say why an entry with reverse charge is not sent after Twinfield booked another one's wrongly."""
    return Reason(
        code=ReasonCode.TARGET_CONFIGURATION,
        document=entry.number,
        field="vat_code",
        value=", ".join(sorted({line.vat_code for line in entry.lines if line.vat_code})),
        detail="Twinfield wrote other lines for the reverse charge of an earlier entry than were meant; fill "
        "in vat_account and reverse_charge_account of these codes in vat_codes.csv, or empty them, and "
        "correct that entry",
    )


def _shifted(entry: Entry) -> Decimal:
    return sum((line.reverse_charge_amount for line in entry.lines), ZERO)


def _claimed(lines: Sequence[etree._Element], entry: Entry) -> Decimal:
    codes = {line.vat_code for line in entry.lines if line.reverse_charge_amount}
    side = DEBIT if _shifted(entry) > 0 else CREDIT
    claimed = [
        line
        for line in lines
        if line.get("type") == "vat"
        and child_text(line, "vatcode") in codes
        and child_text(line, "debitcredit") == side
    ]
    return _sum(claimed, "value", side) or ZERO


def _sum(lines: Sequence[etree._Element], name: str, positive: str) -> Decimal | None:
    """Add up what the lines state; `None` when one of them, or there being none, leaves it out."""
    texts = [child_text(line, name) for line in lines]
    if not texts or None in texts:
        return None
    amounts = [
        read_amount(text) if child_text(line, "debitcredit") == positive else -read_amount(text)
        for line, text in zip(lines, texts, strict=True)
    ]
    return sum(amounts, ZERO)
