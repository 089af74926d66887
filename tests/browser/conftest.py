"""A running Airflow and a browser that looks at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect, sync_playwright

from local.airflow_api import AirflowApi
from local.airflow_components import start_airflow, wait_until_healthy
from local.browser import ensure_browser, flags
from local.components import stop, wait_until
from local.credentials import Credentials, kept_credentials
from local.databases import Databases, migrate_airflow
from local.environment import ADMIN, LocalAirflow, airflow_environment
from local.ports import free_port
from local.postgres import create_database, drop_database

PARSE_TIMEOUT_S = 60.0
PAGE_TIMEOUT_MS = 30_000

expect.set_options(timeout=PAGE_TIMEOUT_MS)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what starts Airflow on one worker, so that it is started once and not beside another."""
    for test in items:
        if test.path.is_relative_to(Path(__file__).parent):
            test.add_marker(pytest.mark.xdist_group("airflow"))


@pytest.fixture(scope="session")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="session")
def credentials(state: Path) -> Credentials:
    return kept_credentials(state)


@pytest.fixture(scope="session")
def metadata_url(postgres_url: str, state: Path) -> Iterator[str]:
    name = f"finance_test_airflow_{state.parent.name}_{state.name}".replace("-", "_")
    create_database(postgres_url, name)
    yield sa.make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    drop_database(postgres_url, name)


@pytest.fixture(scope="session")
def airflow(state: Path, credentials: Credentials, metadata_url: str) -> Iterator[AirflowApi]:
    """Return an Airflow that has read our DAGs; without a scheduler, so that nothing runs."""
    databases = Databases(airflow_url=metadata_url, store_url=metadata_url, token_keys=())
    settings = LocalAirflow(
        state=state,
        databases=databases,
        credentials=credentials,
        connections={},
        api_port=free_port(),
        on_schedule=False,
    )
    environment = airflow_environment(settings) | {"AIRFLOW__CORE__UNIT_TEST_MODE": "False"}
    migrate_airflow(databases, environment=environment, state=state)
    components = start_airflow(environment=environment, state=state, names=("api-server", "dag-processor"))
    try:
        api = AirflowApi(settings.url, user=ADMIN, password=credentials.admin_password)
        wait_until_healthy(api, components)
        wait_until(
            lambda: bool(api.our_dags()),
            components=components,
            timeout_s=PARSE_TIMEOUT_S,
            awaited="the reading of our DAGs",
        )
        yield api
    finally:
        stop(components, state=state)


@pytest.fixture
def page(airflow: AirflowApi, credentials: Credentials) -> Iterator[Page]:
    """Return a browser's page that is logged in to Airflow."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_browser(), args=flags())
        opened = browser.new_page(base_url=airflow.base_url)
        opened.set_default_timeout(PAGE_TIMEOUT_MS)
        opened.goto("/")
        opened.locator("input[name=username]").fill(ADMIN)
        opened.locator("input[name=password]").fill(credentials.admin_password)
        opened.locator("button[type=submit]").click()
        opened.wait_for_url(lambda url: "/login" not in url)
        yield opened
        browser.close()
