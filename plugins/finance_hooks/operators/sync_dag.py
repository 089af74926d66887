"""Build the DAG of one administration: the steps of a run, one after the other."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, CronDataIntervalTimetable, Param, TriggerRule, chain

from finance_hooks.mapping.administrations import AdministrationRow
from finance_hooks.operators.attach import AttachFilesOperator
from finance_hooks.operators.conclude import ConcludeRunOperator
from finance_hooks.operators.deadline import deadline_alert
from finance_hooks.operators.extract import ExtractDocumentsOperator
from finance_hooks.operators.lineage import lineage_of
from finance_hooks.operators.load import LoadEntriesOperator
from finance_hooks.operators.preflight import PreflightTablesOperator
from finance_hooks.operators.reconcile import ReconcileBooksOperator
from finance_hooks.operators.relations import RelateOperator
from finance_hooks.operators.retry_policy import FIRST_DELAY_S, RETRIES, ByWhoMustAct
from finance_hooks.operators.selection import KINDS
from finance_hooks.operators.sync_operator import SyncOperator
from finance_hooks.operators.transform import TransformDocumentsOperator
from finance_hooks.operators.write_back import TellSourceOperator

OWNER = "finance"
TAG = "finance-sync"
"""On every DAG that brings an administration up to date, so that people and programs find them."""

NIGHTLY = "0 4 * * *"
ZONE = "Europe/Amsterdam"

STEPS: dict[str, Callable[..., SyncOperator]] = {
    "extract": ExtractDocumentsOperator,
    "preflight": PreflightTablesOperator,
    "transform": TransformDocumentsOperator,
    "relations": RelateOperator,
    "load": LoadEntriesOperator,
    "attach": AttachFilesOperator,
    "reconcile": ReconcileBooksOperator,
    "write_back": TellSourceOperator,
    "conclude": ConcludeRunOperator,
}
DRAFT: dict[str, Any] = {"$schema": "http://json-schema.org/draft-07/schema#"}
"""Airflow checks every schema when it reads the file; the newest draft takes three times as long for it."""
DEFAULTS = {
    "owner": OWNER,
    "retries": RETRIES,
    "retry_policy": ByWhoMustAct(),
    # Airflow asks no policy about a task whose process died.
    "retry_delay": timedelta(seconds=FIRST_DELAY_S),
}
WHATEVER_HAPPENED = frozenset({"reconcile", "write_back", "conclude"})

EXPLANATION = """
Every night at 04:00 this brings the invoices, credit notes, purchases and memorials of organisation
**{organisation}** from 21QUBZ into **{target}**, administration **{books}**.

| task | what it does | red means |
|---|---|---|
| extract | fetches what is new or changed in 21QUBZ | 21QUBZ cannot be reached, or the set-up is wrong |
| preflight | holds the mapping tables against the package's codes | the package cannot be read |
| transform | chooses journals, accounts and VAT codes from the mapping tables | a mapping file is wrong |
| relations | makes and updates debtors and creditors that documents need | the package cannot be reached |
| load | books what is not yet in the books, after looking there first | the package cannot be reached |
| attach | attaches the PDFs, if the connection wants that | PDFs are left over; the bookings stand |
| reconcile | reads the books again and compares them to the cent | the books could not be read |
| write_back | tells 21QUBZ what is booked, what is parked and why | not told; the next run tells |
| conclude | writes the report | **something needs a person: its log says what** |

A document that cannot be booked is *parked* with its reasons and offered again every night; the others go on.
Running anything again never books twice. After a failure clear *load* **with downstream**.
"""


def build_sync_dag(row: AdministrationRow) -> DAG:
    """Build the DAG of a row of administrations.csv, good or bad: a bad one fails in its first task."""
    administration = row.administration
    tags = {TAG}
    if administration is not None:
        tags |= {
            f"organisation:{administration.organisation}",
            f"target:{administration.target}",
            f"country:{administration.country}",
            f"owner:{OWNER}",
        }
    dag = DAG(
        dag_id=f"sync_{row.sync_id}",
        schedule=CronDataIntervalTimetable(NIGHTLY, timezone=ZONE),
        catchup=False,
        is_paused_upon_creation=False,
        deadline=deadline_alert(row.sync_id),
        tags=sorted(tags),
        doc_md=_explanation(row),
        params={
            "from": Param(
                None, type=["null", "string"], format="date", title="Documents dated from", **DRAFT
            ),
            "to": Param(None, type=["null", "string"], format="date", title="Documents dated until", **DRAFT),
            "kinds": Param(
                list(KINDS),
                type="array",
                items={"type": "string", "enum": list(KINDS)},
                examples=list(KINDS),
                minItems=1,
                uniqueItems=True,
                title="Kinds of documents",
                **DRAFT,
            ),
            "plan": Param(
                False,
                type="boolean",
                title="Only plan: say what would be booked, and change nothing",
                **DRAFT,
            ),
        },
        default_args=DEFAULTS,
    )
    tasks = [
        operator(
            task_id=task_id,
            sync_id=row.sync_id,
            default_args=DEFAULTS,
            trigger_rule=TriggerRule.ALL_DONE if task_id in WHATEVER_HAPPENED else TriggerRule.ALL_SUCCESS,
            **({} if administration is None else lineage_of(task_id, administration)),
        )
        for task_id, operator in STEPS.items()
    ]
    for task in tasks:
        # Made within the DAG, each would copy all of the DAG's params, twice.
        task.dag = dag
    chain(*tasks)
    return dag


def _explanation(row: AdministrationRow) -> str:
    if row.administration is None:
        return (
            f"The row of `{row.sync_id}` in administrations.csv is wrong; task *extract* says what and where."
        )
    return EXPLANATION.format(
        organisation=row.administration.organisation,
        target=row.administration.target,
        books=row.administration.target_administration,
    )
