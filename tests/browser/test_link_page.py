"""One link as people see it: its settings, what the limits leave, and the check of all it depends on."""

import pytest
from playwright.sync_api import Page, expect

from finance_hooks.web.language import COOKIE
from local.airflow_api import AirflowApi
from tests.fixtures.connected_airflow import ConnectedAirflow

pytestmark = pytest.mark.xdist_group("airflow")


@pytest.fixture
def link(connected: ConnectedAirflow, page: Page) -> Page:
    assert connected.connections
    page.goto("/finance/links/exact_nl")
    return page


def test_settings_say_which_file_or_connection_they_come_from(link: Page) -> None:
    expect(link.get_by_role("table", name="administrations.csv")).to_contain_text("target_administration")
    expect(link.get_by_role("table", name="policies.csv")).to_contain_text("relations_policy")

    link.get_by_text("exactonline_nl (").click()

    expect(link.get_by_role("table", name="exactonline_nl")).to_contain_text("Redirect URI")


def test_calls_that_are_left_today_are_counted_with_what_is_kept_for_nights(link: Page) -> None:
    expect(link.get_by_text("of them are kept for the nights.")).to_be_visible()


def test_check_names_all_it_looked_at(link: Page) -> None:
    link.get_by_role("button", name="Check link").click()

    expect(link.get_by_role("heading", level=1)).to_have_text("Check of the link")
    for name in ("Store", "Mapping tables", "21QUBZ", "Connection, access and rights", "Journals"):
        expect(link.get_by_role("rowheader", name=name, exact=True)).to_be_visible()


def test_check_speaks_the_language_of_the_page_and_marks_what_is_quoted_in_english(
    airflow: AirflowApi, link: Page
) -> None:
    link.context.add_cookies([{"name": COOKIE, "value": "nl", "url": airflow.base_url}])
    link.reload()

    link.get_by_role("button", name="Controleer koppeling").click()

    expect(link.locator("html")).to_have_attribute("lang", "nl")
    expect(link.get_by_role("cell", name="Antwoordt en heeft elke migratie")).to_be_visible()
    found = link.get_by_role("row", name="Verbinding, toegang en rechten").get_by_role("cell").last
    expect(found).to_contain_text("De verbinding werkt. Gevonden, in het Engels:")
    expect(found.locator("span[lang=en]")).to_contain_text("can book sales, purchase and memorial entries")


def test_connection_that_is_missing_is_told_where_people_look_first(
    connected: ConnectedAirflow, page: Page
) -> None:
    kept = connected.connections["afas_nl"]
    connected.forget("afas_nl")
    try:
        page.goto("/finance/")
        expect(page.get_by_text("Airflow has no connection afas_nl.")).to_be_visible()

        page.goto("/finance/links/afas_nl")

        expect(page.get_by_text("The connection cannot be used: Airflow has no")).to_be_visible()
    finally:
        connected.keep("afas_nl", kept)
