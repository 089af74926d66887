"""Ask the store what became of the documents of some runs."""

from collections.abc import Mapping
from typing import cast

from finance_hooks.store.engine import store_engine
from finance_hooks.store.runs import read_run
from local.sync_report import AdministrationReport

DAG_PREFIX = "sync_"


def administrations_of(store_url: str, *, runs: Mapping[str, str]) -> list[AdministrationReport]:
    """Return what each of these runs (DAG id to run id) reported, in the order given.

    A run that never came to its report is left out.
    """
    found = []
    with store_engine(store_url).connect() as connection:
        for dag_id, run_id in runs.items():
            run = read_run(connection, dag_id.removeprefix(DAG_PREFIX), run_id)
            if run and run["report"]:
                found.append(cast("AdministrationReport", run["report"]))
    return found
