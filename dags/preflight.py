"""One DAG that checks the mapping tables of every administration once a week."""

from airflow.sdk import get_parsing_context

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.operators.preflight_dag import DAG_ID, build_preflight_dag

if get_parsing_context().dag_id in {None, DAG_ID}:
    preflight_weekly = build_preflight_dag(read_administrations(mappings_folder()))
