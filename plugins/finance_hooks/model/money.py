"""Calculate with amounts: Decimal with two decimals outside data frames, integer cents inside."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
SHOWN_MAX = 40
"""Characters of what is no number that are shown to people."""


def read_number(value: object) -> Decimal:
    """Read a number that another system wrote, by its own digits; ValueError when it is none."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"{str(value)[:SHOWN_MAX]!r} is no number") from None
    if not number.is_finite():
        raise ValueError(f"{number} is no amount")
    return number


def round_half_up(amount: Decimal) -> Decimal:
    """Round to cents, halves away from zero, so that a credit mirrors its invoice."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def to_cents(amount: Decimal) -> int:
    """Express an amount of whole cents as an integer; ValueError when it has a fraction of a cent."""
    cents = amount * 100
    if cents != cents.to_integral_value():
        raise ValueError(f"{amount} has a fraction of a cent")
    return int(cents)


def from_cents(cents: int) -> Decimal:
    """Express integer cents as an amount with two decimals."""
    if not cents:
        return ZERO
    return Decimal(cents).scaleb(-2)


def spread_cents(total: int, weights: Sequence[int]) -> list[int]:
    """Divide `total` cents over lines in proportion to `weights` by largest remainder; the parts sum to it.

    Weights may have mixed signs (a correction line inside an invoice). When they sum to zero the first
    line carries everything. Ties go to the earlier line, so that the same input always gives the same parts,
    and the same input with the opposite sign the opposite parts.
    """
    if total < 0:
        return [-part for part in spread_cents(-total, [-weight for weight in weights])]
    whole = sum(weights)
    if total == 0:
        return [0] * len(weights)
    if whole == 0:
        return [total] + [0] * (len(weights) - 1) if weights else []
    sign = 1 if whole > 0 else -1
    floors = [(total * weight * sign) // (whole * sign) for weight in weights]
    remainders = [(total * weight * sign) % (whole * sign) for weight in weights]
    missing = total - sum(floors)
    for index in sorted(range(len(weights)), key=lambda at: (-remainders[at], at))[:missing]:
        floors[index] += 1
    return floors
