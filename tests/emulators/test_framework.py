"""What every emulator does, over a real socket."""

import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest
import requests
from werkzeug.test import Client

from emulators.in_process import InProcessAdapter
from emulators.server import EmulatorServer
from tests.emulators.control import TIMEOUT_S, control
from tests.emulators.notes import NoteEmulator


def restarted_with(directory: Path, *, switch: str) -> NoteEmulator:
    deadline = time.monotonic() + TIMEOUT_S
    while True:
        emulator = NoteEmulator(directory=directory)
        if emulator.switches.on(switch) or time.monotonic() > deadline:
            return emulator
        time.sleep(0.05)


def test_a_connection_is_kept_between_requests(served_notes: EmulatorServer) -> None:
    connection = HTTPConnection(served_notes.url.removeprefix("http://"), timeout=TIMEOUT_S)
    statuses, sockets = [], set()
    for method in ("POST", "POST", "GET"):
        connection.request(method, "/notes", body=b"text" if method == "POST" else None)
        answer = connection.getresponse()
        statuses.append(answer.status)
        last = answer.read()
        sockets.add(id(connection.sock))
    connection.close()

    assert statuses == [201, 201, 200]
    assert last == b'["text", "text"]'
    assert len(sockets) == 1


def test_a_client_that_asks_for_the_end_of_its_connection_is_told_so(served_notes: EmulatorServer) -> None:
    closed = requests.get(f"{served_notes.url}/notes", headers={"Connection": "close"}, timeout=TIMEOUT_S)
    kept = requests.get(f"{served_notes.url}/notes", timeout=TIMEOUT_S)

    assert closed.headers["Connection"] == "close"
    assert "Connection" not in kept.headers


def test_the_clock_moves_this_emulator_only_and_shows_in_the_date_header(
    served_notes: EmulatorServer,
) -> None:
    with EmulatorServer(NoteEmulator(seed=2)) as other:
        moved = control(served_notes, "clock", {"set": "2026-11-06T08:00:00+01:00"})
        dated = requests.get(f"{served_notes.url}/notes", timeout=TIMEOUT_S).headers["Date"]

        assert moved["now"].startswith("2026-11-06T07:00:0")
        assert dated.startswith("Fri, 06 Nov 2026 07:00:0")
        assert not control(other, "clock")["now"].startswith("2026-11-06")


def test_switches_are_listed_with_default_and_source_and_refuse_strange_positions(
    served_notes: EmulatorServer,
) -> None:
    control(served_notes, "switches", {"order": "new"})

    listed = {switch["name"]: switch for switch in control(served_notes, "switches")["switches"]}
    refused = requests.post(
        f"{served_notes.url}/_emulator/switches", json={"loud": True, "order": "odd"}, timeout=TIMEOUT_S
    )

    assert (listed["order"]["default"], listed["order"]["position"], listed["order"]["source"]) == (
        "old",
        "new",
        "test",
    )
    assert refused.status_code == 400
    assert "odd" in refused.json()["error"]
    assert not served_notes.emulator.switches.on("loud")


def test_books_come_in_pages_of_a_thousand(served_notes: EmulatorServer) -> None:
    control(served_notes, "load", {"notes": [str(number) for number in range(1500)]})

    first = control(served_notes, "books")
    second = control(served_notes, f"books?page={first['next']}")

    assert (len(first["entries"]), len(second["entries"]), second["next"]) == (1000, 500, None)


def test_reset_goes_back_to_the_start(served_notes: EmulatorServer, notes: NoteEmulator) -> None:
    control(served_notes, "load", {"notes": ["x"]})
    control(served_notes, "limits", {"scale": 0})
    control(served_notes, "switches", {"loud": True})
    control(served_notes, "clock", {"advance_s": 9000})
    control(served_notes, "faults", {"effect": "status"})

    control(served_notes, "reset", {})

    assert (notes.notes, notes.limits_scale, notes.faults.placed) == ([], 1.0, [])
    assert not notes.switches.on("loud")
    assert notes.clock.offset.total_seconds() == 0


def test_a_restart_finds_the_same_books_without_a_goodbye(tmp_path: Path) -> None:
    first = NoteEmulator(directory=tmp_path)
    with EmulatorServer(first) as server:
        control(server, "faults", {"effect": "late_booking", "delay_s": 60, "path": "/late"})
        requests.post(f"{server.url}/notes", data="kept", timeout=TIMEOUT_S)
        with pytest.raises(requests.ConnectionError):
            requests.post(f"{server.url}/late", data="due", timeout=TIMEOUT_S)
        control(server, "clock", {"advance_s": 30})
        control(server, "switches", {"loud": True})

        second = restarted_with(tmp_path, switch="loud")

    assert second.restored
    assert second.notes == ["kept"]
    assert second.switches.on("loud")
    second.clock.advance(31)
    second.book_what_is_due()
    assert second.notes == ["kept", "due"]


def test_control_routes_answer_loopback_only(notes: NoteEmulator) -> None:
    answer = Client(notes).get("/_emulator/books", environ_overrides={"REMOTE_ADDR": "10.0.0.8"})

    assert answer.status_code == 403


def test_an_emulator_answers_requests_in_process(notes: NoteEmulator) -> None:
    session = requests.Session()
    session.mount("http://notes.test", InProcessAdapter(notes))
    notes.faults.place({"effect": "lost_answer", "times": 1})

    with pytest.raises(requests.ConnectionError):
        session.post("http://notes.test/notes?a=1", data="in process", timeout=TIMEOUT_S)

    assert session.get("http://notes.test/notes", timeout=TIMEOUT_S).json() == ["in process"]


def test_requests_at_the_same_time_are_carried_out_one_by_one(
    served_notes: EmulatorServer, notes: NoteEmulator
) -> None:
    def post(number: int) -> int:
        url = f"{served_notes.url}/notes"
        answer = requests.post(url, data=str(number), timeout=TIMEOUT_S)
        return int(answer.json()["number"])

    with ThreadPoolExecutor(max_workers=8) as pool:
        numbers = list(pool.map(post, range(80)))

    assert sorted(numbers) == list(range(1, 81))
    assert len(notes.notes) == 80


def test_a_slow_answer_holds_nobody_else_up(served_notes: EmulatorServer, notes: NoteEmulator) -> None:
    control(served_notes, "faults", {"effect": "slow", "delay_s": 30, "path": "/slow"})
    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{served_notes.url}/slow", timeout=0.2)

    answer = requests.post(f"{served_notes.url}/notes", data="quick", timeout=TIMEOUT_S)

    assert answer.status_code == 201
    assert notes.notes == ["quick"]
