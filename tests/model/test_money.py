"""Amounts are cents, spread so that the parts sum to the whole."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_hooks.model.money import from_cents, round_half_up, spread_cents, to_cents


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("20.124", "20.12"), ("20.125", "20.13"), ("-20.125", "-20.13"), ("0.005", "0.01")],
)
def test_halves_round_away_from_zero_so_that_a_credit_mirrors_its_invoice(amount: str, rounded: str) -> None:
    assert round_half_up(Decimal(amount)) == Decimal(rounded)


def test_fraction_of_a_cent_is_refused_not_dropped() -> None:
    assert to_cents(Decimal("72.65")) == 7265
    assert from_cents(-7265) == Decimal("-72.65")
    with pytest.raises(ValueError, match="fraction of a cent"):
        to_cents(Decimal("72.655"))


@given(
    total=st.integers(-(10**9), 10**9),
    weights=st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=50),
)
def test_parts_always_sum_to_the_total(total: int, weights: list[int]) -> None:
    assert sum(spread_cents(total, weights)) == total


@given(total=st.integers(0, 10**9), weights=st.lists(st.integers(1, 10**7), min_size=1, max_size=50))
def test_each_part_is_within_a_cent_of_its_share(total: int, weights: list[int]) -> None:
    whole = sum(weights)

    for part, weight in zip(spread_cents(total, weights), weights, strict=True):
        assert abs(part * whole - total * weight) < whole


def test_largest_remainder_gets_the_cent_and_ties_go_to_the_earlier_line() -> None:
    assert spread_cents(100, [1, 1, 1]) == [34, 33, 33]
    assert spread_cents(10, [1, 2, 4]) == [1, 3, 6]


def test_weights_that_cancel_out_leave_everything_on_the_first_line() -> None:
    assert spread_cents(5, [10, -10]) == [5, 0]
    assert spread_cents(5, []) == []


@given(total=st.integers(1, 10**6), weights=st.lists(st.integers(-(10**4), 10**4), min_size=1, max_size=20))
def test_opposite_total_is_divided_into_the_opposite_parts(total: int, weights: list[int]) -> None:
    mirrored = spread_cents(-total, [-weight for weight in weights])

    assert mirrored == [-part for part in spread_cents(total, weights)]
