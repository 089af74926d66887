"""Nights on a real Airflow: a good one, one in which the vendors fail, one in which the source does."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from local.components import wait_until
from local.run_report import administrations_of
from local.system import RunningSystem, start_system, stop_system
from tests.security.estate import Estate

DAGS = ("sync_accountview_nl", "sync_afas_nl", "sync_exact_be", "sync_exact_nl", "sync_twinfield_nl")
PARSED_S, NIGHT_S, LOOKS_EVERY_S = 120.0, 600.0, 2.0
TOKENS_AGED_S = 1500
QUOTING = '{"error": {"code": "", "message": {"lang": "", "value": "You sent {request}"}}}'
QUOTING_PAGE = "<html><body>Your request was: {request}</body></html>"
ENDED = frozenset({"success", "failed"})


@dataclass(slots=True)
class Nights:
    """What the nights left behind: reports of each by DAG, and the states their tasks ended in."""

    reports: dict[str, list[dict[str, Any]]]
    tasks: dict[str, dict[tuple[str, str], str]]


def run_nights(estate: Estate, state: Path) -> Nights:
    """Run them one after the other on one Airflow, and stop it."""
    nights = Nights(reports={}, tasks={})
    for emulator in estate.emulators.values():
        emulator.load_demo(today=datetime.now(ZoneInfo("Europe/Amsterdam")).date(), documents=0)
    try:
        system = start_system(state, on_schedule=False)
        _wait(
            system, lambda: {dag.dag_id for dag in system.api.our_dags()} >= set(DAGS), "our DAGs", PARSED_S
        )
        _run(estate, system, nights, "good")
        _let_vendors_fail(estate)
        _run(estate, system, nights, "troubled")
        _let_the_source_fail(estate)
        _run(estate, system, nights, "sourceless", dags=("sync_exact_nl",))
    finally:
        stop_system(state)
    return nights


def _run(
    estate: Estate, system: RunningSystem, nights: Nights, name: str, *, dags: tuple[str, ...] = DAGS
) -> None:
    """Run DAGs until each has ended, or has a task that will be tried again."""
    estate.age_tokens()
    runs = {dag_id: system.api.trigger(dag_id) for dag_id in dags}

    def over() -> bool:
        time.sleep(LOOKS_EVERY_S)
        estate.note_tokens()
        states = {(one.dag_id, one.task_id): one.state for one in system.api.task_states(runs)}
        nights.tasks[name] = states
        retried = {dag_id for (dag_id, _), state in states.items() if state == "up_for_retry"}
        return all(
            dag_id in retried or system.api.run_state(dag_id, run_id) in ENDED
            for dag_id, run_id in runs.items()
        )

    _wait(system, over, f"the {name} night", NIGHT_S)
    nights.reports[name] = [dict(row) for row in administrations_of(system.databases.store_url, runs=runs)]


def _let_vendors_fail(estate: Estate) -> None:
    """Have new documents, and another trouble at every vendor."""
    _issue(estate, first_id=8_000_000)
    exact, belgian = estate.emulators["exactonline"], estate.emulators["exactonline_be"]
    exact.secrets.teach({"client_secret": estate.safe.make("exactonline, the vendor's new one")})
    for renewed in (exact, belgian):
        # Exact gives no new tokens for ten minutes.
        renewed.clock.advance(TOKENS_AGED_S)
    posting = {"method": "POST", "path": "/api/v1/*Entries"}
    belgian.faults.place({"effect": "status", "status": 400, "body": QUOTING, **posting})
    dutch = estate.emulators["twinfield"]
    dutch.faults.place({"effect": "html", "operation": "transactions", "body": QUOTING_PAGE})
    estate.emulators["afas"].secrets.teach(
        {name: estate.safe.make(f"afas, the vendor's new {name}") for name in ("secret", "secret_next")}
    )
    estate.servers["accountview"].close()


def _let_the_source_fail(estate: Estate) -> None:
    """Let the source refuse us, and repeat what it was sent."""
    source = estate.emulators["qubz"]
    source.faults.place({"effect": "status", "status": 401, "path": "/rest/*", "body": QUOTING_PAGE})


def _issue(estate: Estate, *, first_id: int) -> None:
    today: date = estate.emulators["qubz"].clock.now().date()
    for organisation in ("100", "200", "300", "400", "500"):
        wanted = {"count": 4, "seed": 7, "from": str(today - timedelta(days=3)), "until": str(today)}
        estate.emulators["qubz"].load(
            {
                "generate": wanted
                | {"organisations": [organisation], "first_id": first_id + int(organisation) * 100}
            }
        )


def _wait(system: RunningSystem, ready: Callable[[], bool], awaited: str, timeout_s: float) -> None:
    wait_until(ready, components=system.components, timeout_s=timeout_s, awaited=awaited)
