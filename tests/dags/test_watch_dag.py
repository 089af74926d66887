"""All administrations are watched by a DAG of its own from the deadline on, and Airflow knows it too."""

import runpy
import subprocess
import sys
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk.definitions.deadline import DeadlineAlert
from airflow.serialization.decoders import decode_deadline_alert
from airflow.serialization.encoders import encode_deadline_alert
from airflow.serialization.serialized_objects import DagSerialization

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.operators.deadline import NightDeadline, deadline_of_run
from finance_hooks.operators.sync_dag import build_sync_dag

DAG_FILE = Path(__file__).resolve().parents[2] / "dags" / "watch.py"


def test_every_administration_is_watched_by_a_task_of_its_own_that_is_tried_again() -> None:
    bag = DagBag(str(DAG_FILE))

    assert bag.import_errors == {}
    (dag,) = bag.dags.values()
    assert {task.task_id for task in dag.tasks} == {row.sync_id for row in read_administrations()}
    assert all(task.retries and task.owner == "finance" and not task.upstream_list for task in dag.tasks)
    assert (dag.dag_id, dag.max_active_runs, dag.catchup) == ("watch_nights", 1, False)
    assert "At 06:00" in str(dag.doc_md)
    assert DagSerialization.from_dict(DagSerialization.to_dict(dag)).dag_id == "watch_nights"


@pytest.mark.parametrize(
    ("done_by", "schedule", "time"),
    [
        (None, "0 6-23 * * *", "06:00"),
        ("07:30", "30 7-23 * * *", "07:30"),
        ("soon", "0 6-23 * * *", "06:00"),
    ],
)
def test_deadline_is_that_of_the_environment_for_the_watch_and_for_airflow(
    monkeypatch: pytest.MonkeyPatch, done_by: str | None, schedule: str, time: str
) -> None:
    monkeypatch.delenv("FINANCE_DONE_BY", raising=False)
    if done_by is not None:
        monkeypatch.setenv("FINANCE_DONE_BY", done_by)

    watch = runpy.run_path(str(DAG_FILE))["watch_nights"]
    alert = alert_of_the_first_row()

    assert watch.timetable.expression == schedule
    assert alert.reference == NightDeadline(time)
    assert alert.callback.path == "finance_hooks.operators.watching.late"
    assert alert.callback.kwargs == {"sync_id": read_administrations()[0].sync_id}


def test_deadline_survives_the_way_through_the_database_since_the_plugin_makes_it_known() -> None:
    restored = decode_deadline_alert(encode_deadline_alert(alert_of_the_first_row()))

    assert restored.reference.inner_ref == NightDeadline("06:00")
    assert restored.interval == timedelta(0)


@pytest.mark.parametrize(
    ("run_type", "run_after", "done_by", "deadline"),
    [
        ("scheduled", "2026-11-29T03:00+00:00", "06:00", "2026-11-29T06:00+01:00"),
        ("scheduled", "2026-10-25T03:00+00:00", "06:00", "2026-10-25T06:00+01:00"),
        ("scheduled", "2026-03-29T02:00+00:00", "06:00", "2026-03-29T06:00+02:00"),
        ("scheduled", "2026-11-29T03:00+00:00", "03:00", "2026-11-30T03:00+01:00"),
        ("manual", "2026-11-29T03:00+00:00", "06:00", None),
        ("backfill", "2026-11-29T03:00+00:00", "06:00", None),
    ],
)
def test_scheduled_run_has_to_be_done_by_that_time_of_its_day_also_when_clocks_change(
    run_type: str, run_after: str, done_by: str, deadline: str | None
) -> None:
    found = deadline_of_run(run_type, datetime.fromisoformat(run_after), time.fromisoformat(done_by))

    assert found == (deadline and datetime.fromisoformat(deadline))


def test_callback_of_the_deadline_can_be_called_as_airflow_calls_it() -> None:
    from airflow.sdk._shared.module_loading import accepts_context, import_string  # noqa: PLC0415

    assert accepts_context(import_string(alert_of_the_first_row().callback.path))


def alert_of_the_first_row() -> DeadlineAlert:
    """Return the deadline that Airflow is told of."""
    deadline = build_sync_dag(read_administrations()[0]).deadline
    assert isinstance(deadline, list)
    (alert,) = deadline
    return alert


def test_dag_file_brings_no_pandas_along() -> None:
    reading = "import runpy, sys; runpy.run_path(sys.argv[1]); sys.exit('pandas' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", reading, str(DAG_FILE)], check=False, timeout=120)

    assert done.returncode == 0
