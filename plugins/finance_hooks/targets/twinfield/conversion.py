"""Say what each line of an entry is in the currency of the books, to the cent."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.model.money import ZERO, round_half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class InBooks:
    """A line's amount and its VAT in the currency of the books."""

    amount: Decimal
    vat_amount: Decimal


def convert(entry: Entry) -> Mapping[int, InBooks]:
    """Convert the lines by number; together they are the entry's own total in the books, or balance.

    What rounding leaves over goes to the largest line.
    """
    rate = entry.rate or Decimal(1)
    lines = {
        line.number: InBooks(
            amount=round_half_up(line.amount * rate), vat_amount=round_half_up(line.vat_amount * rate)
        )
        for line in entry.lines
    }
    wanted = ZERO if entry.kind is EntryKind.MEMORIAL else entry.gross_in_books
    rest = wanted - sum((each.amount + each.vat_amount for each in lines.values()), ZERO)
    largest = max(lines, key=lambda number: abs(lines[number].amount))
    amounts = lines[largest]
    return lines | {largest: InBooks(amount=amounts.amount + rest, vat_amount=amounts.vat_amount)}
