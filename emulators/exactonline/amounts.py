"""VAT and rounding of entry lines.

Sources: vendor's page VATVATCodes (Type, Charged, Percentage, VATPercentages); recordings of June 2026.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from emulators.exactonline.books import Books, Row

CENT = Decimal("0.01")
ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAmounts:
    """Amounts of one line in the entry's currency: `vat` is charged on top, `shifted` is reverse charge."""

    net: Decimal
    vat: Decimal
    shifted: Decimal
    percentage: Decimal
    given: bool


def cents(amount: Decimal) -> Decimal:
    """Round to cents, halves away from zero."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def percentage_on(books: Books, code: Row, day: datetime) -> Decimal:
    """Return the fraction that a VAT code has on a day."""
    for row in books.rows("vat/VatPercentages"):
        until = row["EndDate"] or datetime.max  # noqa: DTZ901 - compared with zoneless days only
        if row["VATCodeID"] == code["ID"] and row["StartDate"] <= day < _after(until):
            return Decimal(row["Percentage"])
    return Decimal(code["Percentage"] or 0)


def line_amounts(
    amount: Decimal, code: Row | None, percentage: Decimal, given: Decimal | None
) -> LineAmounts:
    """Split one line's amount: E is net, I contains the VAT, B and N have none."""
    amount = cents(amount)
    kind = code["Type"] if code else "N"
    if kind == "I":
        vat = cents(given) if given is not None else cents(amount * percentage / (ONE + percentage))
        net = amount - vat
    elif kind == "E":
        vat = cents(given) if given is not None else cents(amount * percentage)
        net = amount
    else:
        vat, net, percentage = ZERO, amount, ZERO
    charged = bool(code and code["Charged"])
    return LineAmounts(
        net=net,
        vat=ZERO if charged else vat,
        shifted=vat if charged else ZERO,
        percentage=percentage,
        given=given is not None,
    )


def round_per_code(lines: Sequence[LineAmounts], codes: Sequence[str | None]) -> list[LineAmounts]:
    """Make the VAT of each code that of its summed base, the last line taking the difference."""
    adjusted = list(lines)
    for code in {each for each in codes if each}:
        places = [
            place
            for place, line in enumerate(lines)
            if codes[place] == code and not line.given and line.percentage and not line.shifted
        ]
        if not places:
            continue
        base = sum((lines[place].net for place in places), ZERO)
        exact = cents(base * lines[places[0]].percentage)
        difference = exact - sum((lines[place].vat for place in places), ZERO)
        last = places[-1]
        adjusted[last] = replace(lines[last], vat=lines[last].vat + difference)
    return adjusted


def _after(moment: datetime) -> datetime:
    return moment if moment.year == datetime.max.year else moment + timedelta(days=1)  # noqa: DTZ901
