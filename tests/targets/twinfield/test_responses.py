from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from lxml import etree

from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Totals, Unknown
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.twinfield.responses import is_rejected, is_too_much, read_responses, refuses_token
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending
from tests.targets.twinfield.answers import answer, answering, batch, booked, faulting, refused
from tests.targets.twinfield.samples import SAMPLES

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
S1, S3, P1, P3, J1 = (SAMPLES[name] for name in ("S1", "S3", "P1", "P3", "J1"))


def read(document: etree._Element, status: int = 200) -> Outcome:
    (outcome,) = read_responses(answering(batch([document]), status), [S1], NOW)
    return outcome


def changed(path: str, text: str | None) -> etree._Element:
    """Echo S1 as booked with another text at a path, or without that node."""
    document = booked(S1, "202600041")
    node = document.find(path)
    assert node is not None
    if text is None:
        parent = node.getparent()
        assert parent is not None
        parent.remove(node)
    else:
        node.text = text
    return document


def test_booked_entry_bears_twinfields_number_and_the_totals_of_the_answer() -> None:
    assert read(booked(S1, "202600041")) == Booked(
        reference=S1.reference,
        id="VRK/202600041",
        number="202600041",
        totals=Totals(gross=Decimal("418.60"), vat=Decimal("72.65"), gross_in_books=Decimal("418.60")),
    )


def test_refused_entry_of_a_batch_leaves_the_others_booked() -> None:
    path = "lines/line[@id='2']/dim1"
    documents = [booked(S1, "1"), refused(P3, path, "Dimensie 7310 bestaat niet."), booked(J1, "2")]
    root = batch(documents)
    root.set("result", "0")

    first, second, third = read_responses(answering(root), [S1, P3, J1], NOW)

    assert [type(outcome) for outcome in (first, second, third)] == [Booked, Refused, Booked]
    assert isinstance(second, Refused)
    (reason,) = second.reasons
    assert (reason.code, reason.document, reason.line, reason.field, reason.value) == (
        ReasonCode.CODE_REFUSED,
        "AVI-88120",
        1,
        "ledger_account",
        "7310",
    )
    assert reason.detail == "Twinfield: Dimensie 7310 bestaat niet."


def test_answers_in_another_order_are_told_by_our_references() -> None:
    documents = [refused(P3, None, "Dat kan niet"), booked(J1, "2"), booked(S1, "1")]

    first, second, third = read_responses(answering(batch(documents)), [S1, P3, J1], NOW)

    assert isinstance(first, Booked)
    assert (first.number, first.reference) == ("1", S1.reference)
    assert isinstance(second, Refused)
    assert isinstance(third, Booked)
    assert third.number == "2"


def test_warning_refuses_as_an_error_does() -> None:
    outcome = read(
        refused(S1, "header/invoicenumber", "Factuurnummer F2026-0042 komt reeds voor.", "warning")
    )

    assert isinstance(outcome, Refused)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.PERHAPS_BOOKED]


def without_result() -> etree._Element:
    document = booked(S1, "1")
    del document.attrib["result"]
    return document


@pytest.mark.parametrize(
    "document",
    [
        without_result(),
        changed("header/number", ""),
        changed("header/number", None),
        changed("header/invoicenumber", "F2026-0099"),
        changed("header/code", "INK"),
        changed("header/office", "NL43"),
        changed("lines/line/description", "Iets anders [QAAAAAAAAAA]"),
        changed("lines/line/value", "many"),
        refused(S1, None, "An unexpected error has occurred"),
        refused(S1, None, "Er is een onverwachte fout opgetreden"),
    ],
)
def test_document_that_leaves_it_open_is_unknown(document: etree._Element) -> None:
    assert isinstance(read(document), Unknown)


def test_document_without_our_texts_is_taken_by_its_place() -> None:
    assert isinstance(read(changed("lines/line/description", "cut off")), Booked)


@pytest.mark.parametrize(
    "given",
    [
        answer("<html><body>Onderhoud</body></html>"),
        answer(""),
        answer(answering(batch([booked(S1, "1")])).body[:-90]),
        answering(batch([])),
        answering(batch([booked(S1, "1"), booked(S1, "2")])),
        faulting(100, "An unexpected error has occurred."),
        faulting(100, "An unexpected error has occurred.", 200),
        faulting(None, "An error occurred on the server."),
        answer("", 204),
        answer("", 302),
        answer("", 408),
        answer("", 500),
        answer("<html></html>", 502),
        answer("", 503),
        answer("<html></html>", 524),
    ],
    ids=lambda given: f"{given.status} {given.body[-60:].decode()}",
)
def test_answer_that_leaves_it_open_makes_every_entry_of_its_request_unknown(given: Answer) -> None:
    outcomes = read_responses(given, [S1] if given.body.count(b"<transaction ") == 2 else [S1, P3], NOW)

    assert {type(outcome) for outcome in outcomes} == {Unknown}
    assert [outcome.reference for outcome in outcomes] == [S1.reference, P3.reference][: len(outcomes)]


def test_lost_answer_is_unknown_and_unsent_request_comes_later() -> None:
    assert read_responses(PerhapsProcessed(why="read time-out"), [S1], NOW) == [
        Unknown(reference=S1.reference, why="read time-out")
    ]
    for sending, pause_s in ((NeverSent(why="no"), 60), (NeverSent(why="no", retry_after_s=7), 7)):
        until = NOW + timedelta(seconds=pause_s)
        assert read_responses(sending, [S1], NOW) == [Later(reference=S1.reference, until=until, why="no")]


def test_throttled_entries_come_later() -> None:
    outcomes = read_responses(answer("", 429, {"Retry-After": "30"}), [S1, P3], NOW)

    until = NOW + timedelta(seconds=30)
    assert outcomes == [
        Later(reference=entry.reference, until=until, why="Twinfield answered 429") for entry in (S1, P3)
    ]


def test_token_that_cannot_be_checked_now_makes_entries_wait() -> None:
    (outcome,) = read_responses(faulting(358, "Token cannot be validated."), [S1], NOW)

    assert isinstance(outcome, Later)


@pytest.mark.parametrize(
    "given",
    [
        answer("", 400),
        faulting(354, "Access denied. Token invalid.", 401),
        faulting(102, "Access denied. No access to company.", 403),
        faulting(101, "Access denied. Company missing in request header."),
        faulting(187, "Invalid XML."),
        answer("", 413),
    ],
    ids=lambda given: f"{given.status}",
)
def test_request_that_was_not_begun_refuses_its_entries_in_twinfields_words(given: Answer) -> None:
    outcomes = read_responses(given, [S1, P3], NOW)

    for outcome in outcomes:
        assert isinstance(outcome, Refused)
        (reason,) = outcome.reasons
        assert reason.code is ReasonCode.TARGET_CONFIGURATION
        assert (reason.detail or "").startswith(f"Twinfield answered {given.status}")
    assert is_rejected(given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (faulting(354, "Access denied. Token invalid.", 401), (True, True, False)),
        (answer("", 401), (True, True, False)),
        (faulting(354, "Access denied. Token invalid.", 500), (True, True, False)),
        (answer("", 403), (False, True, False)),
        (answer("", 400), (False, True, True)),
        (answer("", 413), (False, True, True)),
        (answer("", 408), (False, False, False)),
        (answer("", 429), (False, False, False)),
        (faulting(100, "x"), (False, False, False)),
        (NeverSent(why="x"), (False, False, False)),
        (PerhapsProcessed(why="x"), (False, False, False)),
    ],
)
def test_answers_that_hold_for_the_whole_request_are_told_apart(
    given: Sending, expected: tuple[bool, bool, bool]
) -> None:
    assert (refuses_token(given), is_rejected(given), is_too_much(given)) == expected


def test_entry_of_another_journal_bears_that_journals_id() -> None:
    entry = replace(S1, journal="VRKZ")

    (outcome,) = read_responses(answering(batch([booked(entry, "7")])), [entry], NOW)

    assert isinstance(outcome, Booked)
    assert outcome.id == "VRKZ/7"
