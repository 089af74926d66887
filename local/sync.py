"""Run tonight's delta of every administration once, on an Airflow started for it, and report."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console

from local.airflow_api import Dag, TaskState, unfinished
from local.components import ComponentError, wait_until
from local.paths import DAGS
from local.progress import Progress
from local.run_report import administrations_of
from local.sync_report import complaints, print_report, report_file, summary, write_report
from local.system import (
    RunningSystem,
    exclusive,
    interrupted_by_sigterm,
    refuse_when_up,
    start_system,
    stop_system,
)
from local.task_logs import why_failed

PARSE_TIMEOUT_S: Final = 90.0
RUN_TIMEOUT_S: Final = 1800.0
POLL_S: Final = 1.0
# conclude raises to colour its run when documents were parked; that is no failure of the run.
COLOURING_TASK: Final = "conclude"
FAILED: Final = frozenset({"failed", "upstream_failed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The runs of one night: DAG id to run id, and where their tasks ended."""

    runs: dict[str, str]
    tasks: list[TaskState]


def sync(state: Path, *, console: Console, workers: int = 0, dags: Path = DAGS) -> int:
    """Run the whole chain and return the exit code: 0 when every document is accounted for."""
    started = time.monotonic()
    with exclusive(state), interrupted_by_sigterm():
        refuse_when_up(state)
        try:
            console.print("Starting the databases, the emulators and Airflow")
            system = start_system(state, on_schedule=False, workers=workers, dags=dags)
            console.print(f"Healthy after {time.monotonic() - started:.1f} s")
            finished = _run_all(system, state=state, console=console)
            console.print(f"All runs ended after {time.monotonic() - started:.1f} s")
            rows = administrations_of(system.databases.store_url, runs=finished.runs)
        finally:
            stop_system(state)
    report = report_file(rows, seconds=time.monotonic() - started)
    write_report(state / "sync-report.json", report)
    print_report(rows, console=console)
    expected = [dag_id.removeprefix("sync_") for dag_id in finished.runs]
    said = [*failures(finished.tasks), *complaints(rows, expected=expected)]
    for complaint in said:
        console.print(f"WRONG: {complaint}", markup=False, style="red", soft_wrap=True)
    verdict = "This run is not right, see above." if said else summary(report)
    console.print(f"\n{verdict} The whole run took {report['seconds']} s.", markup=False)
    return 1 if said else 0


def failures(tasks: Sequence[TaskState]) -> list[str]:
    """Name the tasks that failed, leaving out the one that only colours its run."""
    return [
        f"{task.dag_id}: task {task.task_id} is {task.state}"
        for task in tasks
        if task.state in FAILED and task.task_id != COLOURING_TASK
    ]


def _run_all(system: RunningSystem, *, state: Path, console: Console) -> Finished:
    dags = _parsed_dags(system)
    paused = [dag.dag_id for dag in dags if dag.paused]
    if paused:
        raise ComponentError(f"Paused in Airflow, so not run: {', '.join(paused)}. Unpause them first.")
    runs = {dag.dag_id: system.api.trigger(dag.dag_id) for dag in dags}

    def explain(task: TaskState) -> str:
        return why_failed(state, dag_id=task.dag_id, run_id=runs[task.dag_id], task_id=task.task_id)

    with Progress(console, explain=explain) as progress:
        tasks = _wait_for_runs(system, runs, progress)
    return Finished(runs=runs, tasks=tasks)


def _wait_for_runs(system: RunningSystem, runs: dict[str, str], progress: Progress) -> list[TaskState]:
    deadline = time.monotonic() + RUN_TIMEOUT_S
    while True:
        states = {dag_id: system.api.run_state(dag_id, run_id) for dag_id, run_id in runs.items()}
        tasks = system.api.task_states(runs)
        progress.show(states, tasks)
        if not unfinished(list(states.values())):
            return tasks
        for component in system.components:
            if not component.is_alive():
                raise ComponentError(f"{component.name} stopped unexpectedly:\n{component.tail()}")
        if time.monotonic() > deadline:
            raise ComponentError(f"After {RUN_TIMEOUT_S:.0f} s these runs are not done: {states}")
        time.sleep(POLL_S)


def _parsed_dags(system: RunningSystem) -> list[Dag]:
    """Wait until this Airflow has read our DAGs; one file makes them all, so they appear at once."""
    found: list[Dag] = []

    def parsed() -> bool:
        if errors := system.api.import_errors(since=system.started_at):
            raise ComponentError("Airflow cannot import these files:\n" + "\n".join(errors))
        found[:] = [
            dag for dag in system.api.our_dags() if dag.parsed_at and dag.parsed_at >= system.started_at
        ]
        return bool(found)

    wait_until(
        parsed, components=system.components, timeout_s=PARSE_TIMEOUT_S, awaited="the reading of our DAGs"
    )
    return found
