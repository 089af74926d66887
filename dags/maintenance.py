"""The DAG with which Airflow keeps the store in order, apart from every administration's."""

from finance_hooks.operators.maintenance_dag import build_maintenance_dag

keep_store = build_maintenance_dag()
