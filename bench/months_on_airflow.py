"""Backfill months through a real scheduler while nights run and workers die: doubles, losses, wall time.

Starts a whole Airflow with one administration and the emulators. Meanwhile nightly runs are triggered, one
task process that holds the books is killed and another is frozen for longer than its lease.

    python -m bench.months_on_airflow [MONTHS] [DOCUMENTS_A_DAY] [RUNS_AT_ONCE]
"""

import os
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from finance_hooks.store.engine import store_engine
from local.system import interrupted_by_sigterm
from tests.scheduler.scene import AMSTERDAM, BOOKS_SYSTEM, DAG_ID, ENDED, Run, Scene
from tests.scheduler.stage import staged

OPEN_WINDOW = timedelta(days=45)
FROZEN_FOR = timedelta(seconds=150)
"""Longer than the lease of 120 seconds."""
NIGHT_EVERY = timedelta(seconds=300)
POLL_S = 0.2
PAGE = 100


@dataclass(slots=True)
class Interruptions:
    """What is done to the workers: the second holder of the books is killed, the fourth is frozen."""

    seen: list[str] = field(default_factory=list)
    killed: str = ""
    frozen: tuple[int, float] | None = None
    froze: str = ""

    def act(self, scene: Scene) -> None:
        """Look who holds the books, and interrupt whoever's turn it is."""
        if self.frozen and time.monotonic() > self.frozen[1]:
            os.kill(self.frozen[0], signal.SIGCONT)
            self.frozen = None
        owner = _holder(scene)
        if owner is None or owner in self.seen or " load " not in owner:
            return
        self.seen.append(owner)
        pid = int(re.findall(r"pid (\d+)", owner)[0])
        if len(self.seen) == 2:
            os.kill(pid, signal.SIGKILL)
            self.killed = owner
        if len(self.seen) == 4:
            os.kill(pid, signal.SIGSTOP)
            self.froze, self.frozen = owner, (pid, time.monotonic() + FROZEN_FOR.total_seconds())


def main(months: int, documents_a_day: int, at_once: int) -> int:
    """Backfill, print, and return 1 when anything was doubled or lost."""
    with _scene() as scene:
        last = datetime.now(AMSTERDAM).date() - OPEN_WINDOW - timedelta(days=1)
        days = [last - timedelta(days=number) for number in range(months * 365 // 12)]
        before = scene.booked()
        scene.issue(*days, count=documents_a_day)
        started = time.monotonic()
        interruptions, nights = _live(scene, days, at_once)
        wall_s = time.monotonic() - started
        return _judge(scene, days, documents_a_day, before, (interruptions, nights, wall_s))


def _live(scene: Scene, days: list[date], at_once: int) -> tuple[Interruptions, list[Run]]:
    """Create the backfill as an operator does; trigger nights and interrupt workers until it is done."""
    interruptions, nights = Interruptions(), []
    scene.command(
        *("backfill", "create", "--dag-id", DAG_ID),
        *("--from-date", str(days[-1]), "--to-date", f"{days[0]}T23:59"),
        *("--max-active-runs", str(at_once)),
    )
    next_night = time.monotonic()
    while any(run["state"] not in ENDED for run in _all_runs(scene)):
        if time.monotonic() > next_night:
            nights.append(scene.trigger())
            next_night += NIGHT_EVERY.total_seconds()
        pause_until = time.monotonic() + 5
        while time.monotonic() < pause_until:
            interruptions.act(scene)
            time.sleep(POLL_S)
    return interruptions, [scene.run(run_id) for run_id in nights]


def _judge(
    scene: Scene,
    days: list[date],
    documents_a_day: int,
    before: Counter[str],
    happened: tuple[Interruptions, list[Run], float],
) -> int:
    interruptions, nights, wall_s = happened
    booked = scene.booked()
    runs = [run for run in _all_runs(scene) if run["run_type"] == "backfill"]
    doubles = sum(count > 1 for count in booked.values())
    losses = documents_a_day * len(days) - (sum(booked.values()) - sum(before.values()))
    took = [_seconds(run) for run in nights]
    statuses = Counter(call["status"] for call in _calls(scene))
    print(f"{len(days)} days, {documents_a_day} documents each: {wall_s:.0f} s")
    print(f"{len(runs)} backfill runs {dict(Counter(run['state'] for run in runs))}")
    print(f"{len(nights)} nights beside them took {min(took):.0f} to {max(took):.0f} s")
    print(f"killed: {interruptions.killed}; frozen: {interruptions.froze}")
    print(f"{sum(booked.values())} bookings, doubles {doubles}, losses {losses}, states {_states(scene)}")
    print(f"calls to Exact by status: {dict(statuses)}")
    return 1 if doubles or losses else 0


@contextmanager
def _scene() -> Iterator[Scene]:
    with tempfile.TemporaryDirectory(prefix="finance-months-") as folder:
        state, mappings = Path(folder, "state"), Path(folder, "mappings")
        state.mkdir()
        mappings.mkdir()
        with interrupted_by_sigterm(), staged(state, mappings) as scene:
            yield scene


def _all_runs(scene: Scene) -> list[Run]:
    found: list[Run] = []
    while len(found) % PAGE == 0:
        page = scene.call("GET", f"/dags/{DAG_ID}/dagRuns?order_by=id&limit={PAGE}&offset={len(found)}")
        found += page["dag_runs"]
        if not page["dag_runs"]:
            break
    return found


def _calls(scene: Scene) -> Iterator[dict[str, object]]:
    page: int | None = 1
    while page is not None:
        answer = scene.vendor(BOOKS_SYSTEM, f"calls?page={page}")
        yield from answer["calls"]
        page = answer["next"]


def _holder(scene: Scene) -> str | None:
    chosen = sa.text("SELECT owner FROM lease WHERE name LIKE 'books:%' AND expires_at > now()")
    with store_engine(scene.system.databases.store_url).begin() as connection:
        owner: str | None = connection.execute(chosen).scalar()
    return owner


def _states(scene: Scene) -> dict[str, int]:
    chosen = sa.text("SELECT state, count(*) AS n FROM posting GROUP BY state")
    with store_engine(scene.system.databases.store_url).begin() as connection:
        return {row.state: row.n for row in connection.execute(chosen)}


def _seconds(run: Run) -> float:
    return (
        datetime.fromisoformat(run["end_date"]) - datetime.fromisoformat(run["run_after"])
    ).total_seconds()


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(given + [3, 2, 1][len(given) :])))
