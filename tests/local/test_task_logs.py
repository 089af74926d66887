import json
from pathlib import Path

from local.task_logs import why_failed


def write_log(state: Path, attempt: int, *lines: str) -> None:
    """Write the log of one try of load."""
    folder = state / "airflow/logs/dag_id=sync_100_nl/run_id=manual__1/task_id=load"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"attempt={attempt}.log").write_text("\n".join(lines), encoding="utf-8")


def failure(kind: str, why: str) -> str:
    """Return the line Airflow writes when a task fails."""
    return json.dumps(
        {"event": "Task failed with exception", "error_detail": [{"exc_type": kind, "exc_value": why}]}
    )


def test_error_of_the_newest_try_is_told(tmp_path: Path) -> None:
    write_log(tmp_path, 9, failure("TemporaryFailure", "the books do not answer"))
    write_log(tmp_path, 10, '{"event": "::group::"}', "not json", failure("ConfigurationError", "no consent"))

    told = why_failed(tmp_path, dag_id="sync_100_nl", run_id="manual__1", task_id="load")

    assert told == "ConfigurationError: no consent"


def test_task_without_a_log_has_no_error(tmp_path: Path) -> None:
    assert why_failed(tmp_path, dag_id="sync_100_nl", run_id="manual__1", task_id="load") == ""
