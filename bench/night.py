"""A night through real Airflow beside the same night without Airflow, and beside a script of the same calls.

Three times from nothing, with the same documents and without vendors' limits: the DAG's run on a whole
Airflow; its steps in one process, whose requests are kept; those requests alone, sent by a plain loop that
maps nothing, keeps nothing and asks nothing. Each has emulators that are programs of their own.

    python -m bench.night [--sync-id ID] [--documents 1000 10000]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.one_administration import OneEmulation, row_of, without_airflow, write_own_mappings
from bench.report import Row, finish, machine, row
from chaos.administrations import MAPPINGS, read_rows
from local import postgres
from local.airflow_api import unfinished
from local.components import ComponentError, own_program
from local.system import RunningSystem, exclusive, interrupted_by_sigterm, start_system, stop_system

POLL_S = 0.25
PATIENCE_S = 7200.0
LIMIT = 1.10
SETTINGS = {"AIRFLOW__CORE__PARALLELISM": "2"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.night")
    parser.add_argument("--sync-id", default=read_rows(MAPPINGS)[0].sync_id)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000])
    parser.add_argument("--answer-s", type=float, default=0.0, help="seconds each answer is under way")
    asked = parser.parse_args(arguments)
    found = [
        one for documents in asked.documents for one in measure(asked.sync_id, documents, asked.answer_s)
    ]
    return finish("night", found, machine())


def measure(sync_id: str, documents: int, answer_s: float = 0.0) -> list[Row]:
    """Run the night in three ways and return seconds and ratios."""
    administration = row_of(sync_id)
    with tempfile.TemporaryDirectory(prefix="finance-bench-") as folder, interrupted_by_sigterm():
        write_own_mappings(administration, Path(folder, "mappings"))

        def emulation(name: str) -> OneEmulation:
            state = Path(folder, name)
            state.mkdir()
            return OneEmulation(state, administration, documents, answer_s)

        through = _airflow(emulation("airflow"))
        requests = Path(folder, "requests")
        steps, old = _steps(emulation("steps"), requests)
        plain = _plain(emulation("plain"), requests, old)
    name = f"{sync_id}, {documents:,} documents, answers in {1000 * answer_s:.0f} ms"
    alone = sum(steps["seconds"].values())
    goal = LIMIT if documents >= 10_000 else None
    return [
        row(f"{name}: the run in Airflow", through["run"], "s"),
        row(f"{name}: its tasks, without the time between them", sum(through["tasks"].values()), "s"),
        row(f"{name}: between the tasks", through["run"] - sum(through["tasks"].values()), "s"),
        *(row(f"{name}: task {task}", seconds, "s") for task, seconds in through["tasks"].items()),
        row(f"{name}: the steps in one process, without Airflow", alone, "s"),
        *(row(f"{name}: step {task}", seconds, "s") for task, seconds in steps["seconds"].items()),
        row(f"{name}: requests", steps["requests"], ""),
        row(f"{name}: the same requests, by a plain loop", plain, "s"),
        row(f"{name}: Airflow / steps in one process", through["run"] / alone, ""),
        row(f"{name}: Airflow / plain loop", through["run"] / plain, "", at_most=goal),
    ]


def _airflow(emulation: OneEmulation) -> dict[str, Any]:
    """Trigger one run of a whole Airflow; return the seconds of the run, and of each of its tasks."""
    os.environ.update(SETTINGS)
    state = emulation.vendors.state
    with exclusive(state):
        try:
            system = start_system(state, on_schedule=False, emulation=emulation.start)
            return _run(system, f"sync_{emulation.row.sync_id}")
        finally:
            stop_system(state)
            postgres.forget(state)


def _run(system: RunningSystem, dag_id: str) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_S
    while not any(dag.dag_id == dag_id for dag in system.api.our_dags()):
        _wait(deadline)
    started = time.monotonic()
    run_id = system.api.trigger(dag_id)
    while unfinished([system.api.run_state(dag_id, run_id)]):
        _wait(deadline)
    seconds = time.monotonic() - started
    if system.api.run_state(dag_id, run_id) != "success":
        raise ComponentError(f"{dag_id} {run_id} did not succeed")
    return {"run": seconds, "tasks": system.api.task_seconds(dag_id, run_id)}


def _wait(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise ComponentError(f"Not done after {PATIENCE_S:.0f} s")
    time.sleep(POLL_S)


def _steps(emulation: OneEmulation, requests: Path) -> tuple[dict[str, Any], list[str]]:
    """Run the steps in one process; return what they say, and where their emulators stood."""
    with without_airflow(emulation) as environment:
        said = _child("bench.steps_alone", emulation.row.sync_id, str(requests), environment=environment)
        return json.loads(said.splitlines()[-1]), _hosts(emulation)


def _plain(emulation: OneEmulation, requests: Path, old: Sequence[str]) -> float:
    """Send the same requests to emulators that stand as those of the steps did."""
    with without_airflow(emulation) as environment:
        moved = [f"{before}={after}" for before, after in zip(old, _hosts(emulation), strict=True)]
        return float(_child("bench.replay", str(requests), *moved, environment=environment))


def _hosts(emulation: OneEmulation) -> list[str]:
    return [f":{port}/" for port in emulation.vendors.ports.values()]


def _child(module: str, *arguments: str, environment: Mapping[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 - our own program
        own_program(module, *arguments), env=dict(environment), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ComponentError(f"{module} failed: {done.stderr[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
