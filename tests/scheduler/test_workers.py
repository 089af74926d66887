"""Real processes that load one administration at once, freeze or die: nothing goes twice, nothing is lost."""

import json
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import sqlalchemy as sa

from local.components import own_program
from local.paths import PLUGINS, PROJECT
from tests.integration.posting.night import Night
from tests.scheduler.worker import LEASE_S, OTHER_ROW

pytestmark = pytest.mark.timeout(300)

DOCUMENTS = 80
ENOUGH_FOR_ALL_INTERRUPTIONS = 200
OF_ANOTHER_ROW = 20
INTERRUPTIONS = 8
PATIENCE_S = 120


@dataclass(slots=True)
class Vendor:
    """A server that books whatever it is sent, as often as it is sent."""

    url: str = ""
    booked: list[dict[str, object]] = field(default_factory=list)
    takes_s: float = 0.01

    def times(self) -> Counter[object]:
        return Counter(entry["reference"] for entry in self.booked)


@dataclass(slots=True)
class Crew:
    """The worker processes of one test."""

    store_url: str
    vendor: Vendor
    workers: list[subprocess.Popen[str]] = field(default_factory=list)

    def hire(self, *arguments: str) -> "subprocess.Popen[str]":
        command = own_program("tests.scheduler.worker", self.store_url, self.vendor.url, *arguments)
        worker = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**os.environ, "PYTHONPATH": str(PLUGINS)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.workers.append(worker)
        return worker


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    vendor = Vendor()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with lock:
                self._answer(json.dumps(vendor.booked))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(vendor.takes_s)
            with lock:
                vendor.booked.append(json.loads(body))
                number = f"2670{len(vendor.booked) - 1:04}"
            self._answer(number)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _answer(self, text: str) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    vendor.url = f"http://127.0.0.1:{server.server_port}/entries"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield vendor
    server.shutdown()
    server.server_close()


@pytest.fixture
def crew(store_url: str, vendor: Vendor) -> Iterator[Crew]:
    crew = Crew(store_url, vendor)
    yield crew
    for worker in crew.workers:
        if worker.poll() is None:
            worker.kill()
        worker.communicate()


@pytest.fixture
def night(store_url: str) -> Night:
    night = Night(url=store_url)
    for number in range(DOCUMENTS):
        night.offer(str(number))
    return night


def until(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not ready():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def until_something_is_booked(vendor: Vendor, worker: "subprocess.Popen[str]") -> None:
    before = len(vendor.booked)
    until(lambda: len(vendor.booked) > before or worker.poll() is not None)


def ends_well(worker: "subprocess.Popen[str]") -> None:
    said, _ = worker.communicate(timeout=PATIENCE_S)
    assert worker.returncode == 0, said


def everything_is_booked_once(night: Night, vendor: Vendor) -> None:
    with night.engine.begin() as connection:
        rows = connection.execute(sa.text("SELECT reference, state FROM posting")).all()
    assert {row.state for row in rows} == {"booked"}
    assert vendor.times() == dict.fromkeys((row.reference for row in rows), 1)


def sent_by(night: Night) -> Counter[str]:
    with night.engine.begin() as connection:
        rows = connection.execute(sa.text("SELECT sent_run_id, count(*) AS n FROM posting GROUP BY 1"))
        return Counter({row.sent_run_id: row.n for row in rows})


def test_two_workers_at_once_book_every_document_once(night: Night, crew: Crew, vendor: Vendor) -> None:
    workers = [crew.hire(), crew.hire()]

    for worker in workers:
        ends_well(worker)

    everything_is_booked_once(night, vendor)


def test_two_rows_with_the_same_books_book_every_document_of_both_once(
    night: Night, crew: Crew, vendor: Vendor, store_url: str
) -> None:
    other = Night(url=store_url, administration=OTHER_ROW)
    for number in range(OF_ANOTHER_ROW):
        other.offer(f"other-{number}")
    workers = [crew.hire(), crew.hire("other")]

    for worker in workers:
        ends_well(worker)

    everything_is_booked_once(night, vendor)
    assert len(vendor.booked) == DOCUMENTS + OF_ANOTHER_ROW


def test_night_gets_the_books_while_a_long_backfill_is_at_work(
    night: Night, crew: Crew, vendor: Vendor
) -> None:
    vendor.takes_s = 0.05
    backfill = crew.hire("backfill")
    until_something_is_booked(vendor, backfill)

    of_the_night = crew.hire()
    for worker in (of_the_night, backfill):
        ends_well(worker)

    everything_is_booked_once(night, vendor)
    sent = sent_by(night)
    assert sent[f"worker {of_the_night.pid}"] > 0
    assert sent[f"worker {backfill.pid}"] > 0


def test_worker_that_freezes_between_claim_and_sending_sends_nothing_when_it_thaws(
    night: Night, crew: Crew, vendor: Vendor
) -> None:
    frozen = crew.hire("freeze")
    _, status = os.waitpid(frozen.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    sent_before = len(vendor.booked)

    ends_well(crew.hire())
    frozen.send_signal(signal.SIGCONT)
    ends_well(frozen)

    assert sent_before == 0
    everything_is_booked_once(night, vendor)


@pytest.mark.parametrize("seed", [1])
def test_workers_killed_and_frozen_at_any_moment_double_and_lose_nothing(
    night: Night, crew: Crew, vendor: Vendor, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - repeatable moments
    for number in range(DOCUMENTS, ENOUGH_FOR_ALL_INTERRUPTIONS):
        night.offer(str(number))
    for _ in range(INTERRUPTIONS):
        worker = crew.hire()
        until_something_is_booked(vendor, worker)
        time.sleep(chance.uniform(0, 0.5))
        if chance.random() < 0.5:
            worker.kill()
            worker.wait()
        else:
            worker.send_signal(signal.SIGSTOP)
            time.sleep(LEASE_S + chance.uniform(0, 1))
            crew.hire()
            worker.send_signal(signal.SIGCONT)

    ends_well(crew.hire())

    everything_is_booked_once(night, vendor)
