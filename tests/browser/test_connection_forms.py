"""The connection form as a person fills it in, and the Test button as a person presses it."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from finance_hooks.provider_info import connection_types
from tests.fixtures.connected_airflow import ConnectedAirflow

pytestmark = pytest.mark.xdist_group("airflow")

TYPES = {declared["connection-type"]: declared for declared in connection_types()}


@pytest.fixture
def form(page: Page) -> Locator:
    """Return the empty form for a new connection."""
    page.goto("/connections")
    page.get_by_role("button", name="Add Connection").first.click()
    return page.get_by_role("dialog")


def choose(form: Locator, declared: dict[str, Any]) -> None:
    """Choose a connection type and open its own fields."""
    chooser = form.get_by_role("combobox").first
    chooser.fill(declared["hook-name"])
    form.get_by_role("option", name=declared["hook-name"], exact=True).click()
    form.get_by_role("button", name="Extra Fields", exact=True).click()


def own(form: Locator, name: str) -> Locator:
    """Find the box of one of the type's own fields."""
    return form.locator(f"[name=element_{name}]")


def must_be_typed(schema: dict[str, Any]) -> bool:
    """Say whether a field is required and holds nothing to begin with."""
    return isinstance(schema["type"], str) and "default" not in schema


def expect_choices(form: Locator, name: str, schema: dict[str, Any]) -> None:
    """Expect a dropdown that holds every choice, the usual one chosen."""
    chooser = form.locator(f"#element_{name}")
    expect(chooser).to_contain_text(schema["default"])
    chooser.get_by_role("combobox").press("ArrowDown")
    for choice in schema["enum"]:
        expect(form.get_by_role("option", name=choice, exact=True)).to_be_attached()
    chooser.get_by_role("combobox").press("Tab")


def press(page: Page, conn_id: str, button: str) -> None:
    """Press a button beside a connection in the list, opened anew: notices of before would cover it."""
    page.goto("/connections")
    page.get_by_role("row", name=conn_id).get_by_role("button", name=button).click()


@pytest.mark.parametrize("kind", TYPES)
def test_form_explains_every_field_offers_its_choices_and_hides_what_is_secret(
    form: Locator, kind: str
) -> None:
    declared = TYPES[kind]

    choose(form, declared)

    for label in declared["ui-field-behaviour"]["relabeling"].values():
        expect(form.get_by_text(label, exact=True).first).to_be_attached()
    for name, field in declared["conn-fields"].items():
        expect(form.locator("label", has_text=field["label"]).first).to_be_visible()
        expect(form.get_by_text(field["description"], exact=True).first).to_be_visible()
        if field["schema"].get("format") == "password":
            expect(own(form, name)).to_have_attribute("type", "password")
        if "enum" in field["schema"]:
            expect_choices(form, name, field["schema"])
    expect(form.locator("[name=password]")).to_have_attribute("type", "password")
    for hidden in declared["ui-field-behaviour"]["hidden-fields"]:
        expect(form.locator(f"[name={hidden}]")).to_have_count(0)


@pytest.mark.parametrize("kind", TYPES)
def test_connection_cannot_be_saved_before_its_required_fields_are_filled_in(
    form: Locator, kind: str
) -> None:
    declared = TYPES[kind]
    save = form.get_by_role("button", name="Save")
    choose(form, declared)
    needed = [name for name, field in declared["conn-fields"].items() if must_be_typed(field["schema"])]

    for box in (form.locator("[name=connection_id]"), *(own(form, name) for name in needed)):
        expect(save).to_be_disabled()
        box.fill("something")
        box.blur()

    expect(save).to_be_enabled()


def test_connection_made_in_the_form_can_be_tested_and_shows_no_secret(
    connected: ConnectedAirflow, page: Page, form: Locator
) -> None:
    fields = connected.connections["exactonline_nl"]
    choose(form, TYPES["finance_exactonline"])
    for name in ("redirect_uri", "user_name"):
        own(form, name).fill(fields["extra"][name])
    form.get_by_role("button", name="Standard Fields").click()
    form.locator("[name=connection_id]").fill("exactonline_by_hand")
    for name in ("host", "login", "password"):
        form.locator(f"[name={name}]").fill(fields[name])
    form.locator("[name=port]").fill("443")
    form.locator("[name=password]").blur()

    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()
    press(page, "exactonline_by_hand", "Test Connection")

    expect(page.get_by_text("1234567 Voorbeeld Recycling B.V. (calls left:")).to_be_visible()
    assert fields["password"] not in page.content()
    press(page, "exactonline_by_hand", "Edit Connection")
    expect(form.locator("[name=password]")).to_have_value("***")
    connected.forget("exactonline_by_hand")


def test_button_beside_a_connection_says_which_organisations_there_are(
    connected: ConnectedAirflow, page: Page
) -> None:
    assert "qubz_default" in connected.connections
    page.goto("/connections")

    press(page, "qubz_default", "Test Connection")

    expect(page.get_by_text("100 Voorbeeld Recycling B.V., 200 Exemple Milieu BV, 300")).to_be_visible()


def test_button_beside_a_connection_says_what_to_do(connected: ConnectedAirflow, page: Page) -> None:
    connected.emulators["exactonline"].switches.move({"user_may_post": False})
    page.goto("/connections")

    press(page, "exactonline_nl", "Test Connection")

    expect(page.get_by_text("give the user those rights in Exact")).to_be_visible()
    connected.emulators["exactonline"].switches.move({"user_may_post": True})


def test_secret_survives_an_edit_of_something_else(connected: ConnectedAirflow, page: Page) -> None:
    page.goto("/connections")
    press(page, "exactonline_nl", "Edit Connection")
    form = page.get_by_role("dialog")

    form.locator("[name=description]").fill("edited")
    form.locator("[name=description]").blur()
    form.get_by_role("button", name="Save").click()
    expect(form).to_be_hidden()

    assert connected.shown("exactonline_nl")["description"] == "edited"
    assert connected.test("exactonline_nl")[0]
