"""The few calls of Airflow's REST API that a local run needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import requests

TIMEOUT_S: Final = 30.0
PAGE: Final = 1000
OWN_TAG: Final = "finance-sync"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dag:
    """One of our DAGs as Airflow parsed it."""

    dag_id: str
    paused: bool
    parsed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskState:
    """Where one task of a run stands; `state` is empty before it is scheduled."""

    dag_id: str
    task_id: str
    state: str


class AirflowApi:
    """A client of one running api-server."""

    def __init__(self, base_url: str, *, user: str, password: str) -> None:
        """Remember who asks; the first call that needs it logs in."""
        self.base_url = base_url
        self._login = {"username": user, "password": password}
        self._session = requests.Session()
        # A proxy has no business on loopback.
        self._session.trust_env = False

    def is_healthy(self, *components: str) -> bool:
        """Say whether the database and each of the named components report healthy."""
        try:
            answer = self._session.get(f"{self.base_url}/api/v2/monitor/health", timeout=TIMEOUT_S)
            health = answer.json()
        except (requests.ConnectionError, requests.Timeout, ValueError):
            return False
        return all(health[name]["status"] == "healthy" for name in ("metadatabase", *components))

    def our_dags(self) -> list[Dag]:
        """List our active DAGs in id order."""
        found = self._call("GET", "/dags", params={"tags": OWN_TAG, "limit": PAGE, "order_by": "dag_id"})
        return [
            Dag(dag_id=dag["dag_id"], paused=dag["is_paused"], parsed_at=_instant(dag["last_parsed_time"]))
            for dag in found["dags"]
        ]

    def import_errors(self, *, since: datetime) -> list[str]:
        """List what Airflow could not import since an instant, each with its file."""
        found = self._call("GET", "/importErrors", params={"limit": PAGE})
        return [
            f"{error['filename']}: {error['stack_trace']}"
            for error in found["import_errors"]
            if datetime.fromisoformat(error["timestamp"]) >= since
        ]

    def trigger(self, dag_id: str) -> str:
        """Start a run of a DAG without a date of its own, and return its run id."""
        run = self._call("POST", f"/dags/{dag_id}/dagRuns", json={"logical_date": None, "conf": {}})
        return str(run["dag_run_id"])

    def run_state(self, dag_id: str, run_id: str) -> str:
        """Return queued, running, success or failed."""
        return str(self._call("GET", f"/dags/{dag_id}/dagRuns/{run_id}")["state"])

    def task_states(self, runs: dict[str, str]) -> list[TaskState]:
        """List where the tasks of these runs (DAG id to run id) stand, in the order they run."""
        asked = {"dag_ids": list(runs), "dag_run_ids": sorted(set(runs.values())), "page_limit": PAGE}
        found = self._call("POST", "/dags/~/dagRuns/~/taskInstances/list", json=asked)
        return [
            TaskState(dag_id=task["dag_id"], task_id=task["task_id"], state=task["state"] or "")
            for task in found["task_instances"]
            if runs.get(task["dag_id"]) == task["dag_run_id"]
        ]

    def task_seconds(self, dag_id: str, run_id: str) -> dict[str, float]:
        """Return how long each task of a run took, in the order they ran."""
        found = self._call("GET", f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances", params={"limit": PAGE})
        ran = [task for task in found["task_instances"] if task["duration"] is not None]
        return {task["task_id"]: task["duration"] for task in sorted(ran, key=_started)}

    def _call(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401 - requests' own
        if "Authorization" not in self._session.headers:
            answer = self._session.post(f"{self.base_url}/auth/token", json=self._login, timeout=TIMEOUT_S)
            answer.raise_for_status()
            self._session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        answer = self._session.request(
            method, f"{self.base_url}/api/v2{path}", timeout=TIMEOUT_S, **arguments
        )
        answer.raise_for_status()
        called: dict[str, Any] = answer.json()
        return called


def _started(task: dict[str, Any]) -> str:
    return str(task["start_date"])


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def unfinished(states: Sequence[str]) -> bool:
    """Say whether any of these runs still has something to do."""
    return any(state not in {"success", "failed"} for state in states)
