"""Only what can be done where a document stands is offered."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.document_tally import Tally
from finance_hooks.store.findings import FindingKind
from finance_hooks.store.one_document import Hold
from finance_hooks.web.document_acts import (
    FOR_MANY,
    OF_DOCUMENTS,
    OF_FINDINGS,
    WORDS,
    offered,
    offered_about,
    offered_for_many,
)
from finance_hooks.web.texts import texts
from tests.web.found_lines import AT, FINDING, LINE, document, line

P = PostingState
HELD = Hold(by="Anja", at=AT, why="vraag")
TALLY = Tally(
    documents=3,
    gross=Decimal(1),
    unreadable=0,
    since=datetime(2026, 11, 2, tzinfo=UTC),
    held=0,
    retriable=0,
)


def acts(*arguments: object, **standing: object) -> list[str]:
    return [one.act for one in offered(document(*arguments, **standing))]  # type: ignore[arg-type]


@pytest.mark.parametrize("state", [P.SENDING, P.UNKNOWN, P.DELIVERED, P.BOOKED])
def test_nothing_is_offered_for_what_is_booked_or_under_way(state: P) -> None:
    assert acts(state, can_retry=True, bookings=["VRK 1"], held=HELD) == []


@pytest.mark.parametrize("state", [P.PENDING, P.PARKED])
def test_what_waits_or_is_parked_is_held_or_released(state: P) -> None:
    assert acts(state) == ["hold"]
    assert acts(state, held=HELD) == ["release"]
    assert acts(state, can_retry=True) == ["retry", "hold"]


def test_what_went_into_a_file_is_said_to_be_imported_or_withdrawn() -> None:
    assert acts(P.DELIVERED, is_in_file=True) == ["imported", "withdraw"]
    assert acts(P.PARKED, is_in_file=True) == ["imported", "withdraw", "hold"]


def test_possible_bookings_come_first_and_are_to_be_chosen_from() -> None:
    adopt, not_booked, hold = offered(document(bookings=["VRK 1", "VRK 2"]))

    assert (adopt.act, adopt.bookings) == ("adopt", ["VRK 1", "VRK 2"])
    assert (not_booked.act, hold.act) == ("not_booked", "hold")


def test_nothing_is_offered_for_a_reversal_that_is_void() -> None:
    one = document()

    assert list(offered(replace(one, line=replace(one.line, is_void=True)))) == []


@pytest.mark.parametrize(
    ("held", "retriable", "expected"),
    [(0, 0, ["hold"]), (3, 0, ["release"]), (1, 2, ["retry", "release", "hold"])],
)
def test_many_are_offered_what_helps_at_least_one_of_them(
    held: int, retriable: int, expected: list[str]
) -> None:
    offers = list(offered_for_many(replace(TALLY, held=held, retriable=retriable)))

    assert [one.act for one in offers] == expected
    assert set(expected) <= set(FOR_MANY)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (FindingKind.DRIFT, ["correct", "accept"]),
        (FindingKind.WITHDRAWN, ["correct", "accept"]),
        (FindingKind.MISSING_IN_BOOKS, ["rebook", "accept"]),
        (FindingKind.AMOUNT_DIFFERS, ["accept"]),
        (FindingKind.BOOKED_TWICE, ["accept"]),
        (FindingKind.RESULT_REFUSED, ["accept"]),
    ],
)
def test_finding_is_accepted_or_answered_by_what_fits_its_kind(
    kind: FindingKind, expected: list[str]
) -> None:
    offers = list(offered_about(replace(FINDING, kind=kind), document(P.BOOKED)))

    assert [one.act for one in offers] == expected
    assert {one.kind for one in offers} == {kind}


def test_finding_that_is_settled_needs_nothing() -> None:
    assert list(offered_about(replace(FINDING, settled_at=AT), document(P.BOOKED))) == []


def test_booking_of_others_and_one_that_was_followed_are_not_corrected() -> None:
    adopted = document(P.BOOKED, adopted=True)
    followed = replace(document(P.BOOKED), chain=(LINE, line(2, reference="QBBBBBBBBBB", purpose="reverse")))

    assert [one.act for one in offered_about(FINDING, adopted)] == ["accept"]
    assert [one.act for one in offered_about(FINDING, followed)] == ["accept"]


def test_reversal_that_is_missing_is_not_booked_anew() -> None:
    one = document(P.BOOKED)
    reversal = replace(one, chain=(replace(one.line, purpose="reverse"),))
    missing = replace(FINDING, kind=FindingKind.MISSING_IN_BOOKS)

    assert [offer.act for offer in offered_about(missing, reversal)] == ["accept"]


def test_every_act_has_its_words_and_its_code() -> None:
    assert set(WORDS) == {*OF_DOCUMENTS, *OF_FINDINGS, "adopt"}
    for offer in offered(document(bookings=["VRK 1"], can_retry=True)):
        words = offer.words
        assert {words.name, words.what, words.done, words.refused} <= set(texts("nl"))
