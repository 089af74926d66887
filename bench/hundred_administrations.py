"""Run a night of many administrations on 1, 2 and 4 Celery workers, one of which is killed on the way.

The one that is killed is of the run with the most workers; started again ten seconds later.

All organisations stand in one emulated source, all companies in one emulated package, without the vendors'
limits. Needed is a Redis: see `make up EXECUTOR=celery`. Prints time, documents a second, doubles and losses.

    python -m bench.hundred_administrations [--administrations 100] [--documents 1000] [--workers 1 2 4]
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from adversary.picture import REFERENCE
from bench.many_administrations import Emulation, make_rows, write_mappings
from chaos.administrations import Row
from chaos.store import Stores
from chaos.vendors import SOURCE
from local import celery_workers, postgres
from local.airflow_api import unfinished
from local.components import ComponentError, kill
from local.sync import COLOURING_TASK
from local.system import (
    RunningSystem,
    exclusive,
    interrupted_by_sigterm,
    start_system,
    stop_system,
)
from local.task_logs import why_failed

POLL_S = 1.0
PATIENCE_S = 4 * 3600.0
MOST_NIGHTS = 4
KILLED = "worker-1"
DEAD_FOR_S = 10.0
SETTINGS = {"AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT": "300"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one run came to; `seconds` from the first trigger until nothing is open any more."""

    workers: int
    killed: bool
    seconds: float
    nights: int
    states: Counter[str]
    doubles: int
    losses: int

    def line(self, issued: int) -> str:
        """Show it as a row."""
        speed = issued / self.seconds
        name = f"{self.workers}{' killed' if self.killed else ''}"
        return (
            f"{name:10}{self.seconds:>9.0f} s {speed:>8.2f}/s {self.nights:>7} {self.doubles:>8} "
            f"{self.losses:>7}  {dict(sorted(self.states.items()))}"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run them all, print, and return 1 when anything was doubled or lost."""
    asked = _parser().parse_args(arguments)
    rows = make_rows(asked.administrations)
    issued = asked.administrations * asked.documents
    print(f"{asked.administrations} administrations, {asked.documents} documents each: {issued} in all")
    print(f"{'workers':10}{'time':>11} {'documents':>10} {'nights':>7} {'doubles':>8} {'losses':>7}  states")
    found = []
    for workers in asked.workers:
        is_killed = not asked.no_kill and workers == max(asked.workers) > 1
        figures = _run(rows, asked.documents, workers=workers, is_killed=is_killed)
        print(figures.line(issued), flush=True)
        found.append(figures)
    return 1 if any(one.doubles or one.losses for one in found) else 0


def _run(rows: Sequence[Row], documents: int, *, workers: int, is_killed: bool) -> Figures:
    with tempfile.TemporaryDirectory(prefix="finance-bench-") as folder:
        state, mappings = Path(folder) / "state", Path(folder) / "mappings"
        state.mkdir()
        write_mappings(rows, mappings)
        _set_up(mappings, state)
        emulation = Emulation(state, rows, documents)
        with exclusive(state), interrupted_by_sigterm():
            try:
                system = start_system(state, on_schedule=False, workers=workers, emulation=emulation.start)
                night = Night(system=system, state=state, rows=rows, kills_at=len(rows) * documents // 3)
                seconds, nights = night.live(is_killed=is_killed)
                doubles, losses = _judge(emulation, system, rows)
            finally:
                stop_system(state)
                postgres.forget(state)
    return Figures(
        workers=workers,
        killed=is_killed,
        seconds=seconds,
        nights=nights,
        states=night.seen,
        doubles=doubles,
        losses=losses,
    )


@dataclass(slots=True, kw_only=True)
class Night:
    """Runs of all administrations at once; a worker is killed when so many documents are booked."""

    system: RunningSystem
    state: Path
    rows: Sequence[Row]
    kills_at: int
    seen: Counter[str] = field(default_factory=Counter)
    nights: int = 0

    def live(self, *, is_killed: bool) -> tuple[float, int]:
        """Trigger nights until nothing is open; return the seconds it took, and how many nights."""
        dag_ids = [f"sync_{row.sync_id}" for row in self.rows]
        self._wait(lambda: len(self.system.api.our_dags()) >= len(dag_ids), "the reading of the DAGs")
        began_s = time.monotonic()
        kills_left = int(is_killed)
        for _ in range(MOST_NIGHTS):
            self.nights += 1
            runs = {dag_id: self.system.api.trigger(dag_id) for dag_id in dag_ids}
            # One that is unfinished is enough to know: asking for all of them keeps a core busy.
            while any(unfinished([self.system.api.run_state(*run)]) for run in runs.items()):
                if kills_left and self._count()["booked"] >= self.kills_at:
                    self._kill()
                    kills_left = 0
                if time.monotonic() - began_s > PATIENCE_S:
                    raise ComponentError(f"Not done after {PATIENCE_S:.0f} s: {self._count()}")
                time.sleep(POLL_S)
            self.seen = self._count()
            self._tell_failures(runs)
            if set(self.seen) <= {"booked", "parked"}:
                break
        return time.monotonic() - began_s, self.nights

    def _count(self) -> Counter[str]:
        engine = sa.create_engine(self.system.databases.store_url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            rows = connection.execute(sa.text("SELECT state, count(*) AS n FROM posting GROUP BY state"))
            return Counter({row.state: row.n for row in rows})

    def _tell_failures(self, runs: dict[str, str]) -> None:
        """Print what failed, but for the task that only colours its run, with its error."""
        for task in self.system.api.task_states(runs):
            if task.state == "failed" and task.task_id != COLOURING_TASK:
                why = why_failed(
                    self.state, dag_id=task.dag_id, run_id=runs[task.dag_id], task_id=task.task_id
                )
                print(f"  {task.dag_id} {task.task_id}: {why[:200]}", flush=True)

    def _kill(self) -> None:
        victim = next(one for one in self.system.components if one.name == KILLED)
        kill(victim)
        time.sleep(DEAD_FOR_S)
        celery_workers.start_worker(KILLED, environment=self.system.environment, state=self.state)

    def _wait(self, holds: Callable[[], bool], awaited: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not holds():
            if time.monotonic() > deadline:
                raise ComponentError(f"{awaited} did not happen")
            time.sleep(POLL_S)


def _judge(emulation: Emulation, system: RunningSystem, rows: Sequence[Row]) -> tuple[int, int]:
    """Count references that stand twice, and documents neither in the books nor in the store."""
    stores = Stores(system.databases)
    doubles = losses = 0
    for row in rows:
        booked = emulation.vendors.listed(row.system, "entries", row.target_administration)
        times = Counter(reference for entry in booked for reference in set(REFERENCE.findall(str(entry))))
        doubles += sum(count > 1 for count in times.values())
        issued = emulation.vendors.listed(SOURCE, "entries", row.organisation)
        known = stores.numbers(row.sync_id)
        losses += len({str(entry["number"]) for entry in issued} - known)
        losses += max(0, stores.booked(row.sync_id) - len(times))
    return doubles, losses


def _set_up(mappings: Path, state: Path) -> None:
    """Let nothing of the user's own environment lead to real systems."""
    for name in [name for name in os.environ if name.startswith(("AIRFLOW", "FINANCE_"))]:
        del os.environ[name]
    os.environ.update(SETTINGS, FINANCE_MAPPINGS=str(mappings), FINANCE_PLANS=str(state / "plans"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.hundred_administrations")
    parser.add_argument("--administrations", type=int, default=100)
    parser.add_argument("--documents", type=int, default=1000, help="per administration")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--no-kill", action="store_true", help="kill no worker")
    return parser


if __name__ == "__main__":
    sys.exit(main())
