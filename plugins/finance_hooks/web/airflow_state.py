"""What Airflow knows of our DAGs: when each runs next. Its models may move; they are asked here only."""

from collections.abc import Collection
from datetime import datetime

from airflow.models.dag import DagModel
from airflow.utils.session import create_session

from finance_hooks.web.access import dag_id_of


def next_runs(sync_ids: Collection[str]) -> dict[str, datetime | None]:
    """Say when each administration runs next; `None` while its DAG is paused."""
    by_dag = {dag_id_of(sync_id): sync_id for sync_id in sync_ids}
    with create_session() as session:
        found = session.query(DagModel).filter(DagModel.dag_id.in_(by_dag)).all()
        return {by_dag[dag.dag_id]: None if dag.is_paused else dag.next_dagrun_create_after for dag in found}
