"""Write entries in Twinfield's codes briefly."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.keys import make_reference
from finance_hooks.model.money import ZERO, from_cents, round_half_up, spread_cents, to_cents

OFFICE = "NL42"
ENTRY_DATE = date(2026, 10, 15)
SALES, PURCHASE = EntryKind.SALES, EntryKind.PURCHASE


def line(
    number: int,
    account: str,
    amount: str,
    vat_code: str | None,
    description: str,
    *,
    cost_centre: str | None = None,
    cost_unit: str | None = None,
    shifted: tuple[str, str, str] | None = None,
) -> EntryLine:
    """Make a line; `shifted` is the VAT of reverse charge and the accounts of its two sides."""
    amount_shifted, claimed_on, owed_on = shifted or ("0.00", None, None)
    return EntryLine(
        number=number,
        ledger_account=account,
        amount=Decimal(amount),
        description=description,
        vat_code=vat_code,
        vat_account=claimed_on,
        reverse_charge_amount=Decimal(amount_shifted),
        reverse_charge_account=owed_on,
        cost_centre=cost_centre,
        cost_unit=cost_unit,
        source_lines=(number,),
    )


def invoice(
    kind: EntryKind,
    number: str,
    party: str,
    lines: Sequence[EntryLine],
    *,
    vat: Mapping[str, str] | None = None,
    journal: str | None = None,
    description: str = "",
    currency: str = "EUR",
    rate: str | None = None,
    g_account: str = "0.00",
    payment_term: str | None = "30",
) -> Entry:
    """Make a sales or purchase entry; `vat` is the VAT per code, spread over that code's lines."""
    spread = _spread_vat(lines, vat or {})
    net, tax = sum((each.amount for each in spread), ZERO), sum((each.vat_amount for each in spread), ZERO)
    key = f"test/300/{kind}/{number}/1|twinfield:{OFFICE}|book|1"
    return Entry(
        posting_key=key,
        reference=make_reference(key),
        kind=kind,
        administration=OFFICE,
        journal=journal or ("VRK" if kind is EntryKind.SALES else "INK"),
        number=number,
        entry_date=ENTRY_DATE,
        due_date=ENTRY_DATE + timedelta(days=int(payment_term or 14)),
        fiscal_year=2026,
        period=ENTRY_DATE.month,
        party=party,
        description=description or number,
        currency=currency,
        rate=Decimal(rate) if rate else None,
        payment_term=payment_term,
        gross=net + tax,
        vat=tax,
        gross_in_books=round_half_up((net + tax) * Decimal(rate or 1)),
        g_account_amount=Decimal(g_account),
        lines=spread,
    )


def memorial(number: str, lines: Sequence[EntryLine]) -> Entry:
    debit = sum((each.amount for each in lines if each.amount > 0), ZERO)
    key = f"test/300/memorial/{number}/1|twinfield:{OFFICE}|book|1"
    return Entry(
        posting_key=key,
        reference=make_reference(key),
        kind=EntryKind.MEMORIAL,
        administration=OFFICE,
        journal="MEMO",
        number=number,
        entry_date=ENTRY_DATE,
        due_date=None,
        fiscal_year=2026,
        period=ENTRY_DATE.month,
        party=None,
        description=number,
        currency="EUR",
        rate=None,
        payment_term=None,
        gross=debit,
        vat=ZERO,
        gross_in_books=debit,
        g_account_amount=ZERO,
        lines=tuple(lines),
    )


def _spread_vat(lines: Sequence[EntryLine], vat: Mapping[str, str]) -> tuple[EntryLine, ...]:
    shares: dict[int, Decimal] = {}
    for code, amount in vat.items():
        carrying = [each for each in lines if each.vat_code == code]
        cents = spread_cents(to_cents(Decimal(amount)), [to_cents(each.amount) for each in carrying])
        shares |= {each.number: from_cents(part) for each, part in zip(carrying, cents, strict=True)}
    return tuple(replace(each, vat_amount=shares.get(each.number, ZERO)) for each in lines)
