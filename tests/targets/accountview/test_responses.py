import json
from datetime import UTC, datetime, timedelta

import pytest

from finance_hooks.model.outcome import Later, Refused, Unknown
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.accountview.responses import (
    Stored,
    describe_answer,
    read_response,
    why_closed,
)
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending
from tests.targets.accountview.sample_company import sample_dictionary
from tests.targets.accountview.samples import SAMPLES

S1 = SAMPLES["S1"]
NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
STORED = {"DJ_PAGE": [{"PAGE_NR": "17", "INV_NR": "F2026-0042"}], "DJ_LINE": []}
FAULT = {
    "ErrorType": "AccountViewError",
    "ErrorNumbers": None,
    "ErrorMessage": "Rekeningnr '8110' bestaat niet",
}


def answer(status: int, content: object, **headers: str) -> Answer:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Answer(status=status, headers=headers, body=body, url="https://x/api/v3/accountviewdata")


def read(sending: Sending) -> Stored | Refused | Later | Unknown:
    return read_response(sending, S1, sample_dictionary(), NOW)


@pytest.mark.parametrize("status", [200, 201])
def test_page_with_its_number_is_stored(status: int) -> None:
    found = read(answer(status, STORED))

    assert isinstance(found, Stored)
    assert (found.page_number, found.row["INV_NR"]) == ("17", "F2026-0042")


@pytest.mark.parametrize("shape", [STORED, {"dj_page": {"page_nr": 17}}])
def test_page_is_read_in_every_shape(shape: object) -> None:
    assert isinstance(read(answer(200, shape)), Stored)


@pytest.mark.parametrize("status", [200, 400, 409, 500])
def test_business_error_is_a_refusal_whatever_its_status(status: int) -> None:
    found = read(answer(status, FAULT))

    assert isinstance(found, Refused)
    assert [(reason.code, reason.value) for reason in found.reasons] == [(ReasonCode.CODE_REFUSED, "8110")]


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (200, {}),
        (200, []),
        (200, {"DJ_PAGE": []}),
        (200, {"DJ_PAGE": [{"PAGE_NR": ""}]}),
        (200, {"DJ_PAGE": [{"PAGE_NR": "1"}, {"PAGE_NR": "2"}]}),
        (200, b"<html></html>"),
        (200, b'{"DJ_PAGE": [{"PAGE_NR"'),
        (200, {**STORED, **FAULT}),
        (200, {"ErrorType": "Gateway", "ErrorMessage": "?"}),
        (200, {"ErrorType": "AccountViewError", "ErrorMessage": ""}),
        (302, FAULT),
        (408, FAULT),
        (500, {"Message": "An error has occurred."}),
        (500, {**FAULT, "ErrorMessage": "Time-out bij het opslaan"}),
        (502, b"<html></html>"),
        (504, b""),
    ],
)
def test_answer_that_does_not_say_what_became_of_the_page_is_unknown(status: int, content: object) -> None:
    found = read(answer(status, content))

    assert isinstance(found, Unknown), found
    assert str(status) in found.why


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 415])
def test_refusal_without_a_business_error_is_one_of_the_connection(status: int) -> None:
    found = read(answer(status, {"Message": "denied"}))

    assert isinstance(found, Refused)
    assert [reason.code for reason in found.reasons] == [ReasonCode.TARGET_CONFIGURATION]


def test_throttled_page_waits_as_long_as_the_portal_says() -> None:
    said = read(answer(429, {}, **{"Retry-After": "40"}))
    unsaid = read(answer(429, b"", **{"Retry-After": "soon"}))

    assert isinstance(said, Later)
    assert isinstance(unsaid, Later)
    assert (said.until - NOW, unsaid.until - NOW) == (timedelta(seconds=40), timedelta(seconds=60))


def test_page_waits_for_an_administration_that_somebody_holds() -> None:
    found = read(answer(400, {**FAULT, "ErrorMessage": "De administratie is in gebruik door BEHEER"}))

    assert isinstance(found, Later)
    assert found.until - NOW == timedelta(minutes=10)


def test_page_that_never_left_comes_later_and_one_whose_answer_is_lost_is_unknown() -> None:
    soon, known = read(NeverSent(why="refused")), read(NeverSent(why="limit", retry_after_s=5))

    assert isinstance(soon, Later)
    assert isinstance(known, Later)
    assert (soon.until - NOW, known.until - NOW) == (timedelta(seconds=60), timedelta(seconds=5))
    assert isinstance(read(PerhapsProcessed(why="reset")), Unknown)


@pytest.mark.parametrize(
    ("sending", "is_closed"),
    [
        (answer(401, {}), True),
        (answer(403, {}), True),
        (answer(404, {}), True),
        (answer(400, {**FAULT, "ErrorMessage": "Gebruiker heeft onvoldoende rechten"}), True),
        (answer(400, FAULT), False),
        (answer(200, STORED), False),
        (PerhapsProcessed(why="reset"), False),
    ],
)
def test_company_is_closed_by_what_would_be_refused_for_every_entry(
    sending: Sending, is_closed: bool
) -> None:
    why = why_closed(sending, S1)

    assert (why is not None) == is_closed
    assert why is None or "VB01" in why


def test_answer_is_described_in_accountviews_own_words_on_one_line() -> None:
    numbered = {**FAULT, "ErrorNumbers": [1001], "ErrorMessage": "Een\r\ntwee"}

    assert describe_answer(answer(400, numbered)) == "AccountView answered 400: Een twee, 1001"
    assert describe_answer(answer(502, b"")) == "AccountView answered 502"
