"""Authorise a link in a browser: there and back, pasted where the way back leads nowhere, and refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from playwright.sync_api import Page, Request, Route, expect

from tests.fixtures.connected_airflow import ConnectedAirflow

pytestmark = pytest.mark.xdist_group("airflow")

SYSTEMS = {"exact_nl": "exactonline", "twinfield_nl": "twinfield", "accountview_nl": "accountview"}
REDIRECTS = "https://qubz.example.org/**"
"""What is registered with the vendors as the address they send users back to."""


@dataclass
class Scene:
    """A browser at the page of one link; `sent_back_to` is where the vendor sends the user."""

    connected: ConnectedAirflow
    page: Page
    sent_back_to: str = ""

    def open(self, sync_id: str) -> None:
        self.page.goto(f"/finance/links/{sync_id}")

    def authorise(self) -> None:
        self.page.get_by_role("button", name="Authorise application").click()

    def lead_back(self) -> None:
        """Let the registered address lead to this Airflow, as a customer's proxy does."""

        def lead(route: Route, request: Request) -> None:
            query = urlsplit(request.url).query
            self.sent_back_to = request.url
            location = f"{self.connected.base_url}/finance/callback?{query}"
            route.fulfill(status=302, headers={"Location": location})

        self.page.route(REDIRECTS, lead)

    def lead_nowhere(self) -> None:
        """Let the registered address be out of reach, as behind a VPN."""

        def lead(route: Route, request: Request) -> None:
            self.sent_back_to = request.url
            route.fulfill(status=200, body="")

        self.page.route(REDIRECTS, lead)


@pytest.fixture
def scene(connected: ConnectedAirflow, page: Page) -> Iterator[Scene]:
    yield Scene(connected, page)
    connected.emulators["exactonline"].switches.back_to_default()


@pytest.mark.parametrize("sync_id", SYSTEMS)
def test_consent_comes_back_to_a_page_that_says_when_the_token_came(scene: Scene, sync_id: str) -> None:
    scene.lead_back()
    scene.open(sync_id)

    scene.authorise()

    expect(scene.page.get_by_role("heading", level=1)).to_have_text("The link is authorised")
    expect(scene.page.get_by_text("The access token was created or renewed at")).to_be_visible()


def test_address_is_pasted_where_the_way_back_leads_nowhere(scene: Scene) -> None:
    scene.lead_nowhere()
    scene.open("exact_nl")
    scene.authorise()
    scene.page.wait_for_url(REDIRECTS)

    scene.open("exact_nl")
    scene.page.get_by_text("Did you land on a page that does not open").click()
    scene.page.get_by_label("Paste the whole address").fill(scene.sent_back_to)
    scene.page.get_by_role("button", name="Finish").click()

    expect(scene.page.get_by_role("heading", level=1)).to_have_text("The link is authorised")


def test_refused_consent_is_explained(scene: Scene) -> None:
    scene.connected.emulators["exactonline"].switches.move({"consent": "deny"})
    scene.lead_back()
    scene.open("exact_nl")

    scene.authorise()

    expect(scene.page.get_by_role("alert")).to_contain_text("nobody consented")


def test_consent_works_once_and_for_who_began_it_only(scene: Scene) -> None:
    scene.lead_back()
    scene.open("exact_nl")
    scene.authorise()
    expect(scene.page.get_by_role("heading", level=1)).to_have_text("The link is authorised")
    used = urlsplit(scene.sent_back_to).query

    scene.page.goto(f"/finance/callback?{used}")

    expect(scene.page.get_by_role("alert")).to_contain_text("was used already")
    assert parse_qs(used)["state"]


def test_nobody_anonymous_begins_or_ends_a_consent(connected: ConnectedAirflow) -> None:
    with requests.Session() as session:
        begun = session.post(f"{connected.base_url}/finance/links/exact_nl/authorise", timeout=30)
        ended = session.get(f"{connected.base_url}/finance/callback?state=x&code=y", timeout=30)

    assert (begun.status_code, ended.status_code) == (401, 401)


def test_inside_airflow_s_frame_the_page_says_where_to_authorise(scene: Scene) -> None:
    scene.page.goto("/plugin/finance")
    frame = scene.page.frame_locator("iframe")
    frame.get_by_role("link", name="100").click()

    expect(frame.get_by_text("You cannot authorise inside this window")).to_be_visible()
    expect(frame.get_by_text("/finance/links/exact_nl")).to_be_visible()
    expect(frame.get_by_role("button", name="Authorise application")).to_have_count(0)


def test_page_of_a_link_shows_its_settings_and_no_secret(scene: Scene) -> None:
    scene.open("exact_nl")

    expect(scene.page.get_by_role("row", name="target_administration 1234567")).to_be_visible()
    shown = scene.page.content()
    for connection in scene.connected.connections.values():
        assert str(connection.get("password") or "no secret") not in shown
