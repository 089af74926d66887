"""All postings of a document together are expected to be what the source has of it."""

from dataclasses import replace
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.keys import Purpose
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.expected import books_sign, expected_gross, is_taken_back
from finance_hooks.posting.reversal import reverse_entry
from tests.integration.posting.books import SETTINGS
from tests.posting.entries import ENTRY
from tests.posting.standings import standing

MEMORIAL = replace(ENTRY, kind=EntryKind.MEMORIAL)
BOOKED = PostingState.BOOKED
REVERSED = reverse_entry(ENTRY, ENTRY.posting_key, n=1, settings=SETTINGS)
SENT = ENTRY.gross_in_books


def test_booking_that_counts_is_held_against_the_source_as_it_is_now() -> None:
    assert expected_gross(standing(BOOKED, "500.00", entry=ENTRY)) == Decimal("500.00")
    assert expected_gross(standing(BOOKED, None, entry=ENTRY)) == 0


def test_reversed_booking_and_its_reversal_come_to_nothing() -> None:
    first = standing(BOOKED, "500.00", entry=ENTRY, is_undone=True)
    reversal = standing(BOOKED, "500.00", entry=REVERSED, purpose=Purpose.REVERSE)

    assert (expected_gross(first), expected_gross(reversal)) == (SENT, -SENT)
    assert expected_gross(first) + expected_gross(reversal) == 0


def test_reversal_of_a_memorial_counts_its_sum_of_debit_down() -> None:
    reversal = standing(
        BOOKED,
        entry=reverse_entry(MEMORIAL, ENTRY.posting_key, n=1, settings=SETTINGS),
        purpose=Purpose.REVERSE,
    )

    assert (books_sign(reversal), expected_gross(reversal)) == (-1, -SENT)
    assert books_sign(standing(BOOKED, entry=MEMORIAL)) == 1
    assert books_sign(standing(BOOKED)) == 1


def test_accepted_change_is_held_against_what_was_sent() -> None:
    assert expected_gross(standing(BOOKED, "500.00", entry=ENTRY, is_accepted=True)) == SENT
    assert expected_gross(standing(BOOKED, "500.00", is_accepted=True)) == 0


def test_booking_that_has_gone_is_expected_nowhere() -> None:
    assert expected_gross(standing(BOOKED, "500.00", entry=ENTRY, is_gone=True)) == 0


def test_document_is_taken_back_once_its_reversal_is_booked() -> None:
    assert is_taken_back(standing(BOOKED, purpose=Purpose.REVERSE))
    assert not is_taken_back(standing(PostingState.PENDING, purpose=Purpose.REVERSE))
    assert not is_taken_back(standing(BOOKED))
