"""Nothing is booked twice and nothing is lost, whatever happens to answers, processes and leases."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from finance_hooks.model.entry import Entry, Period
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Totals
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.plain import entry_from_plain
from finance_hooks.posting.load import load
from finance_hooks.store.held_lease import HeldLease
from finance_hooks.store.postings import posting
from tests.integration.posting.books import (
    SETTLE_S,
    Answering,
    Books,
    lost_after_booking,
    lost_before_booking,
)
from tests.integration.posting.night import CrashError, Night

LEASE_S = 120


@pytest.fixture
def night(store_url: str) -> Night:
    return Night(url=store_url)


def test_pending_entry_is_booked_once_and_a_second_load_makes_no_call(night: Night) -> None:
    reference = night.offer("2026100123")

    first, second = night.load(), night.load()

    assert (first["booked"], second) == (1, {})
    assert night.state(reference) == "booked"
    assert night.books.posts == [reference]
    assert len(night.books.reads) == 1


def test_books_are_read_one_period_on_either_side_before_anything_is_sent(night: Night) -> None:
    night.offer("2026100123")

    night.load()

    assert night.books.reads == [frozenset(Period(fiscal_year=2026, number=month) for month in (9, 10, 11))]


def test_books_that_cannot_be_read_stop_the_load_before_anything_is_sent(night: Night) -> None:
    reference = night.offer("2026100123")
    night.books.unreadable = True

    with pytest.raises(TemporaryFailure, match="cannot be read"):
        night.load()

    assert night.books.posts == []
    assert night.state(reference) == "pending"


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
        _load_until_settled(night)

    assert [night.state(reference) for reference in references] == ["booked"] * 3
    assert [night.books.times_booked(reference) for reference in references] == [1, 1, 1]


def test_refused_entry_is_parked_with_its_reason_and_the_others_are_booked(night: Night) -> None:
    bad, good = night.offer("1"), night.offer("2")
    night.books.answering = [_refuse(ReasonCode.CODE_REFUSED)]

    night.load()

    assert (night.state(bad), night.reason_codes(bad)) == ("parked", ["code_refused"])
    assert night.state(good) == "booked"


def test_refused_entry_that_did_not_change_is_offered_again_the_next_night_after_all_others(
    night: Night,
) -> None:
    bad = night.offer("1")
    night.books.answering = [_refuse(ReasonCode.CODE_REFUSED)]
    night.load()
    night.offer("1")
    assert night.load() == {}

    night.clock.advance(24 * 3600)
    night.offer("1", run_id="next")
    good = night.offer("2", run_id="next")
    night.load("next")

    assert night.books.posts == [bad, good, bad]
    assert night.state(bad) == "booked"


def test_first_closed_period_parks_the_rest_of_that_period_unsent(night: Night) -> None:
    first, second = night.offer("1"), night.offer("2")
    november = night.offer("3", period=11)
    night.books.answering = [_refuse(ReasonCode.PERIOD_CLOSED)]

    night.load()

    assert night.reason_codes(first) == night.reason_codes(second) == ["period_closed"]
    assert night.books.posts == [first, november]
    assert night.state(november) == "booked"


def test_limit_ends_the_sending_and_the_rest_waits(night: Night) -> None:
    first, second = night.offer("1"), night.offer("2")
    night.books.answering = [_later]

    night.load()

    assert [night.state(reference) for reference in (first, second)] == ["pending", "pending"]
    assert night.books.posts == [first]
    assert night.load() == {}
    night.clock.advance(3600)
    night.load()
    assert night.state(first) == night.state(second) == "booked"


def test_exception_of_the_target_means_nothing_was_sent_and_gives_the_claim_back(night: Night) -> None:
    reference = night.offer("1")
    night.books.answering = [_raise(ConfigurationError("no rights"))]

    with pytest.raises(ConfigurationError, match="no rights"):
        night.load()

    assert night.state(reference) == "pending"


def test_booking_made_by_hand_is_adopted_not_doubled(night: Night) -> None:
    reference = night.offer("2026100123")
    night.books.book(_entry_of(night, reference), references=frozenset())

    happened = night.load()

    assert happened["adopted"] == 1
    assert night.books.posts == []
    assert night.state(reference) == "booked"


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


def test_answer_with_another_total_is_booked_and_named(night: Night) -> None:
    night.offer("2026100123")
    night.books.answering = [_book_less]

    night.load()
    report = night.reconcile_and_conclude()

    assert [finding["kind"] for finding in report.findings] == ["amount_differs"]
    assert report.difference == Decimal("0.01")
    assert any("not as they were sent" in why for why in report.red)


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
    second_run = _take_over_after_lease(night)
    night.books.answering = [second_run]
    held = night.lease()
    assert isinstance(held, HeldLease)

    load(night.work("run"), night.books, held)

    assert night.state(reference) == "booked"
    assert night.books.times_booked(reference) == 1


def test_database_refuses_a_move_that_is_not_allowed(night: Night) -> None:
    reference = night.offer("1")
    night.load()

    with (
        night.engine.begin() as connection,
        pytest.raises(sa.exc.DBAPIError, match="may not move from booked"),
    ):
        connection.execute(
            sa.text("UPDATE posting SET state = 'pending' WHERE reference = :reference"),
            {"reference": reference},
        )


def test_events_are_only_ever_added(night: Night) -> None:
    night.offer("1")

    with night.engine.begin() as connection, pytest.raises(sa.exc.DBAPIError, match="only ever added"):
        connection.execute(sa.text("DELETE FROM event"))


def test_backfill_gives_the_books_back_after_its_batch_when_a_nightly_run_waits(night: Night) -> None:
    references = [night.offer("1"), night.offer("2")]
    backfill = night.lease(is_backfill=True)
    assert isinstance(backfill, HeldLease)
    night.lease()

    load(night.work("backfill"), night.books, backfill)

    assert night.books.posts == []
    assert {night.state(reference) for reference in references} == {"pending"}


def _load_until_settled(night: Night) -> None:
    try:
        night.load()
    except TemporaryFailure as failure:
        night.clock.advance(failure.retry_after_s)


def _die_at(moment: str) -> Callable[[str], None]:
    def die(name: str) -> None:
        if name == moment:
            raise CrashError(name)

    return die


def _refuse(code: ReasonCode) -> Answering:
    def answer(_books: Books, entry: Entry) -> Outcome:
        return Refused(reference=entry.reference, reasons=(Reason(code=code, document=entry.number),))

    return answer


def _later(books: Books, entry: Entry) -> Outcome:
    return Later(reference=entry.reference, until=books.clock.now() + timedelta(hours=1), why="daily limit")


def _raise(error: Exception) -> Answering:
    def answer(_books: Books, _entry: Entry) -> Outcome:
        raise error

    return answer


def _book_less(books: Books, entry: Entry) -> Outcome:
    less = entry.gross - Decimal("0.01")
    booked = books.book(entry, gross=less, gross_in_books=less)
    return Booked(reference=booked.reference, id=booked.id, number=booked.number, totals=Totals(gross=less))


def _take_over_after_lease(night: Night) -> Answering:
    def answer(books: Books, entry: Entry) -> Outcome:
        booked = books.book(entry)
        night.clock.advance(LEASE_S + 1)
        night.load("other")
        return booked

    return answer


def _entry_of(night: Night, reference: str) -> Entry:
    with night.engine.begin() as connection:
        found = connection.execute(sa.select(posting.c.entry).where(posting.c.reference == reference))
        return entry_from_plain(found.scalar_one())
