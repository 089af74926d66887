"""A browser that looks at the running Airflow."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect, sync_playwright

from local.airflow_api import AirflowApi
from local.browser import ensure_browser, flags
from local.credentials import Credentials
from local.environment import ADMIN

PAGE_TIMEOUT_MS = 30_000

expect.set_options(timeout=PAGE_TIMEOUT_MS)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what starts Airflow on one worker, so that it is started once and not beside another."""
    for test in items:
        if test.path.is_relative_to(Path(__file__).parent):
            test.add_marker(pytest.mark.xdist_group("airflow"))


@pytest.fixture(scope="module")
def visitor(airflow: AirflowApi, credentials: Credentials) -> Iterator[tuple[Browser, StorageState]]:
    """Return a browser, and what it remembers after logging in to Airflow.

    Not for a whole session: Playwright keeps an event loop running, beside which a DAG's test could not run.
    """
    chromium = ensure_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags())
        opened = browser.new_page(base_url=airflow.base_url)
        opened.set_default_timeout(PAGE_TIMEOUT_MS)
        opened.goto("/")
        opened.locator("input[name=username]").fill(ADMIN)
        opened.locator("input[name=password]").fill(credentials.admin_password)
        opened.locator("button[type=submit]").click()
        opened.wait_for_url(lambda url: "/login" not in url)
        yield browser, opened.context.storage_state()
        browser.close()


@pytest.fixture
def page(airflow: AirflowApi, visitor: tuple[Browser, StorageState]) -> Iterator[Page]:
    """Return a browser's page that is logged in to Airflow."""
    browser, remembered = visitor
    opened = browser.new_page(base_url=airflow.base_url, storage_state=remembered)
    opened.set_default_timeout(PAGE_TIMEOUT_MS)
    yield opened
    opened.close()
