"""What a person does with a mouse: clear, mark, delete, pause, place a fault at the vendor's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests

from tests.scheduler.scene import DAG_ID, Scene


def clear(scene: Scene, run_id: str, task_id: str, *, downstream: bool) -> None:
    """Clear a task of a run, and wait until the run has ended again."""
    body = {
        "dry_run": False,
        "dag_run_id": run_id,
        "task_ids": [task_id],
        "include_downstream": downstream,
        "only_failed": False,
        "reset_dag_runs": True,
    }
    scene.call("POST", f"/dags/{DAG_ID}/clearTaskInstances", json=body)
    scene.ended(run_id)


def mark_task(scene: Scene, run_id: str, task_id: str, state: str) -> None:
    """Mark one task of a run."""
    path = f"/dags/{DAG_ID}/dagRuns/{run_id}/taskInstances/{task_id}"
    scene.call("PATCH", path, json={"new_state": state})


def mark_run(scene: Scene, run_id: str, state: str) -> None:
    """Mark a whole run."""
    scene.call("PATCH", f"/dags/{DAG_ID}/dagRuns/{run_id}", json={"state": state})


def delete_run(scene: Scene, run_id: str) -> None:
    """Delete a run."""
    api = scene.system.api
    path = f"{api.base_url}/api/v2/dags/{DAG_ID}/dagRuns/{run_id}"
    api._session.delete(path, timeout=30).raise_for_status()


@contextmanager
def paused(scene: Scene) -> Iterator[None]:
    """Pause the DAG, and let it go on afterwards."""
    scene.call("PATCH", f"/dags/{DAG_ID}", json={"is_paused": True})
    try:
        yield
    finally:
        scene.call("PATCH", f"/dags/{DAG_ID}", json={"is_paused": False})


@contextmanager
def fault(scene: Scene, **wanted: Any) -> Iterator[None]:
    """Let Exact misbehave for a while."""
    scene.vendor("exactonline", "faults", wanted)
    try:
        yield
    finally:
        session = requests.Session()
        session.trust_env = False
        session.delete(scene.vendor_url("exactonline", "faults"), timeout=30).raise_for_status()
