"""Two runs of one administration at once: what one of them is doing is no fault to the other."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime

import pytest

from finance_hooks.model.selection import Selection
from finance_hooks.posting.conclude import conclude
from finance_hooks.posting.receive import receive
from finance_hooks.posting.report import Report
from finance_hooks.sources.qubz.hook import QubzHook
from finance_hooks.sources.qubz.received import ReceivedDocument
from tests.integration.chain.chain import BOOKS_LEASE, SOURCE_ID, Chain
from tests.integration.chain.nights import Nights
from tests.integration.chain.telling import Telling

FIRST, SECOND = date(2026, 11, 3), date(2026, 11, 4)
LONG_AGO = date(2026, 3, 2)


def test_document_that_another_run_received_and_has_not_mapped_yet_is_accounted_for_by_that_run(
    nights: Nights,
) -> None:
    nights.issue(FIRST)
    nights.at(datetime.fromisoformat("2026-11-04T03:00:00Z"))
    chain = nights.chain
    chain.prepare("scheduled__night", nights.nightly())
    chain.load_until_done("scheduled__night")
    chain.clock.sleep(1)
    nights.issue(LONG_AGO)
    receive(chain.work("backfill"), chain.source, nights.dated(LONG_AGO))

    report = chain.conclude("scheduled__night")

    assert (report.documents, report.booked, report.red) == (1, 1, ())


def test_document_that_another_run_booked_after_the_books_were_compared_is_accounted_for_by_that_run(
    nights: Nights,
) -> None:
    nights.issue(FIRST)
    nights.at(datetime.fromisoformat("2026-11-04T03:00:00Z"))
    chain = nights.chain
    chain.prepare("scheduled__night", nights.nightly())
    chain.load_until_done("scheduled__night")
    chain.compare("scheduled__night")
    chain.clock.sleep(1)
    nights.issue(FIRST)
    other = nights.triggered("manual__other", {})

    report = _concluded(chain)

    assert (other.booked, other.already_booked, other.red) == (1, 1, ())
    assert (report.documents, report.booked, report.red) == (1, 1, ())


def test_document_that_another_run_is_sending_at_this_moment_is_accounted_for_by_that_run(
    nights: Nights,
) -> None:
    nights.issue(FIRST)
    nights.at(datetime.fromisoformat("2026-11-04T03:00:00Z"))
    chain = nights.chain
    chain.prepare("scheduled__night", nights.nightly())
    chain.load_until_done("scheduled__night")
    chain.compare("scheduled__night")
    nights.issue(FIRST)
    chain.prepare("manual__other", nights.nightly())
    reports: list[Report] = []

    def conclude_the_night(moment: str) -> None:
        if moment == "answered":
            reports.append(_concluded(chain))
            raise DiedError

    chain.checkpoint = conclude_the_night
    with pytest.raises(DiedError):
        chain.load("manual__other")
    reports.append(_concluded(chain))

    under_way, left_behind = reports
    assert (under_way.documents, under_way.booked, under_way.waiting, under_way.red) == (2, 1, 1, ())
    assert (left_behind.unknown, left_behind.red) == (1, ("1 documents may or may not be booked",))


def test_run_that_tells_of_what_another_one_booked_before_it_reconciled_does_not_account_for_that(
    nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling = Telling(nights.chain, monkeypatch)
    nights.issue(FIRST)
    nights.at(datetime.fromisoformat("2026-11-04T03:00:00Z"))
    chain = nights.chain
    chain.prepare("scheduled__night", nights.nightly())
    chain.load_until_done("scheduled__night")
    nights.issue(LONG_AGO)
    chain.prepare("backfill", nights.dated(LONG_AGO))
    chain.load_until_done("backfill")
    chain.clock.sleep(3600)
    chain.compare("scheduled__night")

    told = telling.tell("scheduled__night")
    report = _concluded(chain)

    assert sum(told.values()) == 2
    assert (report.documents, report.booked, report.red) == (1, 1, ())
    assert report.difference == 0


def test_night_without_anything_to_compare_does_not_account_for_what_others_book_after_it(
    nights: Nights,
) -> None:
    nights.at(datetime.fromisoformat("2026-11-04T03:00:00Z"))
    chain = nights.chain
    chain.prepare("scheduled__night", nights.nightly())
    chain.compare("scheduled__night")
    nights.issue(FIRST)
    nights.triggered("manual__other", {})

    report = _concluded(chain)

    assert (report.documents, report.red) == (0, ())


def _concluded(chain: Chain) -> Report:
    return conclude(
        chain.work("scheduled__night"), source_id=SOURCE_ID, failed_tasks=(), books_lease=BOOKS_LEASE
    )


class DiedError(Exception):
    """A run ends here."""


class OvertakenSource(QubzHook):
    """A source that another run reads too, after this one read everything and before it is done."""

    meanwhile: Callable[[], object]

    def read_documents(
        self, organisation: str, selection: Selection, *, resources: Collection[str] | None = None
    ) -> Iterator[ReceivedDocument]:
        yield from super().read_documents(organisation, selection, resources=resources)
        self.meanwhile()


def test_document_that_another_run_stored_meanwhile_has_not_vanished(nights: Nights) -> None:
    own = nights.chain.source
    overtaken = OvertakenSource(transport=own._given_transport)

    def issue_and_read() -> None:
        nights.issue(FIRST)
        nights.chain.source = own
        nights.chain.clock.sleep(1)
        nights.chain.prepare("meanwhile")

    overtaken.meanwhile = issue_and_read
    nights.chain.source = overtaken

    report = nights.night(SECOND)

    assert (report.documents, report.booked, report.withdrawn) == (1, 1, 0)
