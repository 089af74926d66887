"""What Airflow knows of our DAGs, their runs and tasks. Its models may move; they are asked here only."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from airflow.models.taskinstance import TaskInstance
from airflow.utils.session import create_session

from finance_hooks.web.access import dag_id_of
from finance_hooks.web.nights import AirflowRun
from finance_hooks.web.steps import Step

WAITS = DagRun.start_date.is_(None)


def next_runs(sync_ids: Collection[str]) -> dict[str, datetime | None]:
    """Say when each administration runs next; `None` while its DAG is paused."""
    by_dag = {dag_id_of(sync_id): sync_id for sync_id in sync_ids}
    with create_session() as session:
        found = session.query(DagModel).filter(DagModel.dag_id.in_(by_dag)).all()
        return {by_dag[dag.dag_id]: None if dag.is_paused else dag.next_dagrun_create_after for dag in found}


def airflow_runs_since(sync_ids: Collection[str], since: datetime) -> list[AirflowRun]:
    """Read the runs of administrations that began after an instant, or wait for their start."""
    return _runs(sync_ids, (DagRun.start_date >= since) | WAITS)


def airflow_runs_before(sync_id: str, before: datetime | None, *, limit: int) -> list[AirflowRun]:
    """Read the newest runs of an administration, or those that began before an instant."""
    found: list[AirflowRun] = []
    # What waits for its start has no start to be sorted by.
    for is_meant, at in ((~WAITS, DagRun.start_date), (WAITS, DagRun.queued_at)):
        earlier = [] if before is None else [at < before]
        found += _runs([sync_id], is_meant, *earlier, newest=at.desc(), limit=limit)
    return found


def airflow_runs_named(sync_id: str, run_ids: Collection[str]) -> list[AirflowRun]:
    """Read runs of an administration by their ids; those that Airflow has forgotten are left out."""
    return _runs([sync_id], DagRun.run_id.in_(run_ids))


def steps_of(runs: Iterable[tuple[str, str]]) -> list[Step]:
    """Read the tasks of runs, named by administration and run id."""
    wanted = {(dag_id_of(sync_id), run_id): sync_id for sync_id, run_id in runs}
    of_dags = TaskInstance.dag_id.in_({dag_id for dag_id, _ in wanted})
    of_runs = TaskInstance.run_id.in_({run_id for _, run_id in wanted})
    columns = (
        TaskInstance.dag_id,
        TaskInstance.run_id,
        TaskInstance.task_id,
        TaskInstance.state,
        TaskInstance.try_number,
        TaskInstance.start_date,
        TaskInstance.end_date,
    )
    with create_session() as session:
        found = session.query(*columns).filter(of_dags, of_runs).all()
    return [
        Step(
            sync_id=wanted[row.dag_id, row.run_id],
            run_id=row.run_id,
            task_id=row.task_id,
            state=row.state,
            attempts=row.try_number,
            started_at=row.start_date,
            ended_at=row.end_date,
        )
        for row in found
        if (row.dag_id, row.run_id) in wanted
    ]


def _runs(
    sync_ids: Collection[str],
    *wanted: Any,  # noqa: ANN401 - conditions on Airflow's own columns
    newest: Any = None,  # noqa: ANN401 - an order of them
    limit: int | None = None,
) -> list[AirflowRun]:
    by_dag = {dag_id_of(sync_id): sync_id for sync_id in sync_ids}
    columns = (
        DagRun.dag_id,
        DagRun.run_id,
        DagRun.state,
        DagRun.conf,
        DagRun.run_after,
        DagRun.queued_at,
        DagRun.start_date,
        DagRun.end_date,
    )
    with create_session() as session:
        chosen = session.query(*columns).filter(DagRun.dag_id.in_(by_dag), *wanted)
        found = chosen.order_by(newest).limit(limit).all()
    return [
        AirflowRun(
            sync_id=by_dag[row.dag_id],
            run_id=row.run_id,
            state=str(row.state),
            is_plan=(row.conf or {}).get("plan") is True,
            started_at=row.start_date or row.queued_at or row.run_after,
            ended_at=row.end_date,
        )
        for row in found
    ]
