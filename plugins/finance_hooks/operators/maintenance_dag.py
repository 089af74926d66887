"""Build the DAG that keeps the store: once a month, whatever the administrations do."""

from datetime import timedelta

from airflow.sdk import DAG, CronTriggerTimetable

from finance_hooks.operators.keep_store import KeepStoreOperator
from finance_hooks.operators.retry_policy import FIRST_DELAY_S, RETRIES, ByWhoMustAct
from finance_hooks.operators.sync_dag import OWNER, ZONE

MONTHLY = "0 6 2 * *"
MAINTENANCE_TAG = "finance-maintenance"

EXPLANATION = """
On the second of every month this takes bodies and texts from documents that are settled (booked, or withdrawn
by the source) and were kept for as many years as field `keep_years` of connection `finance_store` says, 7
unless it says otherwise. Keys, digests, amounts, states and events stay, so nothing is ever booked again.
`airflow finance purge --dry-run` says what would go.
"""


def build_maintenance_dag() -> DAG:
    """Build the DAG `keep_store`."""
    dag = DAG(
        dag_id="keep_store",
        schedule=CronTriggerTimetable(MONTHLY, timezone=ZONE),
        catchup=False,
        is_paused_upon_creation=False,
        max_active_runs=1,
        tags=[MAINTENANCE_TAG, f"owner:{OWNER}"],
        doc_md=EXPLANATION,
        default_args={
            "owner": OWNER,
            "retries": RETRIES,
            "retry_policy": ByWhoMustAct(),
            "retry_delay": timedelta(seconds=FIRST_DELAY_S),
        },
    )
    KeepStoreOperator(task_id="keep_store", dag=dag)
    return dag
