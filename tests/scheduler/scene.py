"""A whole running system with a real scheduler: what an operator can do to it, and what came of it."""

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests
import sqlalchemy as sa

from finance_hooks.store.engine import store_engine
from local.components import own_program, wait_until
from local.inside import environment_inside
from local.system import RunningSystem

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAG_ID = "sync_exact_nl"
SYNC_ID = "exact_nl"
BOOKS_SYSTEM = "exactonline"
"""The emulator that keeps the books of that administration."""
ORGANISATION = "100"
DIVISION = "1234567"
TIMEOUT_S = 240.0
ENDED = frozenset({"success", "failed"})
Run = dict[str, Any]


@dataclass(slots=True)
class Scene:
    """One administration on a running Airflow, between emulators; documents are issued by date."""

    system: RunningSystem
    state: Path
    mappings: Path
    settings: Mapping[str, str]
    issued: int = 0

    def call(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        """Call Airflow's REST API."""
        return self.system.api._call(method, path, **arguments)

    def vendor(self, system: str, route: str, body: object | None = None) -> Any:
        """Call a control route of an emulator."""
        session = requests.Session()
        session.trust_env = False
        url = self.vendor_url(system, route)
        answer = session.get(url, timeout=30) if body is None else session.post(url, json=body, timeout=30)
        answer.raise_for_status()
        return answer.json()

    def vendor_url(self, system: str, route: str) -> str:
        """Return the address of a control route of an emulator."""
        addresses = json.loads((self.state / "emulators" / "addresses.json").read_text(encoding="utf-8"))
        return f"{addresses[system].rstrip('/')}/_emulator/{route}"

    def issue(self, *days: date, count: int = 2, seed: int | None = None) -> None:
        """Let the source have so many documents of each day, changed the day after it.

        A test that needs certain kinds among them names a seed; else every call issues others.
        """
        for day in days:
            self.issued += 1
            wanted = {"count": count, "seed": seed or self.issued, "from": str(day), "until": str(day)}
            wanted |= {"organisations": [ORGANISATION], "first_id": 7_000_000 + 1000 * self.issued}
            self.vendor("qubz", "load", {"generate": wanted})

    def command(self, *arguments: str) -> str:
        """Run an airflow command as an operator does, and return what it said."""
        with only(self.settings):
            environment = environment_inside(self.state, self.system.api.base_url)
        ran = subprocess.run(
            own_program("airflow", *arguments),
            env=environment,
            cwd=self.state,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout + ran.stderr

    def backfill(self, first: str, last: str, *options: str) -> int:
        """Create a backfill by command, one run at a time, and return its id."""
        self.let_the_night_be_over()
        days = ("--from-date", first, "--to-date", last)
        self.command("backfill", "create", "--dag-id", DAG_ID, *days, "--max-active-runs", "1", *options)
        found = self.call("GET", f"/backfills?dag_id={DAG_ID}&order_by=-id&limit=1")["backfills"]
        return int(found[0]["id"])

    def ask_backfill(self, days: Sequence[date], **wanted: object) -> int:
        """Create a backfill as the user interface does, one run at a time, and return its id."""
        self.let_the_night_be_over()
        asked = {
            "dag_id": DAG_ID,
            "from_date": f"{min(days)}T00:00:00Z",
            "to_date": f"{max(days)}T23:59:00Z",
            "max_active_runs": 1,
        }
        return int(self.call("POST", "/backfills", json=asked | wanted)["id"])

    def finish(self, backfill_id: int) -> None:
        """Wait for all runs of a backfill, and close it: Airflow does so only every half minute."""
        self.wait(lambda: not self.runs_in({"queued", "running"}), "the backfill's runs")
        if self.call("GET", f"/backfills/{backfill_id}")["completed_at"] is None:
            self.call("PUT", f"/backfills/{backfill_id}/cancel")

    def trigger(self, conf: Mapping[str, object] | None = None, dag_id: str = DAG_ID) -> str:
        """Trigger a run and return its id."""
        body = {"logical_date": None, "conf": dict(conf or {})}
        return str(self.call("POST", f"/dags/{dag_id}/dagRuns", json=body)["dag_run_id"])

    def ended(self, run_id: str, dag_id: str = DAG_ID) -> Run:
        """Wait until a run has ended and return it."""
        self.wait(lambda: self.run(run_id, dag_id)["state"] in ENDED, f"the end of {run_id}")
        return self.run(run_id, dag_id)

    def account(self, run_id: str) -> str:
        """Describe what became of a run: its tasks, and its report where it made one."""
        kept = self.stored("SELECT report FROM run WHERE run_id = :run_id", run_id=run_id)
        return f"{run_id}: {self.tasks(run_id)}, report {kept}"

    def run(self, run_id: str, dag_id: str = DAG_ID) -> Run:
        """Return a run as Airflow has it."""
        return self.call("GET", f"/dags/{dag_id}/dagRuns/{run_id}")

    def runs(self) -> list[Run]:
        """Return all runs, the oldest first."""
        found: list[Run] = self.call("GET", f"/dags/{DAG_ID}/dagRuns?order_by=id&limit=100")["dag_runs"]
        return found

    def runs_in(self, states: set[str]) -> list[Run]:
        """Return the runs in these states."""
        return [run for run in self.runs() if run["state"] in states]

    def days_of(self, run_type: str) -> list[date]:
        """Return the days in Amsterdam of all runs of a type."""
        return sorted(_day(run) for run in self.runs() if run["run_type"] == run_type)

    def backfilled(self, day: date) -> Run:
        """Return the run that a backfill made for a day."""
        return next(run for run in self.runs() if run["run_type"] == "backfill" and _day(run) == day)

    def tasks(self, run_id: str, dag_id: str = DAG_ID) -> dict[str, str | None]:
        """Return the state of each task of a run, `None` before it is scheduled."""
        found = self.call("GET", f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances")["task_instances"]
        return {task["task_id"]: task["state"] for task in found}

    def report(self, run_id: str, sync_id: str = SYNC_ID) -> dict[str, Any]:
        """Return the report that a run made."""
        chosen = "SELECT report FROM run WHERE sync_id = :sync_id AND run_id = :run_id"
        report: dict[str, Any] = self.stored(chosen, sync_id=sync_id, run_id=run_id)[0][0]
        return report

    def stored(self, chosen: str, **values: object) -> list[tuple[Any, ...]]:
        """Read from the store."""
        with store_engine(self.system.databases.store_url).begin() as connection:
            return [tuple(row) for row in connection.execute(sa.text(chosen), values)]

    def change_stored(self, change: str, **values: object) -> None:
        """Change the store by hand."""
        with store_engine(self.system.databases.store_url).begin() as connection:
            connection.execute(sa.text(change), values)

    def booked(self) -> Counter[str]:
        """Count the bookings in Exact per reference of ours or document number."""
        return Counter(entry["reference"] or entry["document"] or entry["number"] for entry in self.entries())

    def in_books(self, day: date) -> int:
        """Count what Exact has of a day."""
        return sum(entry["date"] == str(day) for entry in self.entries())

    def entries(self) -> list[dict[str, Any]]:
        """Return what stands in Exact's books, by the emulator's own account."""
        return self.listed("entries", f"books?administration={DIVISION}")

    def listed(self, name: str, route: str, system: str = "exactonline") -> list[dict[str, Any]]:
        """Return all pages of a list that an emulator keeps."""
        found: list[dict[str, Any]] = []
        page: int | None = 1
        while page is not None:
            answer = self.vendor(system, f"{route}{'&' if '?' in route else '?'}page={page}")
            found += answer[name]
            page = answer["next"]
        return found

    def let_the_night_be_over(self) -> None:
        """Let the two minutes pass in which backfills keep off the books after a nightly run."""
        self.change_stored("UPDATE lease SET wanted_until = now()")

    def wait(self, ready: Callable[[], bool], awaited: str) -> None:
        """Wait for something, and fail with the components' logs when it does not come."""

        def unhurried() -> bool:
            time.sleep(0.4)
            return ready()

        wait_until(unhurried, components=self.system.components, timeout_s=TIMEOUT_S, awaited=awaited)


def _day(run: Run) -> date:
    return datetime.fromisoformat(run["logical_date"]).astimezone(AMSTERDAM).date()


@contextmanager
def only(settings: Mapping[str, str]) -> Iterator[None]:
    """Put these settings in the place of those that conftest gives Airflow's own unit tests.

    No other test of this process may see them, however long the system runs that was started with them.
    """
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in [name for name in os.environ if name.startswith("AIRFLOW")]:
            monkeypatch.delenv(name)
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        yield
