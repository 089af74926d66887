"""Keep the whole system running in the background until it is told to stop."""

import json
from pathlib import Path

from rich.console import Console

from local.airflow_components import COMMANDS
from local.environment import ADMIN
from local.system import (
    UP_FILE,
    exclusive,
    forget,
    interrupted_by_sigterm,
    refuse_when_up,
    start_system,
    stop_system,
)


def up(state: Path, *, console: Console, workers: int = 0) -> int:
    """Start every component, so many Celery workers among them, schedules on; print address and login."""
    with exclusive(state), interrupted_by_sigterm():
        refuse_when_up(state)
        try:
            system = start_system(state, on_schedule=True, names=tuple(COMMANDS), workers=workers)
        except BaseException:
            stop_system(state)
            raise
        kept = {"url": system.api.base_url, "user": ADMIN}
        (state / UP_FILE).write_text(json.dumps(kept), encoding="utf-8")
    console.print(f"Airflow: {system.api.base_url}", markup=False)
    console.print(f"Log in as {ADMIN} with {system.admin_password}", markup=False, highlight=False)
    if system.emulated:
        console.print(f"The vendors are emulated: see {state / 'emulators' / 'addresses.json'}", markup=False)
    if workers:
        console.print(f"Tasks run on {workers} Celery workers: see var/logs/worker-*.log", markup=False)
    console.print("Stop it with: make down", markup=False)
    return 0


def down(state: Path, *, console: Console) -> int:
    """Stop what runs in the background."""
    with exclusive(state):
        stopped = stop_system(state)
    console.print(f"Stopped {', '.join(stopped)}" if stopped else "Nothing was running", markup=False)
    return 0


def clean_state(state: Path, *, console: Console) -> int:
    """Forget databases, emulated books, logs and reports of a stopped system."""
    with exclusive(state):
        stop_system(state)
        forget(state)
    console.print(f"{state} is empty", markup=False)
    return 0
