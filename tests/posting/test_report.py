"""A report accounts for every document, to the cent, and says why it is red."""

import json
from decimal import Decimal

import pytest

from finance_hooks.model.park_reason import Reason
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.report import Besides, accounted, report_to_plain
from finance_hooks.store.findings import FindingKind
from finance_hooks.store.proof import Standing
from tests.posting.standings import EARLIER, ON_HOLD, TONIGHT, UNMAPPED, journal, report_of, standing

P = PostingState


@pytest.mark.parametrize(
    ("one", "place"),
    [
        (standing(P.BOOKED), "booked"),
        (standing(P.BOOKED, sent_run_id=EARLIER), "already_booked"),
        (standing(P.BOOKED, sent_run_id=None), "already_booked"),
        (standing(P.PARKED), "parked"),
        (standing(P.PENDING), "waiting"),
        (standing(P.DELIVERED), "delivered"),
        (standing(P.UNKNOWN), "unknown"),
        (standing(P.SENDING), "unknown"),
    ],
    ids=["tonight", "earlier", "adopted", "parked", "pending", "delivered", "unknown", "sending"],
)
def test_every_document_stands_in_one_place(one: Standing, place: str) -> None:
    report = report_of(one)

    places = ("booked", "already_booked", "parked", "waiting", "unknown", "delivered")
    assert {name: getattr(report, name) for name in places} == {name: int(name == place) for name in places}
    assert accounted(report)


def test_amounts_are_summed_by_what_became_of_the_documents() -> None:
    report = report_of(
        standing(P.BOOKED, "418.60"),
        standing(P.BOOKED, "-18.60", sent_run_id=EARLIER),
        standing(P.PARKED, "7.01"),
        standing(P.PARKED, None),
        standing(P.PENDING, "1000.00"),
        comparisons=(journal("418.60", not_ours=2), journal("-18.60", not_ours=1)),
        before_start=4,
        withdrawn=5,
    )

    assert (report.source_gross, report.books_gross) == (Decimal("400.00"), Decimal("400.00"))
    assert (report.difference, report.parked_gross) == (Decimal("0.00"), Decimal("7.01"))
    assert (report.not_ours, report.before_start, report.withdrawn) == (3, 4, 5)
    assert report.red == ()


def test_night_without_documents_is_not_red() -> None:
    report = report_of(comparisons=())

    assert (report.documents, report.difference, report.red) == (0, Decimal("0.00"), ())


def test_cents_of_conversion_are_named_and_are_no_difference() -> None:
    report = report_of(standing(P.BOOKED), comparisons=(journal("100.02", conversion_residue="0.02"),))

    assert (report.conversion_residue, report.difference) == (Decimal("0.02"), Decimal("0.00"))
    assert report.red == ()


def test_cent_that_the_books_lack_is_red() -> None:
    report = report_of(standing(P.BOOKED), comparisons=(journal("99.99", "0.01"),))

    assert report.difference == Decimal("0.01")
    assert report.red == ("the books differ from the source by 0.01",)


def test_differences_of_two_journals_do_not_make_up_for_each_other() -> None:
    report = report_of(standing(P.BOOKED), comparisons=(journal("50.01", "-0.01"), journal("49.99", "0.01")))

    assert report.difference == Decimal("0.00")
    assert len(report.red) == 1


def test_booking_of_ours_that_the_store_does_not_know_is_red() -> None:
    other = {"number": "26700012", "reference": "QABCDEFGHIJ"}
    theirs = {"number": "26700013", "reference": None}
    found = journal("100.00") | {"not_ours_entries": [other, theirs]}

    report = report_of(standing(P.BOOKED), comparisons=(found,))

    assert report.red == ("1 bookings bear a reference of ours and are not known to be booked",)


@pytest.mark.parametrize("state", [P.UNKNOWN, P.SENDING])
def test_document_that_may_or_may_not_be_booked_is_red(state: PostingState) -> None:
    assert report_of(standing(state)).red == ("1 documents may or may not be booked",)


@pytest.mark.parametrize(
    ("run_id", "lent", "waiting"),
    [(EARLIER, 7, 1), (EARLIER, 8, 0), (EARLIER, None, 0), (TONIGHT, 7, 0)],
    ids=["at work", "died before another", "died", "own"],
)
def test_document_that_another_run_is_sending_at_this_moment_waits(
    run_id: str, lent: int | None, waiting: int
) -> None:
    report = report_of(standing(P.SENDING, sent_run_id=run_id), lent=lent)

    assert (report.waiting, report.unknown) == (waiting, 1 - waiting)
    assert bool(report.red) is not bool(waiting)


@pytest.mark.parametrize("state", [P.PENDING, P.DELIVERED])
def test_document_that_waits_is_not_red(state: PostingState) -> None:
    assert report_of(standing(state)).red == ()


@pytest.mark.parametrize("documents", [0, 2])
def test_document_that_stands_nowhere_or_twice_is_red(documents: int) -> None:
    report = report_of(standing(P.BOOKED), documents=documents)

    assert not accounted(report)
    assert report.red == ("not every document is accounted for",)


def test_every_task_that_failed_is_red() -> None:
    assert report_of(failed_tasks=("extract", "load")).red == ("task extract failed", "task load failed")


@pytest.mark.parametrize(
    ("kind", "is_red"),
    [
        (FindingKind.MISSING_IN_BOOKS, True),
        (FindingKind.AMOUNT_DIFFERS, True),
        (FindingKind.BOOKED_TWICE, True),
        (FindingKind.DRIFT, False),
        (FindingKind.WITHDRAWN, False),
    ],
)
def test_finding_is_red_when_the_books_are_not_as_they_were_sent(kind: FindingKind, is_red: bool) -> None:
    report = report_of(standing(P.BOOKED), findings=({"kind": kind.value, "posting_id": 1},))

    assert report.red == (("1 bookings are not as they were sent",) if is_red else ())


@pytest.mark.parametrize(
    ("reasons", "since", "is_red"),
    [
        ((UNMAPPED,), TONIGHT, True),
        ((UNMAPPED,), EARLIER, False),
        ((ON_HOLD,), TONIGHT, False),
        ((UNMAPPED, ON_HOLD), TONIGHT, False),
    ],
    ids=["new reason", "known reason", "put on hold", "put on hold with a fault"],
)
def test_parked_document_is_red_in_the_night_of_its_reason_only(
    reasons: tuple[Reason, ...], since: str, is_red: bool
) -> None:
    report = report_of(standing(P.PARKED, reasons=reasons, reasons_since_run=since))

    assert report.parked == 1
    news = "1 documents parked for the first time or for a new reason"
    assert report.red == ((news,) if is_red else ())


def test_parked_document_is_listed_with_every_reason_in_words() -> None:
    report = report_of(standing(P.PARKED, reasons=(UNMAPPED, ON_HOLD)))

    (listed,) = report.reasons
    assert (listed["document"], listed["codes"]) == ("1", ["vat_code_unmapped", "on_hold"])
    assert listed["sentences"][0].startswith("1, VatCode = VX99: btw-code niet gemapt")


def test_warnings_are_listed_for_booked_documents_too() -> None:
    report = report_of(standing(P.BOOKED, warnings=("quantity differs",)), standing(P.BOOKED))

    assert report.warnings == ({"document": "1", "warnings": ["quantity differs"]},)


def test_report_is_written_as_json_with_amounts_as_text() -> None:
    plain = json.loads(json.dumps(report_to_plain(report_of(standing(P.BOOKED, "418.60")))))

    assert (plain["sync_id"], plain["booked"], plain["source_gross"]) == ("books_nl", 1, "418.60")


def test_finding_about_a_period_that_was_not_read_is_named_and_not_judged() -> None:
    elsewhere = {"kind": FindingKind.MISSING_IN_BOOKS.value, "posting_id": 2}

    report = report_of(standing(P.BOOKED), findings=(elsewhere,))

    assert report.findings == (elsewhere,)
    assert report.red == ()


def test_what_a_run_did_besides_is_told_and_never_red() -> None:
    warning = {"document": "1", "warnings": ["PDF missing: 21QUBZ has no PDF of the document"]}

    report = report_of(standing(P.BOOKED), besides=Besides(attached=2, told=3, warnings=(warning,)))

    assert (report.attached, report.told, report.warnings, report.red) == (2, 3, (warning,), ())
