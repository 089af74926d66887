"""Start a whole system with a real scheduler for one administration, and stop it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chaos.administrations import copy_mappings
from local import postgres
from local.airflow_components import COMMANDS
from local.system import start_system, stop_system
from tests.scheduler.scene import DAG_ID, ENDED, SYNC_ID, Scene, only

# By default Airflow takes up to two minutes to let go of a DAG that is no longer there.
LETS_GO_OF_DAGS_SOON = {
    "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "10",
    "AIRFLOW__DAG_PROCESSOR__STALE_DAG_THRESHOLD": "1",
    "AIRFLOW__SCHEDULER__PARSING_CLEANUP_INTERVAL": "2",
}

DONE_BY = "04:01"
"""Whenever a test runs, last night's run was to be done before that."""


@contextmanager
def staged(state: Path, mappings: Path) -> Iterator[Scene]:
    """Start everything, and wait for the nightly run that Airflow starts for last night."""
    copy_mappings([SYNC_ID], mappings)
    settings = LETS_GO_OF_DAGS_SOON | {
        "FINANCE_MAPPINGS": str(mappings),
        "FINANCE_PLANS": str(state / "plans"),
        "FINANCE_DONE_BY": DONE_BY,
    }
    try:
        with only(settings):
            system = start_system(state, on_schedule=True, names=tuple(COMMANDS))
        scene = Scene(system=system, state=state, mappings=mappings, settings=settings)
        scene.vendor("exactonline", "limits", {"scale": 10})
        scene.vendor("exactonline", "switches", {"closed_periods": ""})
        scene.wait(lambda: bool(scene.system.api.our_dags()), f"the reading of {DAG_ID}")
        scene.wait(
            lambda: scene.runs() != [] and all(run["state"] in ENDED for run in scene.runs()),
            "last night's run",
        )
        yield scene
    finally:
        stop_system(state)
        postgres.forget(state)
