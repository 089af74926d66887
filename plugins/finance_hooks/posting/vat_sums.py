"""Add up, per VAT code, what VAT was computed on, the VAT itself, and what was shifted to the buyer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, BookedLine, Entry, EntryLine
from finance_hooks.model.money import CENT, ZERO, round_half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class VatSum:
    """One VAT code of one booking, in the books' currency and with the document's sign.

    `shifted` is VAT due and deductible at once, `None` where the package does not show its two sides.
    """

    base: Decimal = ZERO
    vat: Decimal = ZERO
    shifted: Decimal | None = ZERO


NOTHING = VatSum()


def sent_sums(entry: Entry) -> dict[str, VatSum]:
    """Return what was sent per VAT code; what a foreign document says is converted at its own rate."""
    found: dict[str, list[EntryLine]] = defaultdict(list)
    for line in entry.lines:
        if line.vat_code is not None:
            found[line.vat_code].append(line)
    return {
        code: VatSum(
            base=_in_books(entry, (line.amount for line in lines)),
            vat=_in_books(entry, (line.vat_amount for line in lines)),
            shifted=_in_books(entry, (line.reverse_charge_amount for line in lines)),
        )
        for code, lines in found.items()
    }


def booked_sums(booked: BookedEntry) -> dict[str, VatSum]:
    """Return what stands in the books per VAT code."""
    sign = -1 if booked.kind is EntryKind.SALES else 1
    found: dict[str, list[BookedLine]] = defaultdict(list)
    for line in booked.lines:
        if line.vat_code is not None:
            found[line.vat_code].append(line)
    return {code: _booked_sum(lines, sign) for code, lines in found.items()}


def without_residue(
    entry: Entry, sent: Mapping[str, VatSum], booked: Mapping[str, VatSum]
) -> dict[str, VatSum]:
    """Take over the cents by which what the package works out itself differs from what was sent.

    That is shifted VAT, and every leg of a foreign document: at most a cent for each line of the code, and
    one more where it is converted. Beyond that nothing is taken over.
    """
    bounds = bounds_of(entry)
    return {
        code: _near(entry, one, told(one, booked.get(code, one)), bounds[code]) for code, one in sent.items()
    }


def bounds_of(entry: Entry) -> dict[str, Decimal]:
    """Return, per VAT code, by how much rounding line by line may differ from rounding the sum."""
    bounds: dict[str, Decimal] = defaultdict(lambda: ZERO if entry.rate is None else CENT)
    for line in entry.lines:
        if line.vat_code is not None:
            bounds[line.vat_code] += CENT
    return dict(bounds)


def told(sent: VatSum, booked: VatSum) -> VatSum:
    """Return what is booked, with the shifted VAT as sent where the package does not tell it."""
    return booked if booked.shifted is not None else replace(booked, shifted=sent.shifted)


def _booked_sum(lines: Iterable[BookedLine], sign: int) -> VatSum:
    base = ZERO
    per_account: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        amount = (line.debit - line.credit) * sign
        if line.is_vat:
            per_account[line.ledger_account] += amount
        else:
            base += amount
    nets = per_account.values()
    vat = sum(nets, ZERO)
    # What stands on two accounts on opposite sides is shifted; it has the sign of what it was computed on.
    both_sides = (sum((abs(net) for net in nets), ZERO) - abs(vat)) / 2
    shifted = (-both_sides if base < 0 else both_sides) if per_account else None
    return VatSum(base=base, vat=vat, shifted=shifted)


def _near(entry: Entry, sent: VatSum, booked: VatSum, bound: Decimal) -> VatSum:
    def nearest(ours: Decimal, theirs: Decimal) -> Decimal:
        return theirs if abs(ours - theirs) <= bound else ours

    shifted = nearest(sent.shifted or ZERO, booked.shifted or ZERO)
    if entry.rate is None:
        return replace(sent, shifted=shifted)
    return VatSum(base=nearest(sent.base, booked.base), vat=nearest(sent.vat, booked.vat), shifted=shifted)


def _in_books(entry: Entry, amounts: Iterable[Decimal]) -> Decimal:
    total = sum(amounts, ZERO)
    return total if entry.rate is None else round_half_up(total * entry.rate)
