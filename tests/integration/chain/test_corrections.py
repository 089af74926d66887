"""What the source changes after it was booked is reversed and booked anew in every package."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal

import pytest

from finance_hooks.model.administration import CorrectionPolicy
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.money import ZERO
from finance_hooks.posting.work import no_checkpoint
from tests.integration.chain.chain import Chain
from tests.integration.chain.nights import Nights
from tests.integration.chain.source_changes import SourceChanges, entries, net, open_findings
from tests.integration.posting.night import CrashError

PACKAGES = ("exact_nl", "twinfield_nl", "afas_nl", "accountview_nl")
SALES, PURCHASES, MEMORIALS = "salesinvoices", "purchaseinvoices", "memorials"


@pytest.fixture
def source(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SourceChanges]:
    sync_id, policy = request.param
    chain = Chain(store_url, sync_id, monkeypatch, correction_policy=policy)
    yield SourceChanges(chain)
    chain.close()


reversing = pytest.mark.parametrize(
    "source", [(name, CorrectionPolicy.REVERSE) for name in PACKAGES], indirect=True
)
exact = pytest.mark.parametrize("source", [("exact_nl", CorrectionPolicy.REVERSE)], indirect=True)
by_person = pytest.mark.parametrize("source", [("exact_nl", CorrectionPolicy.PERSON)], indirect=True)


@reversing
def test_changed_and_cancelled_documents_are_reversed_and_booked_anew_once(source: SourceChanges) -> None:
    chain = source.chain
    changed = {kind: source.issue(kind) for kind in (SALES, PURCHASES, MEMORIALS)}
    cancelled, untouched = source.issue(SALES), source.issue(PURCHASES)
    first = chain.night("first")
    assert (first.booked, first.red) == (5, ())

    for kind, number in changed.items():
        source.rewrite(kind, number)
    source.change(SALES, cancelled, Status="Cancelled")
    second = chain.night("second")

    assert second.red == ()
    assert (second.documents, second.booked, second.already_booked, second.withdrawn) == (4, 3, 1, 1)
    assert second.difference == 0
    assert len(chain.bench.books()) == 5 + 4 + 3
    for number in (*changed.values(), cancelled):
        named = entries(chain, number)
        assert net(chain, [named["book", 1], named["reverse", 1]]) == {}
    assert open_findings(chain) == []
    places = {(one["document"], one["purpose"], one["n"]): one["place"] for one in second.corrections}
    assert places == {
        **{(number, "reverse", 1): "booked" for number in (*changed.values(), cancelled)},
        **{(number, "book", 2): "booked" for number in changed.values()},
    }

    sent = chain.bench.posting_calls()
    third = chain.night("third")

    assert (third.booked, third.already_booked, third.red) == (0, 4, ())
    assert chain.bench.posting_calls() == sent
    assert untouched not in {one["document"] for one in third.corrections}


@exact
def test_crash_at_any_point_of_a_correction_leaves_one_reversal_and_one_new_booking(
    source: SourceChanges,
) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    source.rewrite(SALES, number)
    chain.prepare("second")

    for point in ("claimed", "answered", "noted", "claimed", "answered", "noted"):
        chain.checkpoint = crash_at(point)
        with suppress(CrashError, TemporaryFailure):
            chain.load("second")
        chain.clock.sleep(chain.settings.settle_s)
    chain.checkpoint = no_checkpoint
    chain.load_until_done("second")

    report = chain.conclude("second")
    assert (report.documents, report.unknown, report.difference) == (1, 0, ZERO)
    assert sorted(entries(chain, number)) == [("book", 1), ("book", 2), ("reverse", 1)]
    assert len(chain.bench.books()) == 3
    booked = entries(chain, number)
    assert net(chain, [booked["book", 1], booked["reverse", 1]]) == {}


def crash_at(wanted: str) -> Callable[[str], None]:
    def crash(name: str) -> None:
        if name == wanted:
            raise CrashError(name)

    return crash


@exact
def test_new_booking_does_not_leave_before_its_reversal_is_booked(source: SourceChanges) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    source.rewrite(SALES, number)
    chain.bench.place(effect="status", status=500, times=None, body="")

    chain.prepare("second")
    with suppress(TemporaryFailure):
        chain.load("second")

    assert chain.states() == {"booked": 1, "unknown": 1, "pending": 1}
    assert len(chain.bench.books()) == 1
    chain.clear_faults()
    chain.load_until_done("second")
    assert len(chain.bench.books()) == 3


@exact
def test_document_that_changes_twice_is_corrected_twice(source: SourceChanges) -> None:
    chain = source.chain
    number = source.issue(PURCHASES)
    chain.night("first")
    source.rewrite(PURCHASES, number)
    chain.night("second")
    source.rewrite(PURCHASES, number)

    report = chain.night("third")

    assert (report.documents, report.booked, report.red) == (1, 1, ())
    booked = entries(chain, number)
    assert sorted(booked) == [("book", 1), ("book", 2), ("book", 3), ("reverse", 1), ("reverse", 2)]
    assert net(chain, [place for key, place in booked.items() if key != ("book", 3)]) == {}


@exact
def test_document_that_comes_back_after_it_was_taken_back_is_booked_anew(source: SourceChanges) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    source.change(SALES, number, Status="Cancelled")
    assert chain.night("second").withdrawn == 1
    source.change(SALES, number, Status="Final")

    report = chain.night("third")

    assert (report.documents, report.booked, report.withdrawn, report.red) == (1, 1, 0, ())
    assert sorted(entries(chain, number)) == [("book", 1), ("book", 2), ("reverse", 1)]


@exact
def test_booking_stands_while_its_document_cannot_be_booked_as_it_is_now(source: SourceChanges) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    source.change(SALES, number, TotalGross=Decimal("1.00"))

    report = chain.night("second")

    assert len(chain.bench.books()) == 1
    (finding,) = report.findings
    assert (finding["kind"], finding["document"]) == ("drift", number)
    assert "totalen sluiten niet aan" in " ".join(finding["kept_back"])


@exact
def test_booking_that_is_not_as_it_was_sent_is_never_reversed_by_itself(source: SourceChanges) -> None:
    chain = source.chain
    number = source.issue(SALES)
    chain.night("first")
    Nights(chain).lose_booking(number)
    chain.clock.sleep(3600)
    assert "1 bookings are not as they were sent" in chain.night("second").red
    source.rewrite(SALES, number)

    report = chain.night("third")

    assert report.corrections == ()
    assert chain.bench.books() == []


@by_person
def test_person_sees_before_and_after_and_nothing_is_reversed(source: SourceChanges) -> None:
    chain = source.chain
    number = source.issue(SALES)
    before = source.row(SALES, number)
    chain.night("first")
    source.change(SALES, number, Reference="changed later", Description="changed later")
    lines = [line | {"Description": "changed later"} for line in before["Lines"]]
    source.change(SALES, number, Lines=lines)

    report = chain.night("second")

    assert (report.booked, report.already_booked, report.red) == (0, 1, ())
    (finding,) = report.findings
    changes = {one["field"]: (one["before"], one["after"]) for one in finding["detail"]["changes"]}
    described = before["Lines"][0]["Description"]
    assert changes["line 1.description"] == (described, "changed later")
    assert len(chain.bench.books()) == 1


@by_person
def test_finding_is_settled_when_the_source_changes_the_document_back(source: SourceChanges) -> None:
    chain = source.chain
    number = source.issue(SALES)
    before = source.row(SALES, number)
    chain.night("first")
    source.rewrite(SALES, number)
    chain.night("second")
    assert open_findings(chain) == [("drift", number)]
    source.change(SALES, number, **before)

    report = chain.night("third")

    assert (report.findings, report.red) == ((), ())
