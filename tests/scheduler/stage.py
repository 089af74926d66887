"""Start a whole system with a real scheduler for one administration, and stop it again."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from finance_hooks.mapping.folder import MAPPINGS
from local import postgres
from local.airflow_components import FOR_ONE_RUN
from local.system import start_system, stop_system
from tests.scheduler.scene import DAG_ID, ENDED, SYNC_ID, Scene, only

# By default Airflow takes up to two minutes to let go of a DAG that is no longer there.
LETS_GO_OF_DAGS_SOON = {
    "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "10",
    "AIRFLOW__DAG_PROCESSOR__STALE_DAG_THRESHOLD": "1",
    "AIRFLOW__SCHEDULER__PARSING_CLEANUP_INTERVAL": "2",
}


@contextmanager
def staged(state: Path, mappings: Path) -> Iterator[Scene]:
    """Start everything, and wait for the nightly run that Airflow starts for last night."""
    _copy_mappings_of_one(mappings)
    settings = LETS_GO_OF_DAGS_SOON | {
        "FINANCE_MAPPINGS": str(mappings),
        "FINANCE_PLANS": str(state / "plans"),
    }
    try:
        with only(settings):
            system = start_system(state, on_schedule=True, names=FOR_ONE_RUN)
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


def _copy_mappings_of_one(mappings: Path) -> None:
    """Copy the demo's mapping files without the rows of other administrations."""
    with (MAPPINGS / "administrations.csv").open(encoding="utf-8", newline="") as rows:
        others = tuple(f"{row['sync_id']}," for row in csv.DictReader(rows) if row["sync_id"] != SYNC_ID)
    for file in MAPPINGS.rglob("*.csv"):
        copy = mappings / file.relative_to(MAPPINGS)
        copy.parent.mkdir(exist_ok=True)
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        copy.write_text("".join(line for line in lines if not line.startswith(others)), encoding="utf-8")
