"""What people would use instead, on the same emulator with the same bookings: time, calls, doubles, losses.

The same documents' bookings, with a share of the answers to them lost: by the product; by a loop that tries
again; by a dlt pipeline with a custom destination, as dlt's own pages write one. The others get the
product's own mapped bookings, so that nothing but the way of sending differs. Vendors' limits are off.

    python -m bench.alternatives [--documents 500] [--lost 0.2] [--sync-id ID …]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from bench.other_environment import other_python
from bench.report import Row, finish, machine, row
from bench.scratch_server import scratch_store
from bench.sent import Sent, recorded, write_sent
from chaos.administrations import MAPPINGS, read_rows
from chaos.vendors import LIMITS_AWAY
from local.paths import PROJECT
from tests.integration.chain.chain import Chain

LOOP, PIPELINE = "a loop that tries again", "dlt with a custom destination"
SEED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What one of them came to."""

    seconds: float
    calls: int
    booked: int
    doubles: int
    losses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookings:
    """The requests that book so many documents, those before them, and where they were sent."""

    sync_id: str
    documents: int
    before: Sequence[Sent]
    bookings: Sequence[Sent]
    host: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.alternatives")
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--lost", type=float, default=0.2, help="share of the answers to bookings")
    parser.add_argument("--sync-id", nargs="*", default=[each.sync_id for each in read_rows(MAPPINGS)])
    asked = parser.parse_args(arguments)
    return finish("alternatives", measure(asked.documents, asked.lost, asked.sync_id), machine())


def measure(documents: int, lost: float, sync_ids: Sequence[str]) -> list[Row]:
    """Measure every administration."""
    return [one for sync_id in sync_ids for one in _measure(sync_id, documents, lost)]


def _measure(sync_id: str, documents: int, lost: float) -> list[Row]:
    before, bookings, host = _record(sync_id, documents)
    came = {"the product": _product(sync_id, documents, lost)}
    with tempfile.TemporaryDirectory(prefix="finance-bench-") as folder:
        for name, command in (
            (LOOP, [sys.executable, "bench/retrying_loop.py"]),
            (PIPELINE, [str(other_python()), "bench/dlt_pipeline.py"]),
        ):
            mine = Bookings(sync_id=sync_id, documents=documents, before=before, bookings=bookings, host=host)
            came[name] = _other(mine, lost, [*command, str(Path(folder, "bookings.jsonl"))])
    rows = []
    for name, one in came.items():
        goal = 0 if name == "the product" else None
        said = f"{sync_id}, {documents:,} documents, {name}"
        rows += [
            row(f"{said}: time", one.seconds, "s"),
            row(f"{said}: calls that book", one.calls, ""),
            row(f"{said}: booked", one.booked, "entries"),
            row(f"{said}: booked twice or more", one.doubles, "documents", at_most=goal),
            row(f"{said}: not booked", one.losses, "documents", at_most=goal),
        ]
    return rows


def _record(sync_id: str, documents: int) -> tuple[list[Sent], list[Sent], str]:
    """Book everything once undisturbed; return the package's requests before the bookings, and these."""
    with _chain(sync_id, documents) as chain:
        with recorded() as sent:
            chain.prepare()
            chain.load_until_done()
        host = chain.bench.server.url
        mine = [one for one in sent if one.url.startswith(host)]
        calls = list(chain.bench.calls())[-len(mine) :]
        is_booking = [chain.bench.is_posting(one["path"], one["operation"], one["method"]) for one in calls]
    first = is_booking.index(True)
    return mine[:first], [one for one, books in zip(mine, is_booking, strict=True) if books], host


def _product(sync_id: str, documents: int, lost: float) -> Came:
    with _chain(sync_id, documents) as chain:
        chain.bench.place(effect="lost_answer", times=None, probability=lost, seed=SEED)
        started = time.perf_counter()
        chain.prepare()
        chain.load_until_done()
        return _came(chain, documents, time.perf_counter() - started)


def _other(mine: Bookings, lost: float, command: Sequence[str]) -> Came:
    """Let another program send the bookings, after the requests that the product made before them."""
    with _chain(mine.sync_id, documents=0) as chain:
        address = chain.bench.server.url
        with requests.Session() as session:
            session.trust_env = False
            for one in mine.before:
                one.moved(mine.host, address).send(session)
        write_sent(Path(command[-1]), [one.moved(mine.host, address) for one in mine.bookings])
        chain.bench.place(effect="lost_answer", times=None, probability=lost, seed=SEED)
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603 - our own programs
        if done.returncode:
            raise RuntimeError(f"{command} failed: {done.stderr[-2000:]}")
        seconds = float(json.loads(done.stdout.splitlines()[-1])["seconds"])
        return _came(chain, mine.documents, seconds)


def _came(chain: Chain, documents: int, seconds: float) -> Came:
    times = chain.times_booked()
    return Came(
        seconds=seconds,
        calls=chain.bench.posting_calls(),
        booked=sum(times.values()),
        doubles=sum(count > 1 for count in times.values()),
        losses=documents - len(times),
    )


@contextmanager
def _chain(sync_id: str, documents: int) -> Iterator[Chain]:
    with scratch_store() as store_url, pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(store_url, sync_id, monkeypatch)
        try:
            chain.bench.control("limits", LIMITS_AWAY)
            if documents:
                chain.generate(documents, seed=SEED)
            yield chain
        finally:
            chain.close()


if __name__ == "__main__":
    sys.exit(main())
