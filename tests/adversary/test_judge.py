"""The judge sees every way in which the promise can be broken, and nothing where it is kept."""

from dataclasses import replace
from decimal import Decimal

import pytest

from adversary.judge import judge
from tests.adversary.pictures import ENTERED, ISSUED, OURS, POSTED, SUMS, a_picture, kinds

ANOTHER = "QKLMNOPQRST"
REVERSAL = replace(POSTED, reference=ANOTHER, purpose="reverse")
REVERSED = replace(ENTERED, references=frozenset({ANOTHER}))


def test_promise_that_is_kept_is_no_violation() -> None:
    assert judge(a_picture()) == []


def test_reference_that_stands_twice_is_booked_twice() -> None:
    assert "twice" in kinds(entered=(ENTERED, ENTERED))


def test_document_that_stands_under_two_references_is_booked_twice() -> None:
    again = replace(POSTED, reference=ANOTHER)

    assert kinds(posted=(POSTED, again), entered=(ENTERED, REVERSED)) == ["twice"]


def test_document_that_was_reversed_and_booked_anew_stands_once() -> None:
    third = "QUVWXYZ2345"
    anew = replace(POSTED, reference=third)
    entered = (ENTERED, REVERSED, replace(ENTERED, references=frozenset({third})))

    assert kinds(posted=(POSTED, REVERSAL, anew), entered=entered) == []


def test_booking_that_the_store_does_not_know_is_named() -> None:
    stray = replace(ENTERED, references=frozenset({ANOTHER}))

    assert kinds(entered=(ENTERED, stray)) == ["unknown"]


def test_booking_that_a_restored_store_forgot_is_named_by_its_report() -> None:
    stray = replace(ENTERED, references=frozenset({ANOTHER}))
    named = frozenset({ANOTHER})

    assert kinds(entered=(ENTERED, stray), was_restored=True, forgotten=named) == []
    assert kinds(entered=(ENTERED, stray), was_restored=True) == ["unknown"]
    assert kinds(entered=(ENTERED, stray), forgotten=named) == ["unknown"]


def test_document_that_nobody_has_is_lost() -> None:
    assert kinds(posted=(), entered=()) == ["lost"]


def test_document_that_only_the_store_calls_booked_is_lost() -> None:
    assert kinds(entered=()) == ["lost"]


@pytest.mark.parametrize(("reason", "expected"), [("code_blocked", ["unsettled"]), ("totals_disagree", [])])
def test_document_does_not_stay_parked_for_what_passed_with_its_night(
    reason: str, expected: list[str]
) -> None:
    parked = replace(POSTED, state="parked", reasons=(reason,), history=("prepared", "parked"))

    assert kinds(posted=(parked,), entered=()) == expected


def test_booking_that_was_moved_and_booked_anew_is_booked_twice() -> None:
    moved = replace(ENTERED, dated_on="2026-09-30")
    named = replace(POSTED, findings=frozenset({"booked_twice", "amount_differs"}))

    assert kinds(entered=(moved, ENTERED), posted=(named,), deeds={OURS: ("moved",)}) == ["twice"]


@pytest.mark.parametrize(
    ("dated_on", "moves_on", "expected"),
    [
        ("2026-11-01", False, ["misdated"]),
        ("2026-11-01", True, []),
        ("2026-10-01", True, ["misdated"]),
    ],
)
def test_booking_stands_on_its_own_day_or_later_where_it_may_be_moved_on(
    *, dated_on: str, moves_on: bool, expected: list[str]
) -> None:
    other_day = replace(ENTERED, dated_on=dated_on)

    assert kinds(entered=(other_day,), moves_on=moves_on) == expected


@pytest.mark.parametrize(
    ("closed", "moves_on", "expected"),
    [
        (set(), False, ["unsettled"]),
        ({"2026/10"}, False, []),
        ({"2026/10"}, True, ["unsettled"]),
        ({"2026/10", "2026/11"}, True, []),
    ],
)
def test_document_stays_parked_for_a_closed_month_only_while_one_keeps_it_out(
    *, closed: set[str], moves_on: bool, expected: list[str]
) -> None:
    parked = replace(POSTED, state="parked", reasons=("period_closed",), history=("prepared", "parked"))

    assert kinds(posted=(parked,), entered=(), closed=frozenset(closed), moves_on=moves_on) == expected


def test_booking_in_another_administration_is_named() -> None:
    assert kinds(entered=(replace(ENTERED, administration="7654321"),)) == ["elsewhere"]


@pytest.mark.parametrize(
    "sums",
    [
        SUMS | {"80000": Decimal("-100.01")},
        {account: amount for account, amount in SUMS.items() if account != "16221"},
        SUMS | {"80000": Decimal("-90.00"), "80010": Decimal("-10.00")},
        SUMS | {"80000": Decimal("-100.06"), "16221": Decimal("-20.94")},
    ],
)
def test_other_amounts_or_accounts_are_named(sums: dict[str, Decimal]) -> None:
    assert kinds(entered=(replace(ENTERED, sums=sums),)) == ["unlike"]


def test_cents_that_a_package_rounds_shifted_vat_by_are_allowed() -> None:
    wanted = SUMS | {"1655": Decimal("-21.00"), "1660": Decimal("21.00")}
    booked = SUMS | {"1655": Decimal("-21.01"), "1660": Decimal("21.01")}

    assert kinds(issued=(replace(ISSUED, sums=wanted),), entered=(replace(ENTERED, sums=booked),)) == []


def test_more_than_half_a_cent_a_line_is_no_rounding_of_shifted_vat() -> None:
    wanted = SUMS | {"1655": Decimal("-21.00"), "1660": Decimal("21.00")}
    booked = SUMS | {"1655": Decimal("-21.08"), "1660": Decimal("21.08")}
    entered = (replace(ENTERED, sums=booked),)

    assert kinds(issued=(replace(ISSUED, sums=wanted, lines=15),), entered=entered) == []
    assert kinds(issued=(replace(ISSUED, sums=wanted, lines=14),), entered=entered) == ["unlike"]


def test_document_whose_legs_nobody_can_work_out_is_not_held_against_its_booking() -> None:
    assert kinds(issued=(replace(ISSUED, sums=None),)) == []


def test_booking_that_the_store_does_not_call_booked_is_named() -> None:
    parked = replace(POSTED, state="parked", reasons=("totals_disagree",), history=("prepared", "parked"))

    assert kinds(posted=(parked,)) == ["unlike"]


@pytest.mark.parametrize("state", ["pending", "sending", "unknown"])
def test_posting_that_is_neither_booked_nor_parked_in_the_end_is_named(state: str) -> None:
    open_one = replace(POSTED, state=state)

    assert kinds(posted=(open_one,), entered=()) == ["unsettled"]


def test_unclear_posting_stays_so_where_calls_are_carried_out_beyond_all_measure() -> None:
    unclear = replace(POSTED, state="unknown")

    assert kinds(posted=(unclear,), entered=(), is_beyond=True) == []
    assert kinds(posted=(replace(POSTED, state="pending"),), entered=(), is_beyond=True) == ["unsettled"]


def test_parked_posting_has_a_reason() -> None:
    silent = replace(POSTED, state="parked", history=("prepared", "parked"))

    assert kinds(posted=(silent,), entered=()) == ["unsettled"]


@pytest.mark.parametrize(
    "history",
    [("prepared", "sending", "sending"), ("prepared", "booked", "pending"), ("prepared", "unknown")],
)
def test_move_that_no_posting_may_make_is_named(history: tuple[str, ...]) -> None:
    assert kinds(posted=(replace(POSTED, history=history),)) == ["moved wrongly"]


def test_events_that_are_no_states_are_left_out_of_the_moves() -> None:
    history = ("prepared", "parked", "parked_anew", "offered", "pending", "sending", "booked")

    assert kinds(posted=(replace(POSTED, history=history),)) == []
