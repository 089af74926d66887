"""What we booked, and a restored store cannot know or place any more, is named and makes the night red."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.chain.chain import Chain
from tests.integration.chain.source_changes import SourceChanges

SALES, MEMORIALS = "salesinvoices", "memorials"
NAMED = "1 bookings bear a reference of ours and are not known to be booked"
PARKED = "1 documents parked for the first time or for a new reason"
UNREADABLE: dict[str, dict[str, Any]] = {
    "an amount": {"TotalNet": "NaN"},
    "its date": {"InvoiceDate": "niet bekend", "InvoiceNumber": None},
    "its type": {"DocumentType": "Pro forma"},
}


@pytest.fixture
def exact(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[SourceChanges]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    yield SourceChanges(chain)
    chain.close()


def test_booking_alone_in_its_journal_of_a_document_that_was_taken_back_is_named(
    source: SourceChanges,
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    assert chain.night("first").red == ()
    chain.forget_documents()
    source.change(SALES, number, Status="Cancelled")

    report = chain.night("restored")

    assert report.red == (NAMED,)
    assert (report.documents, report.withdrawn) == (0, 1)
    assert _named(report.journals)["reference"] in str(chain.bench.books())
    assert chain.night("again").red == (NAMED,)


def test_booking_of_a_document_that_was_taken_back_in_another_period_is_named(
    source: SourceChanges,
) -> None:
    chain = source.chain
    number = source.issue(SALES, chain.today - timedelta(days=44))
    assert chain.night("first").red == ()
    chain.forget_documents()
    source.change(SALES, number, Status="Cancelled")
    source.issue(MEMORIALS)

    assert chain.night("restored").red == (NAMED,)


@pytest.mark.parametrize("unread", UNREADABLE)
def test_booking_of_a_document_that_cannot_be_read_any_more_is_named(
    source: SourceChanges, unread: str
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    before = source.row(SALES, number)
    chain.night("first")
    chain.forget_documents()
    source.change(SALES, number, **UNREADABLE[unread])

    report = chain.night("restored")

    assert report.red == (NAMED, PARKED)
    assert _named(report.journals)["reference"] in str(chain.bench.books())
    assert chain.night("again").red == (NAMED,)

    source.put(SALES, before)

    assert chain.night("mended").red == ()
    assert (chain.states()["booked"], len(chain.bench.books())) == (1, 1)


def test_document_that_was_taken_back_before_any_night_saw_it_is_left_alone(exact: SourceChanges) -> None:
    chain = exact.chain
    exact.issue(SALES)
    chain.night("first")
    chain.clock.sleep(timedelta(days=1).total_seconds())
    exact.issue(MEMORIALS, Status="Cancelled")
    before = _paths(chain)

    report = chain.night("second")

    assert (report.documents, report.withdrawn, report.red) == (1, 0, ())
    read = _paths(chain)[len(before) :]
    assert chain.states() == {"booked": 1}
    chain.clock.sleep(timedelta(days=1).total_seconds())
    before = _paths(chain)
    chain.night("third")
    assert _paths(chain)[len(before) :] == read


def test_document_that_never_was_ready_is_not_taken_up_by_a_store_that_is_behind(
    exact: SourceChanges,
) -> None:
    chain = exact.chain
    exact.issue(SALES, Status="Cancelled", ExportStatus="NotReady")
    exact.issue(SALES, Status="Concept", ExportStatus="NotReady")

    chain.night("first")

    assert chain.states() == {}


def _paths(chain: Chain) -> list[str]:
    return [call["path"] for call in chain.bench.calls()]


def _named(journals: Any) -> dict[str, Any]:
    (named,) = [other for one in journals for other in one["not_ours_entries"]]
    return dict(named)
