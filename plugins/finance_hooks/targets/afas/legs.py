"""Work out the legs of an entry: the party's, the net ones, and VAT on the accounts of its own.

AFAS works out neither VAT nor what a document is worth in the books' currency: all of it is sent. AFAS
Developer documentation, "Inrichten financiële mutatie", "Mutaties" (FiEntries).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.money import ZERO, from_cents, round_half_up, spread_cents, to_cents
from finance_hooks.targets.afas.chart import AXES, AfasChart
from finance_hooks.targets.afas.codes import PartyKind
from finance_hooks.targets.afas.identifiers import (
    make_invoice_id,
    write_party_text,
    write_settled_text,
)


class LegKind(StrEnum):
    """What the account of a leg is the number of (AFAS: VaAs)."""

    LEDGER_ACCOUNT = "1"
    DEBTOR = "2"
    CREDITOR = "3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One line as AFAS takes it; `amount` is debit minus credit in the books' currency.

    `dimensions` are (axis, code). `is_invoice` marks the party's leg of an invoice, which also carries the
    due date, the payment term, the foreign currency and the G-account's part.
    """

    kind: LegKind
    account: str
    amount: Decimal
    text: str
    vat_code: str | None = None
    invoice_id: str | None = None
    dimensions: tuple[tuple[str, str], ...] = ()
    is_invoice: bool = False


def make_legs(entry: Entry, chart: AfasChart) -> tuple[Leg, ...]:
    """Make the legs in the order they are sent, without those of 0.00; their codes must be on the chart."""
    legs = _memorial(entry, chart) if entry.kind is EntryKind.MEMORIAL else _invoice(entry, chart)
    return tuple(leg for leg in legs if leg.amount != ZERO)


def vat_account(line: EntryLine, chart: AfasChart) -> str:
    """Return the account of a line's VAT: the mapping's, else the one that AFAS keeps with the VAT code."""
    code = chart.chart.vat_codes.get(line.vat_code or "")
    return line.vat_account or (code.id if code else None) or ""


def _memorial(entry: Entry, chart: AfasChart) -> Iterator[Leg]:
    for line in entry.lines:
        yield Leg(
            kind=_line_kind(line, chart),
            account=line.party or line.ledger_account,
            amount=line.amount,
            text=write_settled_text(line) if line.party else line.description,
            vat_code=line.vat_code,
            # AFAS: a line of a debtor or creditor makes or settles an open item, which has a number.
            invoice_id=entry.reference if line.party else None,
            dimensions=() if line.party else _dimensions(line, chart),
        )


def _line_kind(line: EntryLine, chart: AfasChart) -> LegKind:
    if line.party is None:
        return LegKind.LEDGER_ACCOUNT
    party = chart.chart.parties[line.party]
    return LegKind.CREDITOR if party.kind == PartyKind.CREDITOR else LegKind.DEBTOR


def _invoice(entry: Entry, chart: AfasChart) -> Iterator[Leg]:
    is_sale = entry.kind is EntryKind.SALES
    sign, invoice_id = -1 if is_sale else 1, make_invoice_id(entry)
    yield Leg(
        kind=LegKind.DEBTOR if is_sale else LegKind.CREDITOR,
        account=entry.party or "",
        amount=-sign * entry.gross_in_books,
        text=write_party_text(entry),
        invoice_id=invoice_id,
        is_invoice=True,
    )
    vat = {place: _in_books(amount, entry) for place, amount in _vat(entry, chart).items()}
    nets = _net_in_books(entry, sum(vat.values(), ZERO))
    for line, net in zip(entry.lines, nets, strict=True):
        yield Leg(
            kind=LegKind.LEDGER_ACCOUNT,
            account=line.ledger_account,
            amount=sign * net,
            text=line.description,
            vat_code=line.vat_code,
            invoice_id=invoice_id,
            dimensions=_dimensions(line, chart),
        )
    shifted = {place: _in_books(amount, entry) for place, amount in _shifted(entry).items()}
    for (code, account), amount in [*vat.items(), *shifted.items()]:
        yield Leg(
            kind=LegKind.LEDGER_ACCOUNT,
            account=account,
            amount=sign * amount,
            text=entry.description,
            vat_code=code,
            invoice_id=invoice_id,
        )


def _vat(entry: Entry, chart: AfasChart) -> dict[tuple[str, str], Decimal]:
    """Add up VAT per code and account."""
    sums: dict[tuple[str, str], Decimal] = {}
    for line in entry.lines:
        if line.vat_code is not None and line.vat_amount != ZERO:
            place = (line.vat_code, vat_account(line, chart))
            sums[place] = sums.get(place, ZERO) + line.vat_amount
    return sums


def _shifted(entry: Entry) -> dict[tuple[str, str], Decimal]:
    """Add up VAT due and deductible at once, where the mapping names both accounts; else AFAS books it."""
    sums: dict[tuple[str, str], Decimal] = {}
    for line in entry.lines:
        if line.vat_code is None or line.vat_account is None or line.reverse_charge_account is None:
            continue
        for account, amount in (
            (line.vat_account, line.reverse_charge_amount),
            (line.reverse_charge_account, -line.reverse_charge_amount),
        ):
            sums[line.vat_code, account] = sums.get((line.vat_code, account), ZERO) + amount
    return sums


def _in_books(amount: Decimal, entry: Entry) -> Decimal:
    return amount if entry.rate is None else round_half_up(amount * entry.rate)


def _net_in_books(entry: Entry, vat_in_books: Decimal) -> Sequence[Decimal]:
    """Convert the net amounts so that all legs balance: cents of conversion go to the largest remainders."""
    if entry.rate is None:
        return [line.amount for line in entry.lines]
    total = to_cents(entry.gross_in_books - vat_in_books)
    return [from_cents(part) for part in spread_cents(total, [to_cents(line.amount) for line in entry.lines])]


def _dimensions(line: EntryLine, chart: AfasChart) -> tuple[tuple[str, str], ...]:
    """Return the codes that the account takes: one for an axis that is off would be of no use to AFAS."""
    account = chart.accounts[line.ledger_account]
    codes = zip(AXES, (line.cost_centre, line.cost_unit), strict=True)
    return tuple((axis, code) for axis, code in codes if code is not None and account.takes(axis))
