import json
from datetime import UTC, datetime, timedelta

import pytest

from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Totals, Unknown
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.afas.responses import must_look_up, read_response, why_closed
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending
from tests.targets.afas.samples import SAMPLES

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
S1 = SAMPLES["S1"]
LOST: tuple[Sending, ...] = (NeverSent(why="limit"), PerhapsProcessed(why="reset"))


def answer(status: int, body: str = "", headers: dict[str, str] | None = None) -> Answer:
    return Answer(status=status, headers=headers or {}, body=body.encode(), url="https://x/connectors")


def saying(text: str) -> Answer:
    body = {"externalMessage": text, "errorNumber": -2147220469, "profitLogReference": "0A" * 16}
    return answer(500, json.dumps(body))


def read(given: Sending) -> Outcome:
    return read_response(given, S1, NOW)


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize(
    "body",
    [
        '{"results":{"FiEntryPar":{"UnId":"1","EnNo":"48301","InId":"F2026-0042"}}}',
        '{"FiEntryPar":{"UnId":1,"EnNo":48301}}',
        '{"results":{"FiEntries":{"EnNo":"48301","InID":"F2026-0042"}}}',
    ],
)
def test_created_entry_is_booked_under_afas_s_number_whatever_the_wrapping(status: int, body: str) -> None:
    given = answer(status, body)

    assert read(given) == Booked(reference=S1.reference, id="2026/20/48301", number="48301", totals=Totals())
    assert not must_look_up(given)
    assert why_closed(given, S1) is None


@pytest.mark.parametrize("body", ["", " ", "{}", '{"results":{}}', '{"results":{"FiEntryPar":{"EnNo":""}}}'])
def test_booking_without_a_number_is_looked_up(body: str) -> None:
    given = answer(201, body)

    assert isinstance(read(given), Unknown)
    assert must_look_up(given)


@pytest.mark.parametrize("body", ["<html></html>", '{"results":{"FiEntryPar":{"UnId":"1","En'])
def test_unreadable_success_is_unknown_and_not_looked_up(body: str) -> None:
    given = answer(201, body)

    assert isinstance(read(given), Unknown)
    assert not must_look_up(given)
    assert why_closed(given, S1) is None


def test_entry_booked_in_another_administration_stops_everything() -> None:
    given = answer(201, '{"results":{"FiEntryPar":{"UnId":"2","EnNo":"48301"}}}')

    outcome = read(given)

    assert isinstance(outcome, Unknown)
    assert "administration 2 instead of 1" in outcome.why
    assert "administration 2 instead of 1" in (why_closed(given, S1) or "")


@pytest.mark.parametrize("sending", LOST)
def test_what_got_no_answer_is_neither_looked_up_nor_a_reason_to_stop(sending: Sending) -> None:
    assert not must_look_up(sending)
    assert why_closed(sending, S1) is None


@pytest.mark.parametrize(("wait_s", "pause_s"), [(None, 60), (0, 0), (400, 400)])
def test_entry_that_was_never_sent_comes_later(wait_s: int | None, pause_s: int) -> None:
    outcome = read(NeverSent(why="limit", retry_after_s=wait_s))

    assert outcome == Later(reference=S1.reference, until=NOW + timedelta(seconds=pause_s), why="limit")


def test_lost_answer_is_unknown() -> None:
    assert read(PerhapsProcessed(why="reset")) == Unknown(reference=S1.reference, why="reset")


@pytest.mark.parametrize(
    ("given", "wait_s"),
    [
        (answer(503, '{"error":{"code":"503","message":"Maintenance"},"retry_after":7200}'), 7200),
        (answer(429, '{"retry_after":40}'), 40),
        (answer(429, "", {"Retry-After": "30"}), 30),
        (answer(429, "", {"Retry-After": "Mon, 02 Nov 2026 03:00:00 GMT"}), 60),
        (answer(429), 60),
    ],
)
def test_wait_that_is_asked_for_is_kept(given: Answer, wait_s: int) -> None:
    outcome = read(given)

    assert isinstance(outcome, Later)
    assert outcome.until == NOW + timedelta(seconds=wait_s)
    assert f"{wait_s} s" in outcome.why


@pytest.mark.parametrize("body", ["", "<html>Service Unavailable</html>", '{"error":"busy"}'])
def test_maintenance_without_a_wait_is_somebody_else_s_word(body: str) -> None:
    assert isinstance(read(answer(503, body)), Unknown)


@pytest.mark.parametrize("status", [302, 408, 501, 502, 504])
def test_status_that_says_nothing_about_the_entry_is_unknown(status: int) -> None:
    given = answer(status)

    assert isinstance(read(given), Unknown)
    assert why_closed(given, S1) is None
    assert not must_look_up(given)


@pytest.mark.parametrize(
    "text",
    [
        "Er is een onverwachte fout opgetreden.",
        "De maximale tijdsduur voor het uitvoeren van de opdracht is verstreken.",
        "The maximum duration for performing the assignment has been exceeded.",
        "Command timeout expired.",
        "Out of memory",
        "Iets wat nooit eerder gezien is",
    ],
)
def test_fault_of_afas_s_own_or_of_unknown_words_is_unknown(text: str) -> None:
    outcome = read(saying(text))

    assert isinstance(outcome, Unknown)
    assert text in outcome.why


@pytest.mark.parametrize("body", ["", "<html></html>", "[]"])
def test_error_without_words_is_unknown(body: str) -> None:
    given = answer(500, body)

    assert isinstance(read(given), Unknown)
    assert why_closed(given, S1) is None


def test_locked_journal_comes_later() -> None:
    outcome = read(saying("De boekingslay-out is geblokkeerd door een andere gebruiker."))

    assert isinstance(outcome, Later)
    assert outcome.until == NOW + timedelta(seconds=60)


def test_refusal_is_for_a_person() -> None:
    outcome = read(saying("Vul een waarde in bij 'Rekeningnummer'."))

    assert isinstance(outcome, Refused)
    (reason,) = outcome.reasons
    assert reason.detail == f"AFAS: Vul een waarde in bij 'Rekeningnummer'. (log {'0A' * 16})"


def test_number_that_is_taken_is_looked_up_and_refused_when_it_is_not_ours() -> None:
    given = saying("Factuurnummer F2026-0042 wordt al gebruikt in financieel bij Debiteur 10045")

    outcome = read(given)

    assert must_look_up(given)
    assert isinstance(outcome, Refused)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.NUMBER_TAKEN]


def test_connector_that_is_not_ours_stops_everything() -> None:
    given = saying("General message: Deze UpdateConnector wordt niet ondersteund of niet geautoriseerd.")

    outcome = read(given)

    assert isinstance(outcome, Refused)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.TARGET_CONFIGURATION]
    assert "Administration 1: AFAS answered 500" in (why_closed(given, S1) or "")


@pytest.mark.parametrize(("status", "word"), [(401, "token"), (403, "list"), (404, "address")])
def test_closed_door_stops_everything_and_says_why(status: int, word: str) -> None:
    given = answer(status)

    outcome = read(given)

    assert isinstance(outcome, Refused)
    assert word in (outcome.reasons[0].detail or "")
    assert word in (why_closed(given, S1) or "")


@pytest.mark.parametrize("status", [400, 413, 422])
def test_entry_that_is_no_entry_is_refused_and_the_next_is_sent(status: int) -> None:
    given = answer(status, '{"message":"Invalid json"}')

    outcome = read(given)

    assert isinstance(outcome, Refused)
    assert "Invalid json" in (outcome.reasons[0].detail or "")
    assert why_closed(given, S1) is None
