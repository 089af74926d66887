"""The addresses of Airflow's own pages about our DAGs and their runs."""

from urllib.parse import quote

from fastapi import Request

from finance_hooks.web.access import dag_id_of

MOUNTED_AT = "/finance"


def airflow_address(request: Request) -> str:
    """Return below which path Airflow's own pages stand."""
    return str(request.scope.get("root_path", "")).removesuffix(MOUNTED_AT)


def dag_page(request: Request, sync_id: str) -> str:
    """Return where Airflow shows the DAG of an administration, from where it can be started."""
    return f"{airflow_address(request)}/dags/{quote(dag_id_of(sync_id), safe='')}"


def run_page(request: Request, sync_id: str, run_id: str) -> str:
    """Return where Airflow shows one run of an administration."""
    return f"{dag_page(request, sync_id)}/runs/{quote(run_id, safe='')}"
