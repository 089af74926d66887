"""Connections through the REST API of a running Airflow, as scripts and its own pages use it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from finance_hooks.provider_info import connection_types, secret_fields
from local.connections import emulated_connection_ids
from tests.fixtures.connected_airflow import ConnectedAirflow, body

pytestmark = pytest.mark.xdist_group("airflow")

TYPES = {declared["connection-type"]: declared for declared in connection_types()}
SECRET = "zeer-geheim-1234"


def filled_in(declared: dict[str, Any]) -> dict[str, Any]:
    """Fill in a connection of a type, with the same secret wherever one belongs."""
    extra: dict[str, Any] = {}
    for name, field in declared["conn-fields"].items():
        schema = field["schema"]
        if schema.get("writeOnly"):
            extra[name] = {"X-Key": SECRET}
        elif schema.get("format") == "password":
            extra[name] = SECRET
        else:
            extra[name] = schema.get("default", f"the {name}")
    return {"conn_type": declared["connection-type"], "password": SECRET, "extra": extra}


@pytest.fixture(params=TYPES)
def kept(request: pytest.FixtureRequest, connected: ConnectedAirflow) -> Iterator[dict[str, Any]]:
    """Keep a connection of each type, and return what was kept."""
    fields = filled_in(TYPES[request.param])
    connected.keep("kept", fields)
    yield fields
    connected.forget("kept")


def test_airflow_offers_all_types_with_labels_and_explanations(connected: ConnectedAirflow) -> None:
    listed = connected.call("GET", "/../../../ui/connections/hook_meta").json()
    offered = {each["connection_type"]: each for each in listed}

    for kind, declared in TYPES.items():
        assert offered[kind]["hook_name"] == declared["hook-name"]
        shown = {
            name: (field["schema"]["title"], field["description"])
            for name, field in offered[kind]["extra_fields"].items()
        }
        assert shown == {
            name: (field["label"], field["description"]) for name, field in declared["conn-fields"].items()
        }


def test_no_secret_is_shown(connected: ConnectedAirflow, kept: dict[str, Any]) -> None:
    shown = connected.shown("kept")

    assert SECRET not in json.dumps(shown)
    assert SECRET not in connected.call("GET", "").text
    assert shown["password"] == "***"
    not_secret = {name: value for name, value in kept["extra"].items() if SECRET not in json.dumps(value)}
    assert not_secret.items() <= json.loads(shown["extra"]).items()


def test_secrets_survive_an_edit_that_sends_them_back_masked(
    connected: ConnectedAirflow, kept: dict[str, Any]
) -> None:
    shown = connected.shown("kept") | {"description": "edited"}

    changed = connected.call("PATCH", "/kept", {name: shown[name] for name in shown if name != "team_name"})

    assert changed.status_code == 200, changed.text
    assert connected.shown("kept")["description"] == "edited"
    assert connected.in_clear("kept") == (kept["password"], kept["extra"])


def test_answer_to_a_test_holds_no_secret(connected: ConnectedAirflow, kept: dict[str, Any]) -> None:
    works, said = connected.test("kept")

    assert not works
    assert said
    assert SECRET not in said
    assert kept["extra"]


@pytest.mark.parametrize("conn_id", emulated_connection_ids())
def test_working_connection_says_so_and_shows_no_secret(connected: ConnectedAirflow, conn_id: str) -> None:
    works, said = connected.test(conn_id)

    assert works, said
    fields = connected.connections[conn_id]
    for secret in filter(None, (fields.get("password"), *map(fields["extra"].get, secret_fields()))):
        assert secret not in said


def test_exact_says_divisions_rights_age_of_tokens_and_calls_left(connected: ConnectedAirflow) -> None:
    works, said = connected.test("exactonline_nl")

    assert works
    assert "koppeling@example.org" in said
    assert "can book sales, purchase and memorial entries in 1234567 Voorbeeld Recycling B.V." in said
    assert "of 5000 today" in said
    assert "The tokens are" in said
    assert "division 1234560 (Voorbeeld Oud B.V.) is archived" in said
    stored = connected.tokens("exactonline_nl")
    for secret in (stored.access_token, stored.refresh_token, "nl-test-secret"):
        assert secret not in said


def test_exact_says_whom_to_give_rights(connected: ConnectedAirflow) -> None:
    connected.emulators["exactonline"].switches.move({"user_may_post": False})

    works, said = connected.test("exactonline_nl")

    connected.emulators["exactonline"].switches.move({"user_may_post": True})
    assert not works
    assert "may not post sales, purchase, memorial entries in 1234567, 1234568" in said


def test_connection_is_tested_before_it_is_kept(connected: ConnectedAirflow) -> None:
    fields = connected.connections["exactonline_nl"]

    answer = connected.call("POST", "/test", body("not_kept_yet", fields)).json()

    assert answer["status"], answer
    assert "1234567" in answer["message"]


def test_missing_store_is_said_to_be_missing(connected: ConnectedAirflow) -> None:
    connected.forget("finance_store")

    works, said = connected.test("exactonline_nl")

    connected.keep("finance_store", connected.store)
    assert not works
    assert "There is no connection finance_store" in said


def test_store_without_a_key_says_how_to_make_one(connected: ConnectedAirflow) -> None:
    connected.keep("finance_store", connected.store | {"extra": {"environment": "test"}})

    works, said = connected.test("exactonline_nl")

    connected.keep("finance_store", connected.store)
    assert not works
    assert "no token_key" in said
    assert "Fernet.generate_key" in said


def test_qubz_says_organisations_and_what_may_be_read(connected: ConnectedAirflow) -> None:
    works, said = connected.test("qubz_default")

    assert works
    assert "organisations: 100 Voorbeeld Recycling B.V., 200 Exemple Milieu BV, 300" in said
    assert "paymentterms, salesinvoices, purchaseinvoices, memorials" in said


def test_wrong_password_of_qubz_says_what_to_do(connected: ConnectedAirflow) -> None:
    fields = connected.connections["qubz_default"] | {"password": SECRET}

    answer = connected.call("POST", "/test", body("qubz_default", fields)).json()

    assert not answer["status"]
    assert "user name, password or key of the connection is wrong" in answer["message"]
    assert SECRET not in answer["message"]
