"""What the five connection types declare, and that Airflow hides every secret among it."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from finance_hooks.provider_info import connection_types, secret_fields
from tests.house.tree import PROJECT

TYPES = {declared["connection-type"]: declared for declared in connection_types()}
FIELDS = [(kind, name) for kind, declared in TYPES.items() for name in declared["conn-fields"]]
SETTING = "AIRFLOW__CORE__SENSITIVE_VAR_CONN_NAMES"
REQUIRED = {
    "finance_qubz": {"source_id", "environment"},
    "finance_exactonline": {"environment", "country", "redirect_uri", "user_name"},
    "finance_twinfield": {"environment", "redirect_uri", "user_name", "organisation"},
    "finance_afas": {"environment", "auth"},
    "finance_accountview": {"environment", "redirect_uri", "user_name"},
}
SECRETS = {
    ("finance_qubz", "api_key"),
    ("finance_qubz", "headers"),
    ("finance_afas", "app_token"),
    ("finance_afas", "app_token_next"),
    ("finance_afas", "client_secret_next"),
}


def field_of(kind: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = TYPES[kind]["conn-fields"][name]
    return found


def test_types_are_those_of_the_source_and_of_all_four_packages() -> None:
    assert set(TYPES) == set(REQUIRED)


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_field_is_explained_and_a_choice_says_what_is_usual(kind: str, name: str) -> None:
    field = field_of(kind, name)

    assert field["label"]
    assert field["description"].endswith(".")
    if "enum" in field["schema"]:
        assert field["schema"]["default"] in field["schema"]["enum"]


@pytest.mark.parametrize("kind", TYPES)
def test_field_without_which_nothing_works_is_required(kind: str) -> None:
    fields = TYPES[kind]["conn-fields"]

    assert {name for name, field in fields.items() if isinstance(field["schema"]["type"], str)} == REQUIRED[
        kind
    ]


def test_secret_fields_are_named_for_airflow() -> None:
    assert set(secret_fields()) == {name for _, name in SECRETS}


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_field_shown_as_a_password_is_among_the_secrets(kind: str, name: str) -> None:
    schema = field_of(kind, name)["schema"]

    is_secret = schema.get("format") == "password" or bool(schema.get("writeOnly"))

    assert is_secret == ((kind, name) in SECRETS)


@pytest.mark.parametrize(("kind", "name"), sorted(SECRETS))
def test_secret_field_begins_empty(kind: str, name: str) -> None:
    # Airflow masks a default too, and whoever saves the form would keep the dots.
    assert "default" not in field_of(kind, name)["schema"]


def test_airflow_hides_every_secret_and_nothing_else() -> None:
    shown = masked({name: "hidden-or-not" for _, name in FIELDS}, setting=",".join(secret_fields()))

    assert {name for name, value in shown.items() if value == "***"} == set(secret_fields())


def test_without_the_setting_airflow_shows_what_no_name_gives_away() -> None:
    shown = masked({"headers": {"X-Key": "hidden-or-not"}}, setting="")

    assert shown == {"headers": {"X-Key": "hidden-or-not"}}


def test_page_on_connections_names_every_field_and_the_setting() -> None:
    page = (PROJECT / "docs" / "connections.md").read_text(encoding="utf-8")

    assert f"{SETTING}={','.join(secret_fields())}" in page
    assert [name for kind, name in FIELDS if f"`{name}`" not in page or kind not in page] == []


def masked(extra: dict[str, object], *, setting: str) -> dict[str, object]:
    """Return extra fields as an Airflow with this setting shows them; it reads it once, when it starts."""
    program = (
        "import sys; from airflow.api_fastapi.core_api.datamodels.connections import ConnectionResponse; "
        "print('SHOWN', ConnectionResponse.redact_extra(sys.argv[1]))"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, json.dumps(extra)],
        env={**os.environ, SETTING: setting},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    shown: dict[str, object] = json.loads(said.split("SHOWN ", 1)[1])
    return shown
