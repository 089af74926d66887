"""A message leads to the page that says what to do, in the language of whoever reads it."""

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from local.airflow_api import AirflowApi
from tests.fixtures.connected_airflow import ConnectedAirflow

pytestmark = pytest.mark.xdist_group("airflow")
NARROW = {"width": 360, "height": 640}


def test_link_of_a_message_opens_the_runbook_where_it_tells_of_that_problem(
    airflow: AirflowApi, connected: ConnectedAirflow, visitor: tuple[Browser, StorageState]
) -> None:
    browser, remembered = visitor
    page = browser.new_page(base_url=airflow.base_url, storage_state=remembered, locale="nl-NL")

    page.goto("/finance/runbook#token-gone")

    expect(page.get_by_role("heading", level=1)).to_have_text("Wat te doen")
    expect(page.get_by_role("heading", level=2, name="Toestemming weg")).to_be_in_viewport()
    page.get_by_role("button", name="EN").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What to do")
    page.close()
    assert connected.connections


def test_runbook_is_reached_from_every_page_and_fits_a_telephone(
    connected: ConnectedAirflow, page: Page
) -> None:
    page.set_viewport_size({"width": NARROW["width"], "height": NARROW["height"]})
    page.goto("/finance/")

    page.get_by_role("navigation").get_by_role("link", name="What to do").click()
    page.get_by_role("link", name="Night missed").click()

    expect(page.get_by_role("heading", level=2, name="Night missed")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert connected.connections
