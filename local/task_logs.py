"""Find in Airflow's log files why a task failed."""

import json
from pathlib import Path


def why_failed(state: Path, *, dag_id: str, run_id: str, task_id: str) -> str:
    """Return the error of the newest try of a task, or nothing when its log names none."""
    folder = state / "airflow" / "logs" / f"dag_id={dag_id}" / f"run_id={run_id}" / f"task_id={task_id}"
    tries = sorted(folder.glob("attempt=*.log"), key=_attempt)
    if not tries:
        return ""
    errors = [error for line in tries[-1].read_text(encoding="utf-8").splitlines() for error in _errors(line)]
    return errors[-1] if errors else ""


def _attempt(log: Path) -> int:
    return int(log.stem.partition("=")[2])


def _errors(line: str) -> list[str]:
    try:
        details = json.loads(line).get("error_detail") or []
    except ValueError:
        return []
    return [f"{detail['exc_type']}: {detail['exc_value']}" for detail in details]
