"""The store is kept by a DAG of its own, which no administration can hold up."""

from pathlib import Path

from airflow.dag_processing.dagbag import DagBag
from airflow.serialization.serialized_objects import DagSerialization

DAG_FILE = Path(__file__).resolve().parents[2] / "dags" / "maintenance.py"


def test_store_is_kept_every_month_by_one_task_that_is_tried_again() -> None:
    bag = DagBag(str(DAG_FILE))

    assert bag.import_errors == {}
    (dag,) = bag.dags.values()
    (task,) = dag.tasks
    assert (dag.dag_id, task.task_id, dag.max_active_runs) == ("keep_store", "keep_store", 1)
    assert (task.owner, bool(task.retries), dag.catchup) == ("finance", True, False)
    assert dag.tags == {"finance-maintenance", "owner:finance"}
    assert "keep_years" in str(dag.doc_md)
    assert DagSerialization.from_dict(DagSerialization.to_dict(dag)).dag_id == "keep_store"
