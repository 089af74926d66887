"""An Airflow under the FAB auth manager: users of every role, and nights of three administrations."""

import json
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from emulators.registry import SYSTEMS, build
from emulators.server import EmulatorServer
from finance_hooks.mapping.folder import MAPPINGS, MAPPINGS_VARIABLE
from local.airflow_api import AirflowApi
from local.connections import emulated_connections, variable
from local.credentials import kept_credentials
from local.databases import Databases
from local.environment import ADMIN, LocalAirflow, airflow_environment
from local.ports import free_port
from local.postgres import create_database, drop_database
from tests.access.books import Books, play_night
from tests.access.people import ROLES, Person, documented_commands, log_in
from tests.fixtures.connected_airflow import store_fields
from tests.fixtures.running_airflow import running

FAB = {
    "AIRFLOW__CORE__AUTH_MANAGER": "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager",
    "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
    # The widest that an installation can open: strangers get Airflow's own pages, and must not get ours.
    "AIRFLOW__FAB__AUTH_ROLE_PUBLIC": "Admin",
}
PROGRAM = """
import shlex, sys
from airflow.__main__ import main
for line in sys.argv[1:]:
    sys.argv = shlex.split(line)
    main()
"""
COMMANDS_TIMEOUT_S = 120
SEEDS = {"exact_nl": 1, "exact_be": 2}


@pytest.fixture(scope="session")
def fab_metadata_url(postgres_url: str) -> Iterator[str]:
    name = f"finance_test_fab_{secrets.token_hex(6)}"
    create_database(postgres_url, name)
    yield sa.make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    drop_database(postgres_url, name)


@pytest.fixture(scope="session")
def fab_store_url(postgres_url: str, migrated_database: str) -> Iterator[str]:
    name = f"finance_test_access_{secrets.token_hex(6)}"
    create_database(postgres_url, name, template=migrated_database)
    yield sa.make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    drop_database(postgres_url, name)


@pytest.fixture(scope="session")
def mappings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of mapping files that the pages read, for tests that make mistakes in them."""
    return shutil.copytree(MAPPINGS, tmp_path_factory.mktemp("mappings"), dirs_exist_ok=True)


@pytest.fixture(scope="session")
def people(
    tmp_path_factory: pytest.TempPathFactory, mappings: Path, fab_metadata_url: str, fab_store_url: str
) -> Iterator[Mapping[str, Person]]:
    """Return a user of every role, logged in to an Airflow that asks FAB."""
    state = tmp_path_factory.mktemp("fab")
    credentials = kept_credentials(state)
    databases = Databases(airflow_url=fab_metadata_url, store_url=fab_store_url, token_keys=())
    store = store_fields(sa.make_url(fab_store_url), credentials.token_key)
    with ExitStack() as opened:
        addresses = {system: opened.enter_context(EmulatorServer(build(system))).url for system in SYSTEMS}
        connections = emulated_connections(addresses) | {variable("finance_store"): json.dumps(store)}
        settings = LocalAirflow(
            state=state,
            databases=databases,
            credentials=credentials,
            connections=connections,
            api_port=free_port(),
            on_schedule=False,
        )
        environment = airflow_environment(settings) | FAB | {MAPPINGS_VARIABLE: str(mappings)}
        admin = f"-u {ADMIN} -p={credentials.admin_password} -f {ADMIN} -l {ADMIN} -e {ADMIN}@example.org"
        commands(["airflow db migrate", f"airflow users create -r Admin {admin}"], environment)
        api = opened.enter_context(running(settings, environment))
        commands(documented_commands(), environment)
        yield everybody(api, credentials.admin_password)


def everybody(api: AirflowApi, admin_password: str) -> Mapping[str, Person]:
    """Make a user of each role, and log all of them in."""
    admin = log_in(api.base_url, ADMIN, admin_password)
    found = {"Admin": admin}
    for role in ROLES:
        password = secrets.token_urlsafe(12)
        made = {
            "username": role.lower(),
            "email": f"{role}@example.org",
            "first_name": role,
            "last_name": role,
            "password": password,
            "roles": [{"name": role}],
        }
        answer = admin.ask("POST", "/auth/fab/v1/users", json=made)
        assert answer.ok, answer.text
        found[role] = log_in(api.base_url, role.lower(), password)
    return found


def commands(lines: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run commands of Airflow in one program: most of their time goes into its start."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *lines],
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=COMMANDS_TIMEOUT_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def books(fab_store_url: str) -> Mapping[str, Books]:
    """Return two administrations after a night, in one store."""
    return {sync_id: play_night(fab_store_url, sync_id, seed) for sync_id, seed in SEEDS.items()}
