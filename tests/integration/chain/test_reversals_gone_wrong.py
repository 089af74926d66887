"""What a person accepted stays accepted, and a reversal that went wrong is named until it is right."""

from collections.abc import Iterator

import pytest

from finance_hooks.model.administration import CorrectionPolicy
from finance_hooks.posting.keep import keep
from finance_hooks.store.decisions import Decision, find_unsettled
from finance_hooks.store.finding_decisions import accept, find_findings
from finance_hooks.store.findings import BOOKS_DIFFER
from finance_hooks.store.touched import touched_postings
from tests.contract.chart_hands import keep_books, restore_books
from tests.integration.chain.chain import Chain
from tests.integration.chain.keeping import COUNT, purge, rows, withdraw
from tests.integration.chain.nights import Nights
from tests.integration.chain.source_changes import SourceChanges, open_findings

SALES = "salesinvoices"


@pytest.fixture
def source(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[SourceChanges]:
    chain = Chain(store_url, "exact_nl", monkeypatch, correction_policy=CorrectionPolicy.REVERSE)
    yield SourceChanges(chain)
    chain.close()


@pytest.fixture
def chain(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    chain.generate(COUNT)
    yield chain
    chain.close()


def test_what_was_accepted_stays_accepted_after_the_purge(chain: Chain) -> None:
    chain.night("first")
    withdrawn = withdraw(chain)
    chain.night("second")
    with chain.engine.begin() as connection:
        decision = Decision(who="Anja", why="credited by hand", at=chain.now())
        (found,) = find_findings(connection, withdrawn, sync_id=None)
        accept(connection, found, decision)
    assert keep(chain.engine, purge())["documents"] == COUNT

    third = chain.night("third")

    assert (third.findings, third.red) == ((), ())
    assert [row.decision for row in rows(chain, "SELECT decision FROM finding")] == ["accept"]


def test_reversal_that_is_refused_of_a_cancelled_document_is_named_until_it_is_booked(
    source: SourceChanges,
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    source.change(SALES, number, Status="Cancelled")
    chain.bench.place(effect="status", status=400, times=1)

    report = chain.night("second")

    assert (report.documents, report.parked, report.withdrawn) == (1, 1, 0)
    assert report.red == ("1 documents parked for the first time or for a new reason",)

    chain.clock.sleep(24 * 3600)
    third = chain.night("third")
    assert (third.documents, third.parked, third.withdrawn, third.red) == (0, 0, 1, ())


def test_reversal_of_what_goes_from_the_books_meanwhile_is_wrong_there_whatever_was_accepted(
    source: SourceChanges,
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    source.rewrite(SALES, number)
    chain.prepare("second")

    moments: list[str] = []

    def lose_it(moment: str) -> None:
        moments.append(moment)
        if moments == ["claimed"]:
            Nights(chain).lose_booking(number)

    chain.checkpoint = lose_it
    chain.load_until_done("second")
    chain.clock.sleep(3600)
    chain.conclude("second")
    assert open_findings(chain) == [("missing_in_books", number)]
    accept_all(chain, number)

    report = chain.conclude("third")

    assert [finding["kind"] for finding in report.findings] == ["booked_twice"]
    assert report.difference != 0
    assert report.red


def test_booking_that_is_gone_is_not_reversed_until_it_is_back(source: SourceChanges) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    source.rewrite(SALES, number)
    chain.prepare("second")
    kept = keep_books(chain.bench.server.emulator)
    Nights(chain).lose_booking(number)
    chain.load_until_done("second")
    chain.clock.sleep(3600)

    report = chain.conclude("second")

    assert chain.bench.books() == []
    assert [reason["codes"] for reason in report.reasons] == [["reversed_missing"]]
    assert (report.documents, report.waiting) == (1, 1)
    assert ("missing_in_books", number) in open_findings(chain)
    assert report.red

    restore_books(chain.bench.server.emulator, kept)
    again = chain.night("third")

    assert (again.documents, again.booked, again.red) == (1, 1, ())
    assert again.difference == 0
    assert open_findings(chain) == []


def test_reversal_is_void_once_somebody_accepts_that_its_booking_is_gone(source: SourceChanges) -> None:
    chain = source.chain
    changed, cancelled = source.issue(SALES), source.issue(SALES)
    chain.night("first")
    source.rewrite(SALES, changed)
    source.change(SALES, cancelled, Status="Cancelled")
    chain.prepare("second")
    for number in (changed, cancelled):
        Nights(chain).lose_booking(number)
    chain.load_until_done("second")
    chain.clock.sleep(3600)
    chain.conclude("second")
    assert parked_by(chain, "second") == 2
    for number in (changed, cancelled):
        accept_all(chain, number)
    assert parked_by(chain, "second") == 0

    report = chain.night("third")

    assert (report.documents, report.booked, report.parked, report.withdrawn) == (1, 1, 0, 1)
    assert (report.red, report.findings) == ((), ())
    assert report.difference == 0
    assert len(chain.bench.books()) == 1
    with chain.engine.begin() as connection:
        assert find_unsettled(connection, None, sync_id=None, locked=False) == []
    assert chain.night("fourth").red == ()
    assert len(chain.bench.books()) == 1


def parked_by(chain: Chain, run_id: str) -> int:
    """Count what a run brought to where it is parked now, as its lineage tells."""
    with chain.engine.begin() as connection:
        touched = touched_postings(connection, chain.administration, run_id=run_id)
    return sum(one.counts.get("parked", 0) for one in touched.values())


def accept_all(chain: Chain, number: str) -> None:
    """Let somebody accept all that was found about a document."""
    with chain.engine.begin() as connection:
        decision = Decision(who="Anja", why="deleted by hand", at=chain.now())
        for found in find_findings(connection, number, sync_id=None, kinds=BOOKS_DIFFER):
            accept(connection, found, decision)
