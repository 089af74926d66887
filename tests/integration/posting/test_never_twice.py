"""Nothing is booked twice and nothing is lost, whatever happens to answers, processes and leases."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from finance_hooks.model.entry import Entry
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.plain import entry_from_plain
from finance_hooks.posting.load import load
from finance_hooks.store.held_lease import HeldLease
from finance_hooks.store.postings import posting
from tests.integration.posting.answers import take_over_after_lease
from tests.integration.posting.books import (
    SETTLE_S,
    lost_after_booking,
    lost_before_booking,
)
from tests.integration.posting.night import LEASE_S, CrashError, Night


def test_lost_answer_is_looked_up_not_sent_again(night: Night) -> None:
    reference = night.offer("2026100123")
    night.books.answering = [lost_after_booking()]
    with pytest.raises(TemporaryFailure) as failure:
        night.load()
    assert night.state(reference) == "unknown"

    night.clock.advance(failure.value.retry_after_s)
    night.load()

    assert failure.value.retry_after_s == SETTLE_S
    assert night.state(reference) == "booked"
    assert night.books.posts == [reference]


def test_booking_that_shows_late_is_waited_for_within_the_settle_time(night: Night) -> None:
    reference = night.offer("2026100123")
    night.books.answering = [lost_after_booking(visible_after_s=SETTLE_S - 1)]
    for _ in range(4):
        with pytest.raises(TemporaryFailure):
            night.load()
        night.clock.advance(70)
    assert night.state(reference) == "unknown"

    night.clock.advance(SETTLE_S)
    night.load()

    assert night.state(reference) == "booked"
    assert night.books.times_booked(reference) == 1


def test_entry_that_was_lost_on_its_way_is_sent_again_only_after_the_settle_time(night: Night) -> None:
    reference = night.offer("2026100123")
    night.books.answering = [lost_before_booking]
    with pytest.raises(TemporaryFailure):
        night.load()
    night.clock.advance(SETTLE_S - 10)
    with pytest.raises(TemporaryFailure):
        night.load()
    assert night.books.posts == [reference]

    night.clock.advance(10)
    night.load()

    assert night.state(reference) == "booked"
    assert night.books.posts == [reference, reference]
    assert night.books.times_booked(reference) == 1


@pytest.mark.parametrize("moment", ["claimed", "answered", "noted"])
def test_process_that_dies_at_any_moment_leaves_one_booking_in_the_end(night: Night, moment: str) -> None:
    references = [night.offer(number) for number in ("1", "2", "3")]
    night.checkpoint = _die_at(moment)
    held = night.lease()
    assert isinstance(held, HeldLease)
    with pytest.raises(CrashError):
        load(night.work("run"), night.books, held)
    night.checkpoint = lambda _name: None

    night.clock.advance(LEASE_S + 1)
    for _ in range(3):
        night.load_until_settled()

    assert [night.state(reference) for reference in references] == ["booked"] * 3
    assert [night.books.times_booked(reference) for reference in references] == [1, 1, 1]


def test_booking_made_by_hand_is_adopted_not_doubled(night: Night) -> None:
    reference = night.offer("2026100123")
    night.books.book(_entry_of(night, reference), references=frozenset())

    happened = night.load()

    assert happened["adopted"] == 1
    assert night.books.posts == []
    assert night.state(reference) == "booked"


def test_booking_is_adopted_by_one_of_two_documents_that_differ_in_their_letters_only(night: Night) -> None:
    references = [night.offer("2026-12a"), night.offer("2026-12A")]
    night.books.book(replace(_entry_of(night, references[0]), number="2026-12A"), references=frozenset())

    happened = night.load()

    assert happened["adopted"] == 1
    assert sorted(night.state(reference) for reference in references) == ["booked", "parked"]
    assert night.books.posts == []


def test_booking_that_agrees_only_in_part_parks_the_document(night: Night) -> None:
    reference = night.offer("2026100123")
    night.books.book(_entry_of(night, reference), references=frozenset(), gross=Decimal("1.00"))

    night.load()

    assert night.reason_codes(reference) == ["perhaps_booked"]
    assert night.books.posts == []


def test_store_restored_from_a_backup_finds_its_bookings_again(night: Night) -> None:
    reference = night.offer("2026100123")
    night.books.book(_entry_of(night, reference))

    happened = night.load()

    assert happened["found"] == 1
    assert night.books.posts == []


def test_holder_whose_lease_has_ended_claims_nothing(night: Night) -> None:
    reference = night.offer("1")
    held = night.lease()
    assert isinstance(held, HeldLease)
    night.clock.advance(LEASE_S + 1)
    assert isinstance(night.lease(), HeldLease)

    with pytest.raises(TemporaryFailure, match="has ended"):
        load(night.work("run"), night.books, held)

    assert night.books.posts == []
    assert night.state(reference) == "pending"


def test_answer_that_a_frozen_sender_brings_late_is_still_believed(night: Night) -> None:
    reference = night.offer("1")
    second_run = take_over_after_lease(night)
    night.books.answering = [second_run]
    held = night.lease()
    assert isinstance(held, HeldLease)

    load(night.work("run"), night.books, held)

    assert night.state(reference) == "booked"
    assert night.books.times_booked(reference) == 1


def test_backfill_gives_the_books_back_after_its_batch_when_a_nightly_run_waits(night: Night) -> None:
    references = [night.offer("1"), night.offer("2")]
    backfill = night.lease(is_backfill=True)
    assert isinstance(backfill, HeldLease)
    night.lease()

    load(night.work("backfill"), night.books, backfill)

    assert night.books.posts == []
    assert {night.state(reference) for reference in references} == {"pending"}


def _die_at(moment: str) -> Callable[[str], None]:
    def die(name: str) -> None:
        if name == moment:
            raise CrashError(name)

    return die


def test_while_sending_is_stopped_the_books_are_read_and_nothing_leaves(night: Night) -> None:
    found, waiting = night.offer("1"), night.offer("2")
    night.books.book(_entry_of(night, found))
    night.sends = False

    night.load()

    assert (night.state(found), night.state(waiting)) == ("booked", "pending")
    assert night.books.posts == []


def _entry_of(night: Night, reference: str) -> Entry:
    with night.engine.begin() as connection:
        found = connection.execute(sa.select(posting.c.entry).where(posting.c.reference == reference))
        return entry_from_plain(found.scalar_one())
