"""What somebody edits stays balanced and changes a total; what is moved goes to a day that there is."""

from datetime import date
from decimal import Decimal

import pytest

from adversary.amounts import growing, month_away

DEBTOR, REVENUE, VAT = (
    ("1300", Decimal("121.00"), False),
    ("8000", Decimal("-100.00"), False),
    ("1650", Decimal("-21.00"), True),
)


def test_first_leg_and_one_on_the_other_side_grow_alike() -> None:
    assert growing([DEBTOR, VAT, REVENUE]) == [(0, Decimal("1.00")), (2, Decimal("-1.00"))]


def test_legs_on_one_account_only_are_left_alone() -> None:
    assert growing([DEBTOR, ("1300", Decimal("-121.00"), False)]) == []
    assert growing([]) == []


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), -9, date(2026, 2, 28)),
        (date(2026, 1, 31), -1, date(2025, 12, 31)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
    ],
)
def test_month_away_is_the_same_day_or_the_last_one(day: date, months: int, expected: date) -> None:
    assert month_away(day, months) == expected
