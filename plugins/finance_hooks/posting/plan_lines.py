"""Write entries as journal lines in the package's own codes, and add them up."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.money import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One line of a journal as the next run would book it, amounts in the document's currency.

    The line of the party has no `ledger_account`: the package has its own collective ones.
    """

    document: str
    reference: str
    journal: str
    dated_on: date
    fiscal_year: int
    period: int
    ledger_account: str | None
    party: str | None
    vat_code: str | None
    cost_centre: str | None
    currency: str
    debit: Decimal
    credit: Decimal
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalTotal:
    """What the next run would book in one journal and currency."""

    journal: str
    currency: str
    documents: int
    debit: Decimal
    credit: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class VatTotal:
    """What the next run would book on one VAT code, in one currency, with the documents' signs.

    `shifted` is VAT that is due and deductible at once.
    """

    vat_code: str
    kind: EntryKind
    currency: str
    base: Decimal
    vat: Decimal
    shifted: Decimal


def journal_lines(entry: Entry) -> Iterator[JournalLine]:
    """Write the lines of an entry: the party's, then each of its own with its VAT."""
    if entry.kind is not EntryKind.MEMORIAL:
        sign = 1 if entry.kind is EntryKind.SALES else -1
        yield _line(entry, sign * entry.gross, party=entry.party, description=entry.description)
    for line in entry.lines:
        yield from _lines(entry, line)


def total_journals(entries: Iterable[Entry]) -> list[JournalTotal]:
    """Add up what is booked per journal and currency."""
    documents: Counter[tuple[str, str]] = Counter()
    sides: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for entry in entries:
        place = (entry.journal, entry.currency)
        documents[place] += 1
        for line in journal_lines(entry):
            debit, credit = sides.get(place, (ZERO, ZERO))
            sides[place] = (debit + line.debit, credit + line.credit)
    return [
        JournalTotal(
            journal=place[0],
            currency=place[1],
            documents=documents[place],
            debit=sides[place][0],
            credit=sides[place][1],
        )
        for place in sorted(documents)
    ]


def total_vat(entries: Iterable[Entry]) -> list[VatTotal]:
    """Add up what is booked per VAT code, side of the books and currency."""
    sums: dict[tuple[str, EntryKind, str], tuple[Decimal, Decimal, Decimal]] = {}
    for entry in entries:
        for line in entry.lines:
            if line.vat_code is not None:
                place = (line.vat_code, entry.kind, entry.currency)
                base, vat, shifted = sums.get(place, (ZERO, ZERO, ZERO))
                sums[place] = (
                    base + line.amount,
                    vat + line.vat_amount,
                    shifted + line.reverse_charge_amount,
                )
    return [
        VatTotal(vat_code=code, kind=kind, currency=currency, base=base, vat=vat, shifted=shifted)
        for (code, kind, currency), (base, vat, shifted) in sorted(sums.items())
    ]


def _lines(entry: Entry, line: EntryLine) -> Iterator[JournalLine]:
    sign = -1 if entry.kind is EntryKind.SALES else 1
    legs = (
        (line.ledger_account, sign * line.amount),
        (line.vat_account, sign * line.vat_amount),
        (line.vat_account, line.reverse_charge_amount),
        (line.reverse_charge_account, -line.reverse_charge_amount),
    )
    for place, (account, amount) in enumerate(legs):
        # A line of 0.00 is booked too; VAT of nothing is not.
        if place == 0 or amount != ZERO:
            is_own = place == 0
            yield _line(
                entry,
                amount,
                ledger_account=account,
                party=line.party if is_own else None,
                vat_code=line.vat_code,
                cost_centre=line.cost_centre if is_own else None,
                description=line.description,
            )


def _line(entry: Entry, amount: Decimal, *, description: str, **codes: str | None) -> JournalLine:
    return JournalLine(
        document=entry.number,
        reference=entry.reference,
        journal=entry.journal,
        dated_on=entry.entry_date,
        fiscal_year=entry.fiscal_year,
        period=entry.period,
        ledger_account=codes.get("ledger_account"),
        party=codes.get("party"),
        vat_code=codes.get("vat_code"),
        cost_centre=codes.get("cost_centre"),
        currency=entry.currency,
        debit=max(amount, ZERO),
        credit=max(-amount, ZERO),
        description=description,
    )
