"""What stands far away is read once, and only what bears a wanted reference is kept of it."""

from finance_hooks.model.entry import Period
from finance_hooks.posting.far_away import bearing, places_due, references_of
from tests.posting.entries import booked

MAY, JUNE = Period(fiscal_year=2026, number=5), Period(fiscal_year=2026, number=6)


def test_due_are_the_journals_that_a_period_was_not_looked_through_for() -> None:
    looked = {("70", MAY), ("70", JUNE), ("60", JUNE)}

    assert places_due(["70", "60"], [MAY, JUNE], looked) == {MAY: {"60"}}
    assert places_due(["70"], [JUNE, MAY], ()) == {JUNE: {"70"}, MAY: {"70"}}


def test_bookings_that_bear_a_wanted_reference_are_kept() -> None:
    ours, other, none = booked(references=("Q1",)), booked(references=("Q2",)), booked(references=())

    assert list(bearing({"Q1", "Q3"}, [ours, other, none])) == [ours]
    assert references_of([ours, other, none]) == {"Q1", "Q2"}
