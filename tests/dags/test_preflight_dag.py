"""One DAG checks the tables of all administrations on Monday; a bad row fails in its own task only."""

from pathlib import Path

import pendulum
import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization
from airflow.timetables.base import DagRunInfo, TimeRestriction

from finance_hooks.mapping.folder import MAPPINGS
from finance_hooks.operators.preflight_dag import TAG
from finance_hooks.operators.sync_dag import TAG as SYNC_TAG

DAG_FILE = Path(__file__).resolve().parents[2] / "dags" / "preflight.py"
HEADER, *ROWS = (MAPPINGS / "administrations.csv").read_text(encoding="utf-8").splitlines()


def bag_of(folder: Path, monkeypatch: pytest.MonkeyPatch, *rows: str) -> DagBag:
    (folder / "administrations.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    for files in MAPPINGS.iterdir():
        if files.is_dir():
            (folder / files.name).symlink_to(files)
    monkeypatch.setenv("FINANCE_MAPPINGS", str(folder))
    bag = DagBag(str(DAG_FILE))
    assert bag.import_errors == {}
    return bag


def test_there_is_one_task_for_every_administration_and_none_waits_for_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dag = bag_of(tmp_path, monkeypatch, *ROWS, "bad_row,100").dags["preflight_weekly"]

    assert {task.task_id for task in dag.tasks} == {row.partition(",")[0] for row in ROWS} | {"bad_row"}
    assert all(not task.downstream_task_ids for task in dag.tasks)
    assert TAG in dag.tags
    assert SYNC_TAG not in dag.tags


def test_it_runs_on_monday_morning_where_the_books_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dag = bag_of(tmp_path, monkeypatch, *ROWS).dags["preflight_weekly"]
    timetable = DagSerialization.deserialize_dag(DagSerialization.serialize_dag(dag)).timetable
    amsterdam = pendulum.timezone("Europe/Amsterdam")

    following = timetable.next_dagrun_info(
        last_automated_data_interval=DagRunInfo.exact(
            pendulum.datetime(2026, 3, 23, 7, tz=amsterdam)
        ).data_interval,
        restriction=TimeRestriction(earliest=None, latest=None, catchup=True),
    )

    assert following is not None
    assert following.run_after == pendulum.datetime(2026, 3, 30, 7, tz=amsterdam)
