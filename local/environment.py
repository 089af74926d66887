"""The environment in which every Airflow component of this machine runs."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from finance_hooks.provider_info import secret_fields
from local.credentials import Credentials
from local.databases import AIRFLOW_URL, Databases
from local.paths import DAGS, PLUGINS
from local.ports import LOOPBACK

ADMIN: Final = "admin"

# The first is an agreement of the project: with its default, short reschedules start a task twice.
SETTINGS: Final = {
    "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "1",
    "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.5",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
    "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
    "AIRFLOW__CORE__PARALLELISM": "4",
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__TEST_CONNECTION": "Enabled",
    "AIRFLOW__CORE__SENSITIVE_VAR_CONN_NAMES": ",".join(secret_fields()),
    "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{ADMIN}:admin",
    "AIRFLOW__DATABASE__LOAD_DEFAULT_CONNECTIONS": "False",
    "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "5",
    "AIRFLOW__API__HOST": LOOPBACK,
    "AIRFLOW__API__WORKERS": "1",
    "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
    "AIRFLOW__OPENLINEAGE__NAMESPACE": "finance",
    "AIRFLOW__OPENLINEAGE__EMISSION_POLICY": '[{"scope": {}, "controls": {"include_source_code": false}}]',
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalAirflow:
    """What sets one Airflow on this machine apart.

    `connections` are ready AIRFLOW_CONN_* variables, `executor` settings for another one than
    LocalExecutor. Without `on_schedule` only triggered runs start, so that last night's interval is not run
    beside them.
    """

    state: Path
    databases: Databases
    credentials: Credentials
    connections: Mapping[str, str]
    api_port: int
    on_schedule: bool
    executor: Mapping[str, str] = field(default_factory=dict)
    dags: Path = DAGS

    @property
    def url(self) -> str:
        """The address of Airflow's pages and its REST API."""
        return f"http://{LOOPBACK}:{self.api_port}"


def airflow_environment(airflow: LocalAirflow) -> dict[str, str]:
    """Return the whole environment of Airflow's components.

    What the user's own environment sets wins, except for folders, databases, port and an executor asked for.
    """
    state, credentials = airflow.state, airflow.credentials
    home = state / "airflow"
    lineage = state / "lineage" / "events.jsonl"
    for folder in (home, lineage.parent):
        folder.mkdir(parents=True, exist_ok=True)
    passwords = home / "passwords.json"
    passwords.touch(mode=0o600)
    passwords.write_text(json.dumps({ADMIN: credentials.admin_password}), encoding="utf-8")
    transport = {"type": "file", "log_file_path": str(lineage), "append": True}
    chosen = SETTINGS | {
        "AIRFLOW__CORE__FERNET_KEY": credentials.fernet_key,
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(passwords),
        "AIRFLOW__API_AUTH__JWT_SECRET": credentials.jwt_secret,
        "AIRFLOW__API__SECRET_KEY": credentials.api_secret_key,
        "AIRFLOW__OPENLINEAGE__TRANSPORT": json.dumps(transport),
        "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": str(airflow.on_schedule),
    }
    fixed = {
        "AIRFLOW_HOME": str(home),
        AIRFLOW_URL: airflow.databases.airflow_url,
        "AIRFLOW__CORE__DAGS_FOLDER": str(airflow.dags),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PLUGINS),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{airflow.url}/execution/",
        "AIRFLOW__API__PORT": str(airflow.api_port),
        "AIRFLOW__API__BASE_URL": airflow.url,
        # Loopback never goes through a proxy.
        "NO_PROXY": ",".join(filter(None, (os.environ.get("NO_PROXY"), LOOPBACK, "localhost"))),
    }
    return chosen | dict(os.environ) | dict(airflow.connections) | dict(airflow.executor) | fixed
