"""Whether an entry stands in the books already is decided by one pure function."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry
from finance_hooks.posting.match import Absent, Adopted, BooksRead, Known, Own, Perhaps, name_booking
from finance_hooks.store.following import Undone
from tests.posting.entries import ENTRY, booked, by_hand


def test_own_reference_is_our_booking_whatever_else_differs() -> None:
    changed = booked(number="other", gross=Decimal("1.00"), entry_date=date(2026, 11, 2))

    assert BooksRead([changed]).match(ENTRY) == Own(booked=(changed,))


def test_two_bookings_with_our_reference_are_both_named() -> None:
    first, second = booked(), booked(id="id-2")

    assert BooksRead([first, second]).match(ENTRY) == Own(booked=(first, second))


def test_hand_made_booking_that_agrees_in_all_is_adopted() -> None:
    found = by_hand(number=" 2026100123 ")

    assert BooksRead([found]).match(ENTRY) == Adopted(booked=found)


@pytest.mark.parametrize(
    ("stands", "number", "is_adopted"),
    [
        ("F-12A", "F-12a", True),
        ("F-12a", "F-12a", True),
        ("F-12a", "F-12A", False),
        ("f-12A", "F-12a", False),
    ],
)
def test_number_in_capitals_is_the_same_number_and_in_another_spelling_perhaps(
    stands: str, number: str, *, is_adopted: bool
) -> None:
    found = by_hand(number=stands)

    matched = BooksRead([found]).match(replace(ENTRY, number=number))

    assert matched == (Adopted(booked=found) if is_adopted else Perhaps(booked=(found,)))


@pytest.mark.parametrize(
    "changes",
    [
        {"gross": Decimal("418.61")},
        {"party": "20007"},
        {"entry_date": date(2026, 10, 30)},
        {"currency": "USD"},
        {"gross": Decimal("-418.60")},
    ],
)
def test_hand_made_booking_that_agrees_only_in_part_is_left_to_a_person(changes: dict[str, object]) -> None:
    found = by_hand(**changes)

    assert BooksRead([found]).match(ENTRY) == Perhaps(booked=(found,))


def test_booking_with_the_reference_of_another_posting_is_never_adopted() -> None:
    found = booked(references=frozenset({"QOTHEROTHER"}))

    assert BooksRead([found]).match(ENTRY) == Perhaps(booked=(found,))


def test_booking_without_number_that_agrees_in_the_rest_is_left_to_a_person() -> None:
    found = by_hand(number=None)

    assert BooksRead([found]).match(ENTRY) == Perhaps(booked=(found,))


@pytest.mark.parametrize(
    "found",
    [
        by_hand(number="2026100999"),
        by_hand(number=None, gross=Decimal("1.00")),
        by_hand(kind=EntryKind.PURCHASE),
    ],
)
def test_other_bookings_mean_that_the_entry_is_absent(found: BookedEntry) -> None:
    assert BooksRead([found]).match(ENTRY) == Absent()


def test_purchase_numbers_of_two_suppliers_may_be_the_same() -> None:
    entry = replace(ENTRY, kind=EntryKind.PURCHASE)
    found = by_hand(kind=EntryKind.PURCHASE, party="other", gross=Decimal("1.00"))

    assert BooksRead([found]).match(entry) == Absent()


def test_adopted_booking_is_found_again_by_its_id() -> None:
    found = by_hand()

    assert BooksRead([found]).with_id("by-hand") == (found,)
    assert BooksRead([found]).with_id(None) == ()


def test_unnumbered_booking_of_another_posting_of_ours_is_no_doubt() -> None:
    found = booked(number=None, references=frozenset({"QOTHEROTHER"}))

    assert BooksRead([found]).match(ENTRY) == Absent()


def test_reversed_booking_and_its_reversal_are_no_doubt_about_the_new_one() -> None:
    found = booked(references=frozenset({"QOTHEROTHER"}))
    by_id = by_hand(gross=Decimal("1.00"))
    known = Known(undone=Undone(references=frozenset({"QOTHEROTHER"}), entry_ids=frozenset({"by-hand"})))

    assert BooksRead([found, by_id]).match(ENTRY, known) == Absent()
    assert BooksRead([found]).match(ENTRY) == Perhaps(booked=(found,))


def test_booking_that_a_person_confirmed_is_adopted_whatever_differs() -> None:
    found = by_hand(number="other", gross=Decimal("1.00"), entry_number="26700009")
    known = Known(is_booking="70 26700009")

    assert name_booking(found) == "70 26700009"
    assert BooksRead([found]).match(ENTRY, known) == Adopted(booked=found)


def test_booking_of_another_posting_of_ours_is_not_adopted_even_when_confirmed() -> None:
    found = booked(references=frozenset({"QOTHEROTHER"}))

    assert BooksRead([found]).match(ENTRY, Known(is_booking=name_booking(found))) == Perhaps(booked=(found,))


def test_bookings_that_a_person_told_apart_are_no_doubt() -> None:
    numbered = by_hand(gross=Decimal("1.00"))
    unnumbered = by_hand(id="other", number=None, entry_number="26700002")
    known = Known(told_apart=frozenset({"70 26700001", "70 26700002"}))

    assert BooksRead([numbered, unnumbered]).match(ENTRY, known) == Absent()


def test_booking_by_hand_on_the_day_an_entry_was_moved_from_is_its_own() -> None:
    entry = replace(ENTRY, entry_date=date(2026, 11, 1), moved_from=ENTRY.entry_date)
    unnumbered = by_hand(number=None)

    assert BooksRead([by_hand()]).match(entry) == Adopted(booked=by_hand())
    assert BooksRead([unnumbered]).match(entry) == Perhaps(booked=(unnumbered,))


def test_new_booking_is_looked_for_under_the_plain_number_as_well() -> None:
    entry = replace(ENTRY, number="2026100123-2")

    assert BooksRead([by_hand()]).match(entry, Known(plain_number="2026100123")) == Adopted(booked=by_hand())
    assert BooksRead([by_hand()]).match(entry) == Absent()
