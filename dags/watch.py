"""One DAG that looks after all administrations, also when the runs of one never start."""

from airflow.sdk import get_parsing_context

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.operators.watch_dag import DAG_ID, build_watch_dag

if get_parsing_context().dag_id in {None, DAG_ID}:
    watch_nights = build_watch_dag(read_administrations(mappings_folder()))
