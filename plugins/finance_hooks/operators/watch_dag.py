"""Build the DAG that looks after all administrations from the deadline on, also when nothing else runs."""

from collections.abc import Iterable
from datetime import timedelta

from airflow.sdk import DAG, CronTriggerTimetable

from finance_hooks.mapping.administrations import AdministrationRow
from finance_hooks.operators.deadline import done_by
from finance_hooks.operators.retry_policy import FIRST_DELAY_S, ByWhoMustAct
from finance_hooks.operators.sync_dag import OWNER, ZONE
from finance_hooks.operators.watching import WatchAdministrationOperator

DAG_ID = "watch_nights"
WATCH_TAG = "finance-watch"
LAST_HOUR = 23
RETRIES = 3
"""The next hour tries again anyway."""

EXPLANATION = """
At {done_by}, and every hour after that until midnight, this asks of each administration: is the night done,
and was everybody told of everything? It tells of nights that are missed or not done, and of what was found
after the message of a run had gone out; it offers messages again that could not be sent. It books nothing and
calls no package.

A task is red while a message cannot be sent: its log says why. Who is told stands in the Airflow variable
`finance_alerts`.
"""


def build_watch_dag(rows: Iterable[AdministrationRow]) -> DAG:
    """Build the DAG with one task per row of administrations.csv, good or bad."""
    first = done_by()
    dag = DAG(
        dag_id=DAG_ID,
        schedule=CronTriggerTimetable(f"{first.minute} {first.hour}-{LAST_HOUR} * * *", timezone=ZONE),
        catchup=False,
        is_paused_upon_creation=False,
        max_active_runs=1,
        tags=[WATCH_TAG, f"owner:{OWNER}"],
        doc_md=EXPLANATION.format(done_by=f"{first:%H:%M}"),
        default_args={
            "owner": OWNER,
            "retries": RETRIES,
            "retry_policy": ByWhoMustAct(),
            "retry_delay": timedelta(seconds=FIRST_DELAY_S),
        },
    )
    for row in rows:
        WatchAdministrationOperator(task_id=row.sync_id, sync_id=row.sync_id, dag=dag)
    return dag
