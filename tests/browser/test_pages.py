"""The pages of the links as people see them inside Airflow, and as nobody else does."""

import re

import pytest
import requests
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, FrameLocator, Page, StorageState, expect

from finance_hooks.web.app import app
from local.airflow_api import AirflowApi
from tests.fixtures.connected_airflow import ConnectedAirflow

pytestmark = pytest.mark.xdist_group("airflow")

PART = re.compile(r"\{(\w+)(?::\w+)?\}")
PARTS = {"sync_id": "exact_nl", "reference": "QABCDEFGHIJ", "table": "ledger_accounts", "act": "retry"}
"""What stands for the parts of an address; for any other a period does."""


def ask(method: str, address: str, **headers: str) -> requests.Response:
    """Ask for a page as no browser does."""
    with requests.Session() as session:
        return session.request(method, address, headers=headers, allow_redirects=False, timeout=30)


def open_links(page: Page) -> FrameLocator:
    """Open page Koppelingen by Airflow's own navigation."""
    page.goto("/")
    page.get_by_role("link", name="Finance").click()
    return page.frame_locator("iframe")


def test_page_inside_airflow_shows_every_administration_and_what_to_do(
    connected: ConnectedAirflow, page: Page
) -> None:
    frame = open_links(page)

    for sync_id in ("exact_nl", "exact_be", "twinfield_nl", "afas_nl", "accountview_nl"):
        expect(frame.get_by_role("row", name=sync_id)).to_be_visible()
    expect(frame.get_by_text("This link has never run yet.").first).to_be_visible()
    assert connected.connections


def test_language_follows_the_browser_until_somebody_chooses_another(
    airflow: AirflowApi, connected: ConnectedAirflow, visitor: tuple[Browser, StorageState]
) -> None:
    browser, remembered = visitor
    page = browser.new_page(base_url=airflow.base_url, storage_state=remembered, locale="nl-NL")
    page.goto("/finance/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Koppelingen")

    page.get_by_role("button", name="EN").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Links")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Links")
    page.close()
    assert connected.connections


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_theme_is_that_of_airflow(connected: ConnectedAirflow, page: Page, theme: str) -> None:
    page.add_init_script(f"localStorage.setItem('theme', '{theme}')")

    page.goto("/finance/")

    assert page.evaluate("document.documentElement.style.colorScheme") == theme
    assert connected.connections


def routes() -> list[tuple[str, str]]:
    """List every method and address of the pages."""
    return [
        (method, PART.sub(lambda part: PARTS.get(part[1], "2026-01"), route.path))
        for route in app().routes
        if isinstance(route, APIRoute)
        for method in sorted(route.methods)
    ]


def test_nobody_anonymous_sees_or_changes_anything_at_any_address(
    airflow: AirflowApi, connected: ConnectedAirflow
) -> None:
    assert connected.connections
    found = routes()
    answers = {
        (method, path): ask(method, f"{airflow.base_url}/finance{path}")
        for method, path in [*found, ("GET", "/nowhere")]
    }

    assert len(found) > 15
    refused = {where: answer.status_code for where, answer in answers.items()}
    assert {where: code for where, code in refused.items() if code not in {401, 404}} == {}
    assert refused["GET", "/documents"] == refused["POST", "/links/exact_nl/authorise"] == 401
    assert not [where for where, answer in answers.items() if "1234567" in answer.text]


def test_who_is_not_logged_in_is_told_so_and_led_to_the_login(airflow: AirflowApi) -> None:
    answer = ask("GET", f"{airflow.base_url}/finance/", **{"Accept-Language": "nl"})

    assert answer.status_code == 401
    assert "U bent niet aangemeld" in answer.text
    assert "/auth/login?next=" in answer.text


def test_change_that_another_site_asks_for_is_refused(connected: ConnectedAirflow) -> None:
    address = f"{connected.base_url}/finance/language?language=en"
    answer = ask(
        "POST", address, Authorization=f"Bearer {connected.token}", Origin="https://elsewhere.example"
    )

    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


def test_way_back_from_a_choice_never_leads_to_another_site(connected: ConnectedAirflow) -> None:
    address = f"{connected.base_url}/finance/language?language=en&here=//elsewhere.example/finance/"
    answer = ask("POST", address, Authorization=f"Bearer {connected.token}")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/finance/")


def test_page_takes_nothing_from_another_host_and_is_not_kept(connected: ConnectedAirflow) -> None:
    answer = ask("GET", f"{connected.base_url}/finance/", Authorization=f"Bearer {connected.token}")

    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "http://" not in answer.text
    assert "https://" not in answer.text
