"""Write entries briefly, in the codes of one administration of a package."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.keys import make_reference
from finance_hooks.model.money import ZERO, from_cents, round_half_up, spread_cents, to_cents

ENTRY_DATE = date(2026, 10, 15)
DAYS_WITHOUT_TERM = 30
SALES, PURCHASE, MEMORIAL = EntryKind.SALES, EntryKind.PURCHASE, EntryKind.MEMORIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefEntries:
    """The codes that the entries of an administration share: journals by kind, VAT accounts by VAT code."""

    target: str
    organisation: str
    administration: str
    journals: Mapping[EntryKind, str]
    vat_accounts: Mapping[str, str] = field(default_factory=dict)
    reverse_charge_accounts: Mapping[str, str] = field(default_factory=dict)

    def line(
        self,
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
        """Make a line; `reverse_charge` is the VAT that is shifted."""
        return EntryLine(
            number=number,
            ledger_account=account,
            amount=Decimal(amount),
            description=description,
            vat_code=vat_code,
            vat_account=self.vat_accounts.get(vat_code or ""),
            reverse_charge_amount=Decimal(reverse_charge),
            reverse_charge_account=self.reverse_charge_accounts.get(vat_code or ""),
            cost_centre=cost_centre,
            cost_unit=cost_unit,
            source_lines=(number,),
        )

    def invoice(
        self,
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
        net, tax = (
            sum((each.amount for each in spread), ZERO),
            sum((each.vat_amount for each in spread), ZERO),
        )
        return replace(
            self._entry(kind, number, spread),
            journal=journal or self.journals[kind],
            due_date=ENTRY_DATE + timedelta(days=int(payment_term or DAYS_WITHOUT_TERM)),
            party=party,
            description=description or number,
            currency=currency,
            rate=Decimal(rate) if rate else None,
            payment_term=payment_term,
            gross=net + tax,
            vat=tax,
            gross_in_books=round_half_up((net + tax) * Decimal(rate or 1)),
            g_account_amount=Decimal(g_account),
        )

    def memorial(self, number: str, lines: Sequence[EntryLine]) -> Entry:
        """Make a memorial of lines whose amounts are debit when positive."""
        debit = sum((each.amount for each in lines if each.amount > 0), ZERO)
        return replace(self._entry(MEMORIAL, number, lines), gross=debit, gross_in_books=debit)

    def _entry(self, kind: EntryKind, number: str, lines: Sequence[EntryLine]) -> Entry:
        key = f"test/{self.organisation}/{kind}/{number}/1|{self.target}:{self.administration}|book|1"
        return Entry(
            posting_key=key,
            reference=make_reference(key),
            kind=kind,
            administration=self.administration,
            journal=self.journals[kind],
            number=number,
            entry_date=ENTRY_DATE,
            due_date=None,
            fiscal_year=ENTRY_DATE.year,
            period=ENTRY_DATE.month,
            party=None,
            description=number,
            currency="EUR",
            rate=None,
            payment_term=None,
            gross=ZERO,
            vat=ZERO,
            gross_in_books=ZERO,
            g_account_amount=ZERO,
            lines=tuple(lines),
        )


def with_line(entry: Entry, **changes: object) -> Entry:
    """Change the first line of an entry."""
    return replace(entry, lines=(replace(entry.lines[0], **changes), *entry.lines[1:]))  # type: ignore[arg-type]


def _spread_vat(lines: Sequence[EntryLine], vat: Mapping[str, str]) -> tuple[EntryLine, ...]:
    shares: dict[int, Decimal] = {}
    for code, amount in vat.items():
        carrying = [each for each in lines if each.vat_code == code]
        cents = spread_cents(to_cents(Decimal(amount)), [to_cents(each.amount) for each in carrying])
        shares |= {each.number: from_cents(part) for each, part in zip(carrying, cents, strict=True)}
    return tuple(replace(each, vat_amount=shares.get(each.number, ZERO)) for each in lines)
