"""What each fault does to a request, over a real socket."""

from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from emulators.server import EmulatorServer
from tests.emulators.control import TIMEOUT_S, control
from tests.emulators.notes import NoteEmulator


@pytest.mark.parametrize("effect", ["lost_answer", "reset"])
def test_a_dropped_connection_carries_the_request_out_only_when_it_should(
    served_notes: EmulatorServer, notes: NoteEmulator, effect: str
) -> None:
    control(served_notes, "faults", {"effect": effect, "method": "POST", "path": "/no*", "times": 1})

    with pytest.raises(requests.ConnectionError):
        requests.post(f"{served_notes.url}/notes", data="lost", timeout=TIMEOUT_S)

    assert notes.notes == (["lost"] if effect == "lost_answer" else [])
    assert requests.post(f"{served_notes.url}/notes", data="next", timeout=TIMEOUT_S).status_code == 201
    calls = control(served_notes, "calls")["calls"]
    assert [(call["status"], call["fault"]) for call in calls] == [(None, effect), (201, None)]


def test_a_reset_may_come_after_the_request_was_carried_out(
    served_notes: EmulatorServer, notes: NoteEmulator
) -> None:
    control(served_notes, "faults", {"effect": "reset", "when": "after", "times": 1})

    with pytest.raises(requests.ConnectionError, match="reset"):
        requests.post(f"{served_notes.url}/notes", data="kept", timeout=TIMEOUT_S)

    assert notes.notes == ["kept"]


def test_a_late_booking_shows_once_the_emulators_clock_reaches_it(served_notes: EmulatorServer) -> None:
    control(served_notes, "faults", {"effect": "late_booking", "delay_s": 600, "times": 1})

    with pytest.raises(requests.ConnectionError):
        requests.post(f"{served_notes.url}/notes", data="late", timeout=TIMEOUT_S)
    before = control(served_notes, "books")["entries"]
    control(served_notes, "clock", {"advance_s": 601})

    assert before == []
    assert control(served_notes, "books")["entries"] == [{"number": 1, "text": "late"}]
    assert requests.get(f"{served_notes.url}/notes", timeout=TIMEOUT_S).json() == ["late"]


def test_a_late_booking_is_stamped_with_its_own_time_however_much_later_it_is_looked_for(
    notes: NoteEmulator,
) -> None:
    notes.clock.set(datetime(2026, 11, 2, 3, tzinfo=UTC))
    notes.accept_for_later(Request(EnvironBuilder(method="POST", data="the time").get_environ()), 60)

    notes.clock.advance(3600)
    notes.book_what_is_due()

    (noted,) = notes.notes
    late_s = (datetime.fromisoformat(noted) - datetime(2026, 11, 2, 3, tzinfo=UTC)).total_seconds()
    assert 60 <= late_s < 120
    assert notes.clock.now() >= datetime(2026, 11, 2, 4, tzinfo=UTC)


def test_a_slow_answer_is_carried_out_before_the_client_gives_up(
    served_notes: EmulatorServer, notes: NoteEmulator
) -> None:
    control(served_notes, "faults", {"effect": "slow", "delay_s": 1, "times": 1})

    with pytest.raises(requests.ReadTimeout):
        requests.post(f"{served_notes.url}/notes", data="slow", timeout=0.2)

    assert notes.notes == ["slow"]


def test_an_html_page_comes_with_status_200_and_nothing_done(
    served_notes: EmulatorServer, notes: NoteEmulator
) -> None:
    control(served_notes, "faults", {"effect": "html", "times": 1})

    answer = requests.post(f"{served_notes.url}/notes", data="x", timeout=TIMEOUT_S)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert notes.notes == []


def test_a_truncated_answer_is_half_of_it(served_notes: EmulatorServer, notes: NoteEmulator) -> None:
    notes.notes.append("a long note about nothing")
    control(served_notes, "faults", {"effect": "truncated", "times": 1})

    answer = requests.get(f"{served_notes.url}/notes", timeout=TIMEOUT_S)

    with pytest.raises(requests.JSONDecodeError):
        answer.json()


def test_a_truncated_answer_may_declare_its_full_length(
    served_notes: EmulatorServer, notes: NoteEmulator
) -> None:
    notes.notes.append("a long note about nothing")
    control(served_notes, "faults", {"effect": "truncated", "length": "full", "times": 1})

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.get(f"{served_notes.url}/notes", timeout=TIMEOUT_S)


@pytest.mark.parametrize(
    ("fault", "status", "waits"),
    [
        ({"effect": "status", "status": 503, "body": "closed"}, 503, None),
        ({"effect": "token_expired"}, 401, None),
        ({"effect": "throttle", "delay_s": 30}, 429, "30"),
    ],
)
def test_a_status_fault_answers_instead_of_the_vendor(
    served_notes: EmulatorServer, notes: NoteEmulator, fault: dict[str, Any], status: int, waits: str | None
) -> None:
    control(served_notes, "faults", fault)

    answer = requests.post(f"{served_notes.url}/notes", data="x", timeout=TIMEOUT_S)

    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, waits)
    assert notes.notes == []


def test_a_fault_hits_what_a_call_does_where_the_path_does_not_tell(
    served_notes: EmulatorServer, notes: NoteEmulator
) -> None:
    control(served_notes, "faults", {"effect": "status", "operation": "sh*"})

    answers = [
        requests.post(f"{served_notes.url}/notes", data=text, timeout=TIMEOUT_S) for text in ("quiet", "LOUD")
    ]

    assert [answer.status_code for answer in answers] == [201, 503]
    assert notes.notes == ["quiet"]
    calls = control(served_notes, "calls")["calls"]
    assert [(call["operation"], call["fault"]) for call in calls] == [("", None), ("shout", "status")]


def test_chance_is_repeatable_by_seed(notes: NoteEmulator) -> None:
    drawn = []
    for _ in range(2):
        notes.faults.clear()
        notes.faults.place({"effect": "status", "probability": 0.2, "seed": 4})
        drawn.append([notes.faults.draw("POST", "/notes") is not None for _ in range(200)])

    assert drawn[0] == drawn[1]
    assert 20 < sum(drawn[0]) < 60


def test_cleared_faults_hit_nothing(served_notes: EmulatorServer) -> None:
    control(served_notes, "faults", {"effect": "status"})
    requests.delete(f"{served_notes.url}/_emulator/faults", timeout=TIMEOUT_S)

    assert requests.get(f"{served_notes.url}/notes", timeout=TIMEOUT_S).status_code == 200


@pytest.mark.parametrize(("effect", "when"), [("slow", "after"), ("reset", "before"), ("html", "before")])
def test_an_effect_has_its_usual_moment(notes: NoteEmulator, effect: str, when: str) -> None:
    assert notes.faults.place({"effect": effect}).when == when


@pytest.mark.parametrize(
    "wanted",
    [
        {"effect": "explode"},
        {"method": "GET"},
        {"effect": "slow", "when": "later"},
        {"effect": "slow", "odd": 1},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(served_notes: EmulatorServer, wanted: dict[str, Any]) -> None:
    answer = requests.post(f"{served_notes.url}/_emulator/faults", json=wanted, timeout=TIMEOUT_S)

    assert answer.status_code == 400
    assert control(served_notes, "faults") == {"faults": []}
