"""One DAG per row of administrations.csv; reading this file does no work besides reading that one."""

from airflow.sdk import get_parsing_context

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.operators.sync_dag import build_sync_dag

# A task process asks for the one DAG it belongs to; the others need not be built.
wanted = get_parsing_context().dag_id

for row in read_administrations(mappings_folder()):
    dag_id = f"sync_{row.sync_id}"
    if wanted in {None, dag_id}:
        globals()[dag_id] = build_sync_dag(row)
