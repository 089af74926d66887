"""Start everything for one run of chaos, on this machine only, and stop it again."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from chaos.administrations import Row, copy_mappings, read_rows
from chaos.network import Network
from chaos.store import Stores
from chaos.supervisor import Supervisor
from chaos.vendors import PREFIX, SOURCE, Vendors
from local import celery_workers, postgres
from local.airflow_components import FOR_ONE_RUN, start_airflow
from local.components import Component, ComponentError, running
from local.system import (
    RunningSystem,
    exclusive,
    forget,
    interrupted_by_sigterm,
    server_of,
    start_system,
    stop_system,
)

SETTINGS: Final = {
    # What a dead scheduler had queued is found by the next one within this time, not after five minutes.
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "30",
    # What a dead worker had been handed and never began is handed out again, not after ten minutes.
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "90",
    # Whoever watches over a task may die with it: that it is heard no more is noticed as soon as that.
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "20",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """All that runs; `workers` are the names of Celery workers, none with LocalExecutor."""

    state: Path
    mappings: Path
    rows: Sequence[Row]
    system: RunningSystem
    vendors: Vendors
    network: Network
    supervisor: Supervisor
    stores: Stores
    workers: tuple[str, ...]


@contextmanager
def staged(state: Path, *, seed: int, sync_ids: Sequence[str], workers: int) -> Iterator[Stage]:
    """Start from nothing, with so many Celery workers, none for LocalExecutor."""
    state.mkdir(parents=True, exist_ok=True)
    vendors, network = Vendors(state=state), Network(seed)
    supervisor = Supervisor(state=state)
    with exclusive(state), interrupted_by_sigterm():
        stop_system(state)
        forget(state)
        rows = _set_up(state, sync_ids)
        systems = [SOURCE, *(row.system for row in rows)]

        def emulation(_state: Path) -> tuple[list[Component], dict[str, str]]:
            return vendors.start_all(systems), network.put_before(vendors.ports)

        try:
            system = start_system(
                state, on_schedule=False, names=FOR_ONE_RUN, workers=workers, emulation=emulation
            )
            _refuse_real_systems(system)
            stage = Stage(
                state=state,
                mappings=state / "mappings",
                rows=rows,
                system=system,
                vendors=vendors,
                network=network,
                supervisor=supervisor,
                stores=Stores(system.databases),
                workers=celery_workers.names(workers),
            )
            _supervise(stage)
            yield stage
        finally:
            stop_system(state)
            supervisor.let_nothing_be_left_behind()
            network.close()
            postgres.forget(state)


def _set_up(state: Path, sync_ids: Sequence[str]) -> list[Row]:
    """Let nothing of the user's own environment lead to systems that may not be killed or written to."""
    for name in [name for name in os.environ if name.startswith(("AIRFLOW", "FINANCE_"))]:
        del os.environ[name]
    mappings = copy_mappings(sync_ids, state / "mappings")
    os.environ.update(SETTINGS)
    os.environ.update(FINANCE_MAPPINGS=str(mappings), FINANCE_PLANS=str(state / "plans"))
    return read_rows(mappings)


def _refuse_real_systems(system: RunningSystem) -> None:
    if not system.emulated:
        raise ComponentError("Chaos is for emulated vendors only")


def _supervise(stage: Stage) -> None:
    environment, state = stage.system.environment, stage.state
    supervisor = stage.supervisor
    for component in stage.system.components:
        if component.name.startswith(PREFIX):
            again = partial(stage.vendors.start, component.name.removeprefix(PREFIX))
        elif component.name in stage.workers:
            again = partial(celery_workers.start_worker, component.name, environment=environment, state=state)
        else:
            again = partial(_start_component, component.name, environment, state)
        supervisor.watch(component, again)
    supervisor.watch(_postgres(state), partial(_start_postgres, state))


def _start_component(name: str, environment: Mapping[str, str], state: Path) -> Component:
    return start_airflow(environment=environment, state=state, names=(name,))[0]


def _start_postgres(state: Path) -> Component:
    server_of(state).start()
    return _postgres(state)


def _postgres(state: Path) -> Component:
    return next(component for component in running(state) if component.name == postgres.NAME)
