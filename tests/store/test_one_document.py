"""All that is known of one posting is read at once: its chain, what was found, its file, who holds it."""

import zlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.store.attachments import attachment
from finance_hooks.store.documents import document_version
from finance_hooks.store.events import Stamp, append_event
from finance_hooks.store.findings import FindingKind, note_finding
from finance_hooks.store.one_document import Hold, OneDocument, read_one
from finance_hooks.store.postings import posting
from tests.store.counting import counted
from tests.store.written_documents import AT, SCOPE, Shelf

STAMP = Stamp(run_id="night", at=AT)


@pytest.fixture
def shelf(engine: sa.Engine) -> Iterator[Shelf]:
    with engine.begin() as connection:
        yield Shelf(connection=connection)


def receive(shelf: Shelf, **changed: Any) -> int:
    """Write a document with its body."""
    document_id = shelf.receive("2026-1", **changed)
    version = {"document_id": document_id, "content_digest": "d", "resource": "salesinvoices"}
    body = zlib.compress(b'{"InvoiceNumber": "2026-1", "TotalGross": 121.00}')
    shelf.connection.execute(
        sa.insert(document_version).values(**version, body=body, received_at=AT, run_id="night")
    )
    return document_id


def posting_id(shelf: Shelf, reference: str) -> int:
    chosen = sa.select(posting.c.posting_id).where(posting.c.reference == reference)
    return int(shelf.connection.execute(chosen).scalar_one())


def read(shelf: Shelf, reference: str) -> OneDocument:
    one = read_one(shelf.connection, reference, sync_id=SCOPE.sync_id)
    assert one is not None
    return one


def test_document_is_read_with_what_was_received_and_where_it_stands(shelf: Shelf) -> None:
    shelf.name("R1", "Voorbeeld B.V.")
    reference = shelf.post(
        receive(shelf, party_code="R1"), journal="VRK", fiscal_year=2026, period=10, target_entry_number="42"
    )

    one = read(shelf, reference)

    assert one.provenance.source == {"InvoiceNumber": "2026-1", "TotalGross": "121.00"}
    assert (one.line.reference, one.line.party_name) == (reference, "Voorbeeld B.V.")
    assert (one.standing.journal, one.standing.fiscal_year, one.standing.period) == ("VRK", 2026, 10)
    assert (one.standing.entry_number, one.standing.held, one.file) == ("42", None, None)
    assert [line.reference for line in one.chain] == [reference]


def test_document_of_another_administration_is_not_known(shelf: Shelf) -> None:
    reference = shelf.post(receive(shelf))

    assert read_one(shelf.connection, reference, sync_id="afas_nl") is None
    assert read_one(shelf.connection, "QNOWHERE", sync_id=SCOPE.sync_id) is None


def test_hold_is_told_until_it_is_released_and_then_that_no_run_has_seen_it(shelf: Shelf) -> None:
    document_id = receive(shelf)
    held = {"held_at": AT, "held_by": "Anja", "held_why": "vraag"}
    first = shelf.post(document_id, "parked", reason="on_hold", books="b1", **held)
    second = shelf.post(document_id, "parked", reason="on_hold", books="b2")
    third = shelf.post(document_id, "parked", reason="unit_unknown", books="b3")

    standings = [read(shelf, reference).standing for reference in (first, second, third)]

    assert standings[0].held == Hold(by="Anja", at=AT, why="vraag")
    assert [one.released for one in standings] == [False, True, False]


def test_bookings_it_may_be_and_what_it_waits_for_are_told(shelf: Shelf) -> None:
    document_id = receive(shelf)
    waits = shelf.post(
        document_id, "pending", books="b1", not_before=AT + timedelta(days=1), waiting_why="limit"
    )
    parked = shelf.post(document_id, "parked", books="b2", reason="perhaps_booked", is_booking="VRK 1")
    named = sa.update(posting).where(posting.c.reference == parked)
    reasons = [{"code": "perhaps_booked", "document": "2026-1", "value": "VRK 1"}]
    shelf.connection.execute(named.values(reasons=reasons))

    waiting, possible = read(shelf, waits).standing, read(shelf, parked).standing

    assert (waiting.can_retry, waiting.waits_until, waiting.waits_why) == (
        True,
        AT + timedelta(days=1),
        "limit",
    )
    assert (possible.can_retry, possible.bookings, possible.confirmed) == (False, ["VRK 1"], "VRK 1")


def test_chain_findings_and_file_belong_to_the_document_in_these_books(shelf: Shelf) -> None:
    document_id = receive(shelf)
    booking = shelf.post(document_id)
    reversal = shelf.post(document_id, "pending", purpose="reverse", follows=posting_id(shelf, booking))
    elsewhere = shelf.post(document_id, books="afas:1")
    for reference, kind in ((booking, FindingKind.DRIFT), (elsewhere, FindingKind.WITHDRAWN)):
        about = posting_id(shelf, reference)
        note_finding(shelf.connection, kind, about, subject="s", detail={"why": "x"}, stamp=STAMP)
    file = {"state": "attached", "target_id": "guid", "size_bytes": 7, "run_id": "night", "changed_at": AT}
    shelf.connection.execute(sa.insert(attachment).values(posting_id=posting_id(shelf, booking), **file))

    one = read(shelf, booking)

    assert [line.reference for line in one.chain] == [booking, reversal]
    assert [(found.kind, found.reference, found.detail) for found in one.findings] == [
        ("drift", booking, {"why": "x"})
    ]
    assert one.file is not None
    assert (one.file.state, one.file.size_bytes) == ("attached", 7)
    assert (read(shelf, reversal).file, len(read(shelf, reversal).findings)) == (None, 1)


def test_number_of_statements_is_the_same_for_one_event_and_for_sixty(
    engine: sa.Engine, shelf: Shelf
) -> None:
    document_id = receive(shelf)
    reference = shelf.post(document_id)

    def statements() -> int:
        with counted(engine) as made:
            read(shelf, reference)
        return len(made.statements)

    before = statements()
    about = posting_id(shelf, reference)
    for number in range(60):
        append_event(shelf.connection, "sending", STAMP, posting_id=about)
        kind = FindingKind.BOOKED_TWICE
        note_finding(shelf.connection, kind, about, subject=str(number), detail={}, stamp=STAMP)
        shelf.post(document_id, "pending", purpose="reverse")

    one = read(shelf, reference)
    assert (len(one.provenance.history), len(one.findings), len(one.chain)) == (60, 60, 61)
    assert statements() == before == 5
