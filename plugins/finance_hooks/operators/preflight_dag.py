"""Build the DAG that checks the mapping tables of all administrations on Monday morning."""

from collections.abc import Iterable
from datetime import timedelta

from airflow.sdk import DAG, CronTriggerTimetable

from finance_hooks.mapping.administrations import AdministrationRow
from finance_hooks.operators.preflight import CheckTablesOperator
from finance_hooks.operators.retry_policy import FIRST_DELAY_S, RETRIES, ByWhoMustAct
from finance_hooks.operators.sync_dag import OWNER, ZONE

DAG_ID = "preflight_weekly"
TAG = "finance-check"
WEEKLY = "0 7 * * 1"

EXPLANATION = """
Every Monday at 07:00 this holds each row of the mapping tables against the codes that the package really has:
journals, ledger accounts, VAT codes and percentages, cost centres, payment terms, parties, today's period.

A task is red when rows of its administration are wrong, or its package cannot be read: its log names file,
line, code and remedy. Nothing is booked, and one administration never hides the others. Documents that use a
wrong row are parked by their own nightly run; the others are booked.
"""


def build_preflight_dag(rows: Iterable[AdministrationRow]) -> DAG:
    """Build the DAG with one task per row of administrations.csv; a bad row fails in its own task."""
    dag = DAG(
        dag_id=DAG_ID,
        # The other timetable would check last week at once wherever the DAG is new.
        schedule=CronTriggerTimetable(WEEKLY, timezone=ZONE),
        catchup=False,
        is_paused_upon_creation=False,
        tags=[TAG, f"owner:{OWNER}"],
        doc_md=EXPLANATION,
        default_args={
            "owner": OWNER,
            "retries": RETRIES,
            "retry_policy": ByWhoMustAct(),
            "retry_delay": timedelta(seconds=FIRST_DELAY_S),
        },
    )
    for row in rows:
        CheckTablesOperator(task_id=row.sync_id, sync_id=row.sync_id, dag=dag)
    return dag
