"""Airflow's own components on this machine: started together, waited for, stopped together."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from local.airflow_api import AirflowApi
from local.components import Component, own_program, start, wait_until

COMMANDS: Final = {
    "api-server": ("api-server",),
    # The api-server reads the log files itself.
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
    "triggerer": ("triggerer", "--skip-serve-logs"),
}
FOR_ONE_RUN: Final = ("api-server", "scheduler", "dag-processor")
HEALTH_TIMEOUT_S: Final = 120.0


def start_airflow(
    *, environment: Mapping[str, str], state: Path, names: tuple[str, ...] = FOR_ONE_RUN
) -> list[Component]:
    """Start Airflow's components; their databases must have been migrated."""
    return [
        start(name, own_program("airflow", *COMMANDS[name]), environment=environment, state=state)
        for name in names
    ]


def wait_until_healthy(api: AirflowApi, components: list[Component]) -> None:
    """Wait until every component of Airflow's reports healthy; fail with the log of one that died."""
    started = {component.name for component in components}
    reported = [name.replace("-", "_") for name in COMMANDS if name != "api-server" and name in started]
    wait_until(
        lambda: api.is_healthy(*reported),
        components=components,
        timeout_s=HEALTH_TIMEOUT_S,
        awaited="Airflow's start",
    )
