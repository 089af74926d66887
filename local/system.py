"""The whole system on this machine: databases, emulators, Airflow; one user of a state folder at a time."""

import contextlib
import fcntl
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from local import authorisation, celery_workers, connections, postgres
from local.airflow_api import AirflowApi
from local.airflow_components import FOR_ONE_RUN, start_airflow, wait_until_healthy
from local.components import Component, ComponentError, running, stop
from local.credentials import kept_credentials
from local.databases import Databases, migrate_airflow, migrate_store, open_databases
from local.emulators import emulate
from local.environment import ADMIN, LocalAirflow, airflow_environment
from local.paths import DAGS
from local.ports import free_port

UP_FILE: Final = "up.json"
DEAD_SESSIONS_END: Final = ("idle_in_transaction_session_timeout=2min",)
"""A scheduler that is killed alone leaves workers behind that hold its connection: without this its
transaction never ends, the next scheduler waits for its locks for ever, and no task starts any more."""

Emulation = Callable[[Path], tuple[list[Component], dict[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningSystem:
    """A system that reports healthy."""

    api: AirflowApi
    started_at: datetime
    databases: Databases
    components: list[Component]
    admin_password: str
    emulated: bool
    environment: Mapping[str, str] = field(repr=False)
    """That of Airflow's components, secrets included."""


@contextlib.contextmanager
def exclusive(state: Path) -> Iterator[None]:
    """Keep a second command away from this state folder as long as this one works on it."""
    with (state / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise ComponentError(f"Another command is at work in {state}; wait for it, or stop it") from held
        yield


@contextlib.contextmanager
def interrupted_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end this program the way Ctrl-C does, so that what it started is stopped."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def start_system(
    state: Path,
    *,
    on_schedule: bool,
    names: tuple[str, ...] = FOR_ONE_RUN,
    workers: int = 0,
    dags: Path = DAGS,
    emulation: Emulation = emulate,
) -> RunningSystem:
    """Start what a run needs and wait until it is healthy; what cannot be reused is made ready first.

    Where the vendors are emulated, `emulation` starts the emulators and tells where they are reached. With
    `workers`, so many Celery workers do the tasks.
    """
    credentials = kept_credentials(state)
    executor: Mapping[str, str] = {}
    if workers:
        executor = celery_workers.celery_settings(celery_workers.claim_broker(state), workers=workers)
    emulated = connections.uses_emulators(connections.needed_connections())
    emulators: list[Component] = []
    with ThreadPoolExecutor() as pool:
        emulating = pool.submit(emulation, state) if emulated else None
        databases = open_databases(server_of(state), token_key=credentials.token_key)
        store = connections.store_connection(databases.store_url, token_key=credentials.token_key)
        airflow = LocalAirflow(
            state=state,
            databases=databases,
            credentials=credentials,
            connections=store,
            api_port=free_port(),
            on_schedule=on_schedule,
            executor=executor,
            dags=dags,
        )
        migration = pool.submit(
            migrate_airflow, databases, environment=airflow_environment(airflow), state=state
        )
        migrate_store(databases)
        if emulating:
            emulators, addresses = emulating.result()
            airflow = replace(airflow, connections=store | connections.emulated_connections(addresses))
            authorisation.ensure_grants(databases, environment=airflow_environment(airflow))
        migration.result()
    started_at = datetime.now(tz=UTC)
    environment = airflow_environment(airflow)
    components = start_airflow(environment=environment, state=state, names=names)
    taking_tasks = [
        celery_workers.start_worker(name, environment=environment, state=state)
        for name in celery_workers.names(workers)
    ]
    components += taking_tasks
    api = AirflowApi(airflow.url, user=ADMIN, password=credentials.admin_password)
    wait_until_healthy(api, components)
    celery_workers.wait_until_ready(taking_tasks)
    return RunningSystem(
        api=api,
        started_at=started_at,
        databases=databases,
        components=[*components, *emulators],
        admin_password=credentials.admin_password,
        emulated=emulated,
        environment=environment,
    )


def stop_system(state: Path) -> list[str]:
    """Stop everything that runs from this state folder, the database server last; return the names."""
    components = [component for component in running(state) if component.name != postgres.NAME]
    stop(components, state=state)
    names = [component.name for component in components]
    if any(component.name == postgres.NAME for component in running(state)):
        server_of(state).stop()
        names.append(postgres.NAME)
    celery_workers.forget(state)
    (state / UP_FILE).unlink(missing_ok=True)
    return names


def refuse_when_up(state: Path) -> None:
    """Refuse to work beside a system that `make up` started, and clear away what a killed run left behind."""
    if not running(state):
        return
    if (state / UP_FILE).exists():
        raise ComponentError("The system is up in the background; stop it first with: make down")
    stop_system(state)


def forget(state: Path) -> None:
    """Delete everything in the state folder of a stopped system."""
    postgres.forget(state)
    for path in state.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def server_of(state: Path) -> postgres.EmbeddedPostgres:
    """Return the database server of a state folder, running or not."""
    return postgres.EmbeddedPostgres(
        state=state, password=kept_credentials(state).database_password, settings=DEAD_SESSIONS_END
    )
