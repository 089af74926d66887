"""Every row of administrations.csv is a DAG, and a bad row takes no other along."""

import subprocess
import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization

from finance_hooks.mapping.folder import MAPPINGS
from finance_hooks.operators.selection import PARAMS
from finance_hooks.operators.sync_dag import TAG

DAG_FILE = Path(__file__).resolve().parents[2] / "dags" / "sync.py"
HEADER, NL, BE = (MAPPINGS / "administrations.csv").read_text(encoding="utf-8").splitlines()[:3]


def _dags(folder: Path, monkeypatch: pytest.MonkeyPatch, *rows: str) -> DagBag:
    (folder / "administrations.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    for files in MAPPINGS.iterdir():
        if files.is_dir():
            (folder / files.name).symlink_to(files)
    monkeypatch.setenv("FINANCE_MAPPINGS", str(folder))
    bag = DagBag(str(DAG_FILE))
    assert bag.import_errors == {}
    return bag


def test_every_administration_has_its_dag_with_its_tags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bag = _dags(tmp_path, monkeypatch, HEADER, NL, BE)

    assert set(bag.dags) == {"sync_exact_nl", "sync_exact_be"}
    dag = bag.dags["sync_exact_nl"]
    assert dag.tags == {TAG, "organisation:100", "target:exactonline", "country:NL", "owner:finance"}
    assert dag.doc_md is not None
    assert "1234567" in dag.doc_md


def test_tasks_run_in_one_line_and_the_last_three_whatever_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dag = _dags(tmp_path, monkeypatch, HEADER, NL).dags["sync_exact_nl"]

    line = ["extract", "preflight", "transform", "relations", "load", "attach"]
    line += ["reconcile", "write_back", "conclude"]
    assert {task_id: dag.get_task(task_id).downstream_task_ids for task_id in line[:-1]} == {
        task_id: {after} for task_id, after in pairwise(line)
    }
    assert {task.task_id for task in dag.tasks} == set(line)
    assert {task.task_id for task in dag.tasks if task.trigger_rule == "all_done"} == {
        "reconcile",
        "write_back",
        "conclude",
    }
    assert all(task.retries and task.owner == "finance" for task in dag.tasks)
    assert {task.retry_delay for task in dag.tasks} == {timedelta(seconds=15)}
    assert set(dag.params) == PARAMS


def test_bad_row_still_has_its_dag_beside_the_good_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bag = _dags(tmp_path, monkeypatch, HEADER, NL, BE.replace("exactonline,", "exact,", 1))

    assert set(bag.dags) == {"sync_exact_nl", "sync_exact_be"}


def test_sync_id_used_twice_fails_in_a_dag_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bag = _dags(tmp_path, monkeypatch, HEADER, NL, NL, BE)

    assert set(bag.dags) == {"sync_configuration", "sync_exact_be"}


def test_dags_survive_the_way_through_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dag = _dags(tmp_path, monkeypatch, HEADER, NL).dags["sync_exact_nl"]

    restored = DagSerialization.from_dict(DagSerialization.to_dict(dag))

    assert restored.task_dict["load"].task_id == "load"


def test_dag_file_is_short_and_brings_no_pandas_along() -> None:
    reading = "import runpy, sys; runpy.run_path(sys.argv[1]); sys.exit('pandas' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", reading, str(DAG_FILE)], check=False, timeout=120)

    assert done.returncode == 0
    assert len(DAG_FILE.read_text(encoding="utf-8").splitlines()) < 60
