"""One running system, with one administration, for all tests that need a scheduler."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from finance_hooks.mapping.folder import MAPPINGS
from local import postgres
from local.airflow_components import FOR_ONE_RUN
from local.system import start_system, stop_system
from tests.scheduler.scene import DAG_ID, ENDED, Scene, without_airflow_settings

OTHER = "exact_be,"


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Start everything, and wait for the nightly run that Airflow starts for last night."""
    state, mappings = tmp_path_factory.mktemp("scheduler"), tmp_path_factory.mktemp("mappings")
    _copy_mappings_of_one(mappings)
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in set(os.environ) - set(without_airflow_settings()):
            monkeypatch.delenv(name)
        monkeypatch.setenv("FINANCE_MAPPINGS", str(mappings))
        try:
            scene = Scene(
                system=start_system(state, on_schedule=True, names=FOR_ONE_RUN),
                state=state,
                mappings=mappings,
            )
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
    """Copy the demo's mapping files without the rows of the other administration."""
    for file in MAPPINGS.rglob("*.csv"):
        copy = mappings / file.relative_to(MAPPINGS)
        copy.parent.mkdir(exist_ok=True)
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        copy.write_text("".join(line for line in lines if not line.startswith(OTHER)), encoding="utf-8")
