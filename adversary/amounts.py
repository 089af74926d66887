"""Choose what somebody changes in a booking: two amounts that keep it balanced, a day in another month."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

ONE = Decimal("1.00")
Day = TypeVar("Day", date, datetime)
Leg = tuple[str, Decimal, bool]
"""A ledger account, its amount with debit positive, and whether it is VAT."""


def growing(legs: Sequence[Leg]) -> list[tuple[int, Decimal]]:
    """Choose two legs on either side and what is added to each; none where there are no such legs.

    The first leg that is not nothing is the debtor's or creditor's, by which a total is known.
    """
    first = next((place for place, leg in enumerate(legs) if leg[1] and not leg[2]), None)
    if first is None:
        return []
    account, amount, _ = legs[first]
    for place, (other, against, is_vat) in enumerate(legs):
        if not is_vat and other != account and against * amount < 0:
            grown = ONE if amount > 0 else -ONE
            return [(first, grown), (place, -grown)]
    return []


def month_away(day: Day, months: int) -> Day:
    """Return the same day of another month, the last one where that is shorter."""
    counted = day.year * 12 + day.month - 1 + months
    year, month = divmod(counted, 12)
    last = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))
