"""What stands in the books, or may stand there, is known for certain before anything is booked beside it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from finance_hooks.model.administration import CorrectionPolicy
from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import DocumentKey
from finance_hooks.model.outcome import Later, Outcome
from finance_hooks.model.plain import entry_from_plain
from finance_hooks.store.arrival import Arrival
from finance_hooks.store.arrivals import receive
from finance_hooks.store.decisions import Decision, find_unsettled
from finance_hooks.store.documents import document
from finance_hooks.store.findings import FindingKind, note_finding
from finance_hooks.store.moved import rewrite_pending
from finance_hooks.store.possible_bookings import confirm
from finance_hooks.store.postings import posting
from finance_hooks.store.to_prepare import booked_before, bookings_to_take_back
from tests.integration.posting.books import Books
from tests.integration.posting.night import SOURCE_ID, Night
from tests.posting.entries import ENTRY


def entry_of(night: Night, reference: str) -> Entry:
    chosen = sa.select(posting.c.entry).where(posting.c.reference == reference)
    with night.engine.begin() as connection:
        return entry_from_plain(connection.execute(chosen).scalar_one())


def after_hours(books: Books, entry: Entry) -> Outcome:
    """Ask to come back much later."""
    until = books.clock.instant.replace(day=7)
    return Later(reference=entry.reference, until=until, why="the day's limit")


def test_export_that_waits_frozen_keeps_the_next_export_of_its_document_back(night: Night) -> None:
    reference = night.offer("2026100123")
    night.books.answering = [after_hours]
    night.load()
    assert night.state(reference) == "pending"
    again = DocumentKey(
        source_id=SOURCE_ID,
        organisation="100",
        document_type="sales_invoice",
        source_document_id="id-2026100123",
        export_sequence=2,
    )
    arrival = Arrival(
        key=again,
        resource="salesinvoices",
        number="2026100123",
        party=ENTRY.party,
        document_date=ENTRY.entry_date,
        gross=ENTRY.gross_in_books,
        content_digest="v1:again",
        body=b"{}",
        changed_at=None,
    )

    with night.engine.begin() as connection:
        receive(connection, [arrival], night.work("second").stamp(connection))
        document_id = connection.execute(
            sa.select(document.c.document_id).where(document.c.document_key == str(again))
        ).scalar_one()
        standing = booked_before(connection, night.administration.books, [document_id])

    assert standing == {document_id: reference}


def test_entry_that_was_mapped_anew_meanwhile_is_not_moved_as_it_was(night: Night) -> None:
    reference = night.offer("2026100123")
    with night.engine.begin() as connection:
        chosen = sa.select(posting.c.posting_id, posting.c.entry_digest)
        read = connection.execute(chosen).one()
    stale = entry_of(night, reference)
    night.offer("2026100123", due_date=date(2026, 12, 24))

    with night.engine.begin() as connection:
        moved = replace(stale, entry_date=date(2026, 11, 1), period=11, moved_from=stale.entry_date)
        stamp = night.work("run").stamp(connection)
        digest = rewrite_pending(
            connection, read.posting_id, moved, "the period is closed", stamp, instead_of=read.entry_digest
        )

    assert digest is None
    assert entry_of(night, reference).due_date == date(2026, 12, 24)


def test_one_booking_is_never_taken_for_two_documents(night: Night) -> None:
    night.books.book(ENTRY, references=frozenset(), number=None)
    both = [night.offer(number) for number in ("2026100123", "2026100124")]
    night.load()
    assert [night.state(reference) for reference in both] == ["parked", "parked"]

    with night.engine.begin() as connection:
        decision = Decision(who="Anja", why="entered by hand", at=night.clock.now())
        for found in find_unsettled(connection, None, sync_id=None):
            assert confirm(connection, found, decision, "26700000")
    for number in ("2026100123", "2026100124"):
        night.offer(number)
    night.load()

    assert [night.state(reference) for reference in both] == ["booked", "parked"]
    assert night.reason_codes(both[1]) == ["perhaps_booked"]
    night.offer("2026100124")
    night.load()
    assert night.state(both[1]) == "parked"
    assert night.reconcile_and_conclude().difference == 0


def test_late_booking_on_the_own_day_of_a_moved_entry_is_a_double(night: Night) -> None:
    own_day = date(2026, 3, 15)
    reference = night.offer("2026100123", moved_from=own_day)
    night.load()
    moved = entry_of(night, reference)
    night.books.book(replace(moved, entry_date=own_day, period=3))

    report = night.reconcile_and_conclude()

    assert [finding["kind"] for finding in report.findings] == ["booked_twice"]
    assert report.difference == Decimal("-418.60")
    assert report.red


def test_row_that_shares_the_books_takes_nothing_back_of_another_one(night: Night) -> None:
    night.offer("2026100123")
    night.load()
    own = replace(night.administration, correction_policy=CorrectionPolicy.REVERSE, ends_on=date(2026, 9, 30))
    sharing = replace(own, sync_id="books_until_september")
    with night.engine.begin() as connection:
        booked = connection.execute(sa.select(posting.c.posting_id)).scalar_one()
        stamp = night.work("run").stamp(connection)
        note_finding(connection, FindingKind.DRIFT, booked, subject="v1:new", detail={}, stamp=stamp)

        assert bookings_to_take_back(connection, sharing, SOURCE_ID) == []
        assert bookings_to_take_back(connection, own, SOURCE_ID) == [booked]
