"""State the amounts of an entry in the currency of the books, so that they add up to what the entry says."""

from collections.abc import Sequence
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO, from_cents, round_half_up, spread_cents, to_cents


def amounts_in_books(entry: Entry) -> list[tuple[Decimal, Decimal]]:
    """Return net and VAT of each line in the currency of the books, which together are `gross_in_books`.

    The cents that converting line by line would be off lie on the lines with the largest remainders.
    """
    if entry.rate is None:
        return [(line.amount, line.vat_amount) for line in entry.lines]
    if entry.kind is EntryKind.MEMORIAL:
        return [(amount, ZERO) for amount in _convert_memorial(entry)]
    parts = [part for line in entry.lines for part in (line.amount, line.vat_amount)]
    converted = _convert(parts, entry.gross_in_books, entry.rate)
    return list(zip(converted[::2], converted[1::2], strict=True))


def _convert_memorial(entry: Entry) -> list[Decimal]:
    """Convert debit and credit apart, so that the memorial still balances."""
    converted = [ZERO] * len(entry.lines)
    for sign in (1, -1):
        side = [place for place, line in enumerate(entry.lines) if line.amount * sign > 0]
        amounts = [entry.lines[place].amount for place in side]
        total = entry.gross_in_books * sign
        for place, amount in zip(side, _convert(amounts, total, entry.rate or Decimal(1)), strict=True):
            converted[place] = amount
    return converted


def _convert(amounts: Sequence[Decimal], total: Decimal, rate: Decimal) -> list[Decimal]:
    weights = [to_cents(amount) for amount in amounts]
    if sum(weights) == 0:
        return [round_half_up(amount * rate) for amount in amounts]
    return [from_cents(part) for part in spread_cents(to_cents(total), weights)]
