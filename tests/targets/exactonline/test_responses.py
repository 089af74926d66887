import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Totals, Unknown
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.exactonline.responses import (
    doubt_rate,
    read_response,
    reads_rate_the_other_way,
    why_closed,
)
from finance_hooks.transport.answer import Answer, NeverSent, PerhapsProcessed, Sending
from tests.targets.exactonline.brief_entries import NL_DIVISION
from tests.targets.exactonline.samples import OTHERS, SAMPLES

NOW = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
S1, P1, J1 = SAMPLES["S1"], SAMPLES["P1"], SAMPLES["J1"]
ADDRESS = f"https://start.exactonline.nl/api/v1/{NL_DIVISION}/salesentry/SalesEntries(guid'0f')"


def answer(status: int, body: str = "", headers: dict[str, str] | None = None) -> Answer:
    return Answer(status=status, headers=headers or {}, body=body.encode(), url=ADDRESS)


def saying(text: str) -> str:
    return json.dumps({"error": {"code": "", "message": {"lang": "", "value": text}}})


def read(given: Answer) -> Outcome:
    return read_response(given, S1, NOW)


def test_created_entry_is_booked_under_exacts_number_with_its_totals() -> None:
    body = {
        "__metadata": {"uri": ADDRESS},
        "EntryID": "0f",
        "EntryNumber": 26700042,
        "AmountFC": 418.60000000000002,
        "AmountDC": 418.6,
        "VATAmountFC": 72.65,
    }

    outcome = read(answer(201, json.dumps({"d": body})))

    gross = Decimal("418.60")
    assert outcome == Booked(
        reference=S1.reference,
        id="0f",
        number="26700042",
        totals=Totals(gross=gross, vat=Decimal("72.65"), gross_in_books=gross),
    )


def test_totals_that_exact_leaves_out_are_not_made_up() -> None:
    outcome = read(answer(201, '{"d":{"EntryID":"0f","EntryNumber":26700042,"AmountFC":null}}'))

    assert isinstance(outcome, Booked)
    assert outcome.totals == Totals()


def test_vat_total_of_reverse_charge_is_not_compared() -> None:
    body = '{"d":{"EntryID":"0f","EntryNumber":26610001,"AmountFC":1957.6,"VATAmountFC":411.1}}'

    outcome = read_response(answer(201, body), P1, NOW)

    assert isinstance(outcome, Booked)
    assert outcome.totals == Totals(gross=Decimal("1957.60"))


def test_memorial_is_booked_without_totals() -> None:
    outcome = read_response(answer(201, '{"d":{"EntryID":"0f","EntryNumber":26900001}}'), J1, NOW)

    assert isinstance(outcome, Booked)
    assert outcome.totals == Totals()


@pytest.mark.parametrize(
    "given",
    [
        answer(200, "<html><body>Onderhoud</body></html>"),
        answer(201, '{"d":{"EntryID":"0f","EntryNum'),
        answer(201, ""),
        answer(201, '{"d":{"EntryNumber":26700042}}'),
        answer(201, '{"d":{"EntryID":"0f","EntryNumber":null}}'),
        answer(201, '{"d":{"EntryID":"0f","EntryNumber":1,"AmountFC":"x"}}'),
        answer(201, '{"d":{"EntryID":"0f","EntryNumber":1,"Division":1234568}}'),
        answer(204),
        answer(302),
        answer(408),
        answer(500),
        answer(500, "<html></html>"),
        answer(500, saying("A problem has occurred. The cause of this issue will be investigated.")),
        answer(500, saying("Er is een probleem opgetreden.")),
        answer(502, saying("Verplicht: Dagboek")),
        answer(503),
        answer(504),
    ],
    ids=lambda given: f"{given.status} {given.body[:40].decode()}",
)
def test_answer_that_leaves_it_open_is_unknown(given: Answer) -> None:
    outcome = read(given)

    assert isinstance(outcome, Unknown)
    assert outcome.why


def test_lost_answer_is_unknown_and_unsent_request_comes_later() -> None:
    assert read_response(PerhapsProcessed(why="read time-out"), S1, NOW) == Unknown(
        reference=S1.reference, why="read time-out"
    )
    assert read_response(NeverSent(why="refused"), S1, NOW) == Later(
        reference=S1.reference, until=NOW + timedelta(seconds=60), why="refused"
    )
    assert read_response(NeverSent(why="budget", retry_after_s=1200), S1, NOW) == Later(
        reference=S1.reference, until=NOW + timedelta(seconds=1200), why="budget"
    )


def test_throttled_entry_comes_later() -> None:
    outcome = read(answer(429, headers={"Retry-After": "30"}))

    assert outcome == Later(
        reference=S1.reference, until=NOW + timedelta(seconds=30), why="Exact answered 429"
    )


@pytest.mark.parametrize(
    "given",
    [
        answer(400, saying("No property X exists in type Exact.Metadata.Entity.SalesEntry at position 0.")),
        answer(401),
        answer(403, saying("Forbidden - User division is not within division scope")),
        answer(403, headers={"Reason": "NoDivisionAccess"}),
        answer(404, "<html></html>"),
        answer(413),
    ],
    ids=lambda given: f"{given.status} {given.headers}",
)
def test_protocol_refusal_names_the_connection_and_what_exact_said(given: Answer) -> None:
    outcome = read(given)

    assert isinstance(outcome, Refused)
    (reason,) = outcome.reasons
    assert reason.code is ReasonCode.TARGET_CONFIGURATION
    assert (reason.detail or "").startswith(f"Exact answered {given.status}")


def test_reason_header_and_message_both_reach_the_person() -> None:
    outcome = read(answer(403, saying("Forbidden"), {"Reason": "WrongDivision"}))

    assert isinstance(outcome, Refused)
    assert outcome.reasons[0].detail == "Exact answered 403: WrongDivision, Forbidden"


@pytest.mark.parametrize(
    ("given", "closed"),
    [
        (answer(401), True),
        (answer(403), True),
        (answer(404), True),
        (answer(201, '{"d":{"EntryID":"0f","EntryNumber":1,"Division":1234568}}'), True),
        (answer(201, '{"d":{"EntryID":"0f","EntryNumber":1,"Division":1234567}}'), False),
        (answer(200, "<html>"), False),
        (answer(400), False),
        (answer(500), False),
        (NeverSent(why="x"), False),
    ],
)
def test_answer_that_holds_for_every_entry_of_the_division_is_known(given: Sending, closed: bool) -> None:
    assert (why_closed(given, S1) is not None) is closed


def test_rate_that_exact_read_the_other_way_round_shows_in_the_books_currency() -> None:
    entry = OTHERS["foreign currency"]
    booked = Booked(reference=entry.reference, id="0f", number="1", totals=Totals())

    def reads(gross_in_books: str) -> bool:
        totals = Totals(gross_in_books=Decimal(gross_in_books))
        return reads_rate_the_other_way(entry, replace(booked, totals=totals))

    assert reads("1086.96")
    assert not reads("920.00")
    assert not reads("920.01")
    assert not reads_rate_the_other_way(entry, booked)
    assert not reads_rate_the_other_way(S1, replace(booked, totals=Totals(gross_in_books=Decimal("1.00"))))


def test_doubted_rate_is_named_with_its_remedy() -> None:
    reason = doubt_rate(OTHERS["foreign currency"])

    assert (reason.code, reason.field, reason.value) == (
        ReasonCode.TARGET_CONFIGURATION,
        "exchange_rate",
        "0.92",
    )
    assert "rate_direction" in (reason.detail or "")


def test_server_error_that_names_a_rule_is_a_refusal_not_a_doubt() -> None:
    outcome = read(answer(500, saying("Verplicht: Dagboek")))

    assert isinstance(outcome, Refused)
