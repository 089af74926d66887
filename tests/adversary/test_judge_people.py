"""The judge sees whatever people did to bookings that nothing names."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.adversary.pictures import ENTERED, ISSUED, OURS, POSTED, SUMS, kinds

EDITED = replace(ENTERED, sums=SUMS | {"13011": Decimal("122.00"), "80000": Decimal("-101.00")})
MISSED = replace(POSTED, findings=frozenset({"missing_in_books"}))
TOLD = frozenset({(ISSUED.number, "2026-12-01")})
TOLD_OTHERWISE = frozenset({(ISSUED.number, "2026-11-01"), ("another", "2026-12-01")})


def test_booking_that_somebody_deleted_is_named_and_not_lost() -> None:
    assert kinds(entered=(), posted=(MISSED,), deeds={OURS: ("deleted",)}) == []
    assert kinds(entered=(), deeds={OURS: ("deleted",)}) == ["unnamed"]


def test_booking_that_somebody_edited_is_named_and_not_held_against_us() -> None:
    named = replace(POSTED, findings=frozenset({"amount_differs"}))

    assert kinds(entered=(EDITED,), posted=(named,), deeds={OURS: ("edited",)}) == []
    assert kinds(entered=(EDITED,), deeds={OURS: ("edited",)}) == ["unnamed"]


def test_booking_that_somebody_copied_is_named_and_is_no_double_of_ours() -> None:
    named = replace(POSTED, findings=frozenset({"booked_twice"}))
    copied = {OURS: ("copied",)}

    assert kinds(entered=(ENTERED, ENTERED), posted=(named,), deeds=copied) == []
    assert kinds(entered=(ENTERED, ENTERED), deeds=copied) == ["unnamed"]
    assert kinds(entered=(ENTERED, ENTERED, ENTERED), posted=(named,), deeds=copied) == ["twice"]


def test_whatever_else_was_done_to_two_copies_is_named_by_there_being_two() -> None:
    moved = replace(ENTERED, dated_on="2026-09-30")
    named = replace(POSTED, findings=frozenset({"booked_twice"}))
    deeds = {OURS: ("copied", "moved")}

    assert kinds(entered=(moved, ENTERED), posted=(named,), deeds=deeds) == []
    assert kinds(entered=(moved,), posted=(named,), deeds=deeds) == ["unnamed"]


def test_copy_beside_a_booking_that_was_moved_out_of_sight_needs_no_name_but_one_within_sight_does() -> None:
    near, far = replace(ENTERED, dated_on="2026-09-30"), replace(ENTERED, dated_on="2026-08-30")
    deeds = {OURS: ("copied", "moved")}

    assert kinds(entered=(far, ENTERED), deeds=deeds) == []
    assert kinds(entered=(near, ENTERED), deeds=deeds) == ["unnamed", "unnamed"]
    assert kinds(entered=(far,), deeds={OURS: ("moved",)}) == ["unnamed"]


def test_copy_that_somebody_deleted_again_needs_no_name() -> None:
    assert kinds(deeds={OURS: ("copied", "deleted")}) == []


@pytest.mark.parametrize("finding", ["amount_differs", "missing_in_books"])
def test_booking_that_somebody_moved_is_named_whether_it_is_seen_or_not(finding: str) -> None:
    moved = replace(ENTERED, dated_on="2026-09-30")
    named = replace(POSTED, findings=frozenset({finding}))

    assert kinds(entered=(moved,), posted=(named,), deeds={OURS: ("moved",)}) == []
    assert kinds(entered=(moved,), deeds={OURS: ("moved",)}) == ["unnamed"]


@pytest.mark.parametrize(
    ("was_restored", "moves_on", "told_moved", "expected"),
    [
        (True, True, TOLD, []),
        (True, True, TOLD_OTHERWISE, ["unnamed"]),
        (False, True, TOLD, ["unnamed"]),
        (True, False, TOLD, ["unnamed"]),
    ],
)
def test_report_of_a_restored_store_names_a_moved_booking_by_telling_where_it_stands(
    was_restored: bool, moves_on: bool, told_moved: frozenset[tuple[str, str]], expected: list[str]
) -> None:
    told = {"was_restored": was_restored, "moves_on": moves_on, "told_moved": told_moved}
    moved, edited = (replace(one, dated_on="2026-12-01") for one in (ENTERED, EDITED))

    assert kinds(entered=(moved,), deeds={OURS: ("moved",)}, **told) == expected
    assert kinds(entered=(edited,), deeds={OURS: ("edited", "moved")}, **told) == ["unnamed", *expected]


def test_edited_booking_is_named_as_missing_only_where_it_was_moved_out_of_sight() -> None:
    near, far = replace(EDITED, dated_on="2026-09-30"), replace(EDITED, dated_on="2026-08-30")
    deeds = {OURS: ("edited", "moved")}

    assert kinds(entered=(far,), posted=(MISSED,), deeds=deeds) == []
    assert kinds(entered=(near,), posted=(MISSED,), deeds=deeds) == ["unnamed"]
