"""Show how far tonight's runs are: a table that redraws itself, else one line per change."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Self

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from local.airflow_api import TaskState

STAGES: Final = (
    "extract",
    "preflight",
    "transform",
    "relations",
    "load",
    "attach",
    "reconcile",
    "write_back",
    "conclude",
)
TROUBLED: Final = frozenset({"failed", "up_for_retry"})
STYLES: Final = {
    "success": "green",
    "failed": "red",
    "upstream_failed": "red",
    "running": "cyan",
    "up_for_retry": "yellow",
    "up_for_reschedule": "yellow",
}


class Progress:
    """Remembers what was shown last; use it as a context manager around the wait."""

    def __init__(self, console: Console, *, explain: Callable[[TaskState], str]) -> None:
        """Choose the way of showing by the console; `explain` says why a task failed."""
        self._console = console
        self._explain = explain
        self._live = Live(console=console, refresh_per_second=4) if console.is_terminal else None
        self._shown: dict[tuple[str, str], str] = {}

    def __enter__(self) -> Self:
        """Start redrawing on a terminal."""
        if self._live:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the last picture standing."""
        if self._live:
            self._live.stop()

    def show(self, runs: Mapping[str, str], tasks: Sequence[TaskState]) -> None:
        """Show the state of each run (DAG id to state) and of its tasks."""
        if self._live:
            self._live.update(Group(table(runs, tasks), *self._explained(tasks)))
            return
        fresh = changes(self._shown, runs, tasks)
        for (dag_id, what), state in fresh.items():
            self._console.print(f"{dag_id}: {what} {state}", markup=False, highlight=False)
        for line in self._explained([task for task in tasks if (task.dag_id, task.task_id) in fresh]):
            self._console.print(line)
        self._shown |= fresh

    def _explained(self, tasks: Sequence[TaskState]) -> list[Text]:
        told = [(task, self._explain(task)) for task in tasks if task.state in TROUBLED]
        return [Text(f"  {task.dag_id} {task.task_id}: {why}") for task, why in told if why]


def changes(
    shown: Mapping[tuple[str, str], str], runs: Mapping[str, str], tasks: Sequence[TaskState]
) -> dict[tuple[str, str], str]:
    """Return what differs from what was shown before, tasks before runs."""
    now = {(task.dag_id, task.task_id): task.state for task in tasks if task.state}
    now |= {(dag_id, "run"): state for dag_id, state in runs.items()}
    return {key: state for key, state in now.items() if shown.get(key) != state}


def table(runs: Mapping[str, str], tasks: Sequence[TaskState]) -> Table:
    """Return one line per DAG: its tasks in the order of the stages, and the run itself."""
    states = {(task.dag_id, task.task_id): task.state for task in tasks}
    names = [stage for stage in STAGES if any(task.task_id == stage for task in tasks)]
    names += sorted({task.task_id for task in tasks} - set(STAGES))
    drawn = Table(box=None, pad_edge=False)
    for heading in ("administration", *names, "run"):
        drawn.add_column(heading)
    for dag_id, run_state in sorted(runs.items()):
        cells = [states.get((dag_id, name), "") for name in names]
        drawn.add_row(dag_id, *(_cell(state) for state in (*cells, run_state)))
    return drawn


def _cell(state: str) -> Text:
    return Text(state or "·", style=STYLES.get(state, "dim"))
