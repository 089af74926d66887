"""No page holds what keeps people with a keyboard or a screen reader out, in either theme."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from finance_hooks.web.pages import NAVIGATION
from tests.fixtures.connected_airflow import ConnectedAirflow

pytestmark = pytest.mark.xdist_group("airflow")

SERIOUS = {"serious", "critical"}
PATHS = (*(path for path, _ in NAVIGATION), "/links/exact_nl", "/nowhere")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_serious(connected: ConnectedAirflow, page: Page, path: str, theme: str) -> None:
    assert connected.connections
    page.add_init_script(f"localStorage.setItem('theme', '{theme}')")
    page.goto(f"/finance{path}")

    found = Axe().run(page).response

    assert found["passes"]
    assert [one["help"] for one in found["violations"] if one["impact"] in SERIOUS] == []
