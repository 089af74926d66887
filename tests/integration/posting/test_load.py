"""What is pending is booked once, and what the target says of an entry is what becomes of it."""

from decimal import Decimal

import pytest
import sqlalchemy as sa

from finance_hooks.model.entry import Period
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.park_reason import ReasonCode
from tests.integration.posting.answers import book_less, fail_with, later, refuse
from tests.integration.posting.night import Night


def test_pending_entry_is_booked_once_and_a_second_load_makes_no_call(night: Night) -> None:
    reference = night.offer("2026100123")

    first, second = night.load(), night.load()

    assert (first["booked"], second) == (1, {})
    assert night.state(reference) == "booked"
    assert night.books.posts == [reference]
    assert reads_of(night, 10) == 1


def test_books_are_read_one_period_on_either_side_and_the_first_time_all_others_before_anything_is_sent(
    night: Night,
) -> None:
    night.offer("1")
    night.load()
    near = frozenset(Period(fiscal_year=2026, number=month) for month in (9, 10, 11))
    first = list(night.books.reads)
    night.offer("2")

    night.load()

    assert first[0] == near
    assert frozenset().union(*first[1:]) == {
        Period(fiscal_year=2026, number=month) for month in (*range(1, 9), 12)
    }
    assert night.books.reads[len(first) :] == [near]


def test_books_that_cannot_be_read_stop_the_load_before_anything_is_sent(night: Night) -> None:
    reference = night.offer("2026100123")
    night.books.unreadable = True

    with pytest.raises(TemporaryFailure, match="cannot be read"):
        night.load()

    assert night.books.posts == []
    assert night.state(reference) == "pending"


def test_refused_entry_is_parked_with_its_reason_and_the_others_are_booked(night: Night) -> None:
    bad, good = night.offer("1"), night.offer("2")
    night.books.answering = [refuse(ReasonCode.CODE_REFUSED)]

    night.load()

    assert (night.state(bad), night.reason_codes(bad)) == ("parked", ["code_refused"])
    assert night.state(good) == "booked"


def test_refused_entry_that_did_not_change_is_offered_again_the_next_night_after_all_others(
    night: Night,
) -> None:
    bad = night.offer("1")
    night.books.answering = [refuse(ReasonCode.CODE_REFUSED)]
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
    night.books.answering = [refuse(ReasonCode.PERIOD_CLOSED)]

    night.load()

    assert night.reason_codes(first) == night.reason_codes(second) == ["period_closed"]
    assert night.books.posts == [first, november]
    assert night.state(november) == "booked"


def test_limit_ends_the_sending_and_the_rest_waits(night: Night) -> None:
    first, second = night.offer("1"), night.offer("2")
    night.books.answering = [later]

    night.load()

    assert [night.state(reference) for reference in (first, second)] == ["pending", "pending"]
    assert night.books.posts == [first]
    assert night.load() == {}
    night.clock.advance(3600)
    night.load()
    assert night.state(first) == night.state(second) == "booked"


def test_exception_of_the_target_means_nothing_was_sent_and_gives_the_claim_back(night: Night) -> None:
    reference = night.offer("1")
    night.books.answering = [fail_with(ConfigurationError("no rights"))]

    with pytest.raises(ConfigurationError, match="no rights"):
        night.load()

    assert night.state(reference) == "pending"


def test_answer_with_another_total_is_booked_and_named(night: Night) -> None:
    night.offer("2026100123")
    night.books.answering = [book_less]

    night.load()
    report = night.reconcile_and_conclude()

    assert [finding["kind"] for finding in report.findings] == ["amount_differs"]
    assert report.difference == Decimal("0.01")
    assert any("not as they were sent" in why for why in report.red)


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


def reads_of(night: Night, month: int) -> int:
    """Count how often a month was read."""
    return sum(Period(fiscal_year=2026, number=month) in read for read in night.books.reads)
