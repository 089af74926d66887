"""Run a program inside what `make up` started: with its databases, connections and Airflow settings."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from local import celery_workers, connections
from local.components import ComponentError, own_program
from local.credentials import kept_credentials
from local.databases import open_databases
from local.emulators import kept_addresses
from local.environment import LocalAirflow, airflow_environment
from local.system import UP_FILE, server_of


def inside(state: Path, arguments: Sequence[str]) -> int:
    """Run a module with its arguments and return its exit code."""
    up = state / UP_FILE
    if not up.exists():
        raise ComponentError("Nothing is up in the background; start it first with: make up")
    if not arguments:
        raise ComponentError("Say what to run, for example: airflow dags list")
    url = json.loads(up.read_text(encoding="utf-8"))["url"]
    environment = environment_inside(state, url)
    return subprocess.run(own_program(*arguments), env=environment, check=False).returncode


def environment_inside(state: Path, url: str) -> dict[str, str]:
    """Return the environment of the components that run from this state folder, Airflow at this address."""
    credentials = kept_credentials(state)
    databases = open_databases(server_of(state), token_key=credentials.token_key)
    reached = connections.store_connection(databases.store_url, token_key=credentials.token_key)
    if connections.uses_emulators(connections.needed_connections()):
        reached |= connections.emulated_connections(kept_addresses(state))
    return airflow_environment(
        LocalAirflow(
            state=state,
            databases=databases,
            credentials=credentials,
            connections=reached,
            api_port=int(url.rpartition(":")[2]),
            on_schedule=True,
            executor=celery_workers.kept_settings(state),
        )
    )
