"""Write entries in AccountView's codes briefly."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.keys import make_reference
from finance_hooks.model.money import ZERO, from_cents, round_half_up, spread_cents, to_cents

COMPANY = "VB01"
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
    reverse_charge: str = "0.00",
) -> EntryLine:
    return EntryLine(
        number=number,
        ledger_account=account,
        amount=Decimal(amount),
        description=description,
        vat_code=vat_code,
        reverse_charge_amount=Decimal(reverse_charge),
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
    administration: str = COMPANY,
    description: str = "",
    currency: str = "EUR",
    rate: str | None = None,
    g_account: str = "0.00",
    payment_term: str | None = "30",
) -> Entry:
    """Make a sales or purchase entry; `vat` is the VAT per code, spread over that code's lines."""
    spread = _spread_vat(lines, vat or {})
    net, tax = sum((each.amount for each in spread), ZERO), sum((each.vat_amount for each in spread), ZERO)
    factor = Decimal(rate or 1)
    return Entry(
        posting_key=f"test/500/{kind}/{number}/1|accountview:{administration}|book|1",
        reference=make_reference(f"test/500/{kind}/{number}/1|accountview:{administration}|book|1"),
        kind=kind,
        administration=administration,
        journal=journal or ("VRK" if kind is EntryKind.SALES else "INK"),
        number=number,
        entry_date=ENTRY_DATE,
        due_date=ENTRY_DATE + timedelta(days=30),
        fiscal_year=2026,
        period=ENTRY_DATE.month,
        party=party,
        description=description or number,
        currency=currency,
        rate=Decimal(rate) if rate else None,
        payment_term=payment_term,
        gross=net + tax,
        vat=tax,
        gross_in_books=round_half_up((net + tax) * factor),
        g_account_amount=Decimal(g_account),
        lines=spread,
    )


def memorial(number: str, lines: Sequence[EntryLine], *, administration: str = COMPANY) -> Entry:
    debit = sum((each.amount for each in lines if each.amount > 0), ZERO)
    key = f"test/500/memorial/{number}/1|accountview:{administration}|book|1"
    return Entry(
        posting_key=key,
        reference=make_reference(key),
        kind=EntryKind.MEMORIAL,
        administration=administration,
        journal="MEM",
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
    return tuple(
        EntryLine(
            number=each.number,
            ledger_account=each.ledger_account,
            amount=each.amount,
            description=each.description,
            vat_code=each.vat_code,
            vat_amount=shares.get(each.number, ZERO),
            reverse_charge_amount=each.reverse_charge_amount,
            cost_centre=each.cost_centre,
            cost_unit=each.cost_unit,
            source_lines=each.source_lines,
        )
        for each in lines
    )
