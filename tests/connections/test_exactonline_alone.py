"""Exact's hook as Airflow's Test button makes it: from a connection id alone, whatever the store is like."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from emulators.exactonline.app import ExactOnlineEmulator
from emulators.server import EmulatorServer
from finance_hooks.store.budgets import BudgetStore, Counter
from finance_hooks.store.engine import store_engine
from finance_hooks.store.tokens import TokenStore
from finance_hooks.targets.exactonline import probe
from finance_hooks.targets.exactonline.hook import ExactOnlineHook
from finance_hooks.targets.exactonline.quota import CALL_WINDOWS
from local.ports import free_port
from tests.fixtures.connected_airflow import consent, store_fields, vendor_connections

CONN_ID = "qwertyui"
KEY = Fernet.generate_key().decode()
Fields = dict[str, Any]


@pytest.fixture
def store(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Fields:
    fields = store_fields(sa.make_url(store_url), KEY)
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", json.dumps(fields))
    return fields


@pytest.fixture
def exact(store_url: str, store: Fields, monkeypatch: pytest.MonkeyPatch) -> Iterator[ExactOnlineEmulator]:
    """Return Exact's Dutch site, whose user has consented; the connection leads to it."""
    del store  # the hook finds it in the environment
    emulator = ExactOnlineEmulator(country="nl")
    with EmulatorServer(emulator) as server:
        fields = vendor_fields(server.url)
        consent("exactonline_nl", fields, TokenStore(store_engine(store_url), [KEY]))
        monkeypatch.setenv(f"AIRFLOW_CONN_{CONN_ID.upper()}", json.dumps(fields))
        yield emulator


def refused() -> str:
    """Test the connection, which must not work, and return what is said."""
    works, said = ExactOnlineHook(CONN_ID).test_connection()
    assert not works, said
    assert CONN_ID not in said
    return said


def change(monkeypatch: pytest.MonkeyPatch, variable: str, fields: Fields, **changed: object) -> None:
    monkeypatch.setenv(f"AIRFLOW_CONN_{variable.upper()}", json.dumps(fields | changed))


def vendor_fields(server_url: str) -> Fields:
    return vendor_connections({"exactonline": server_url})["exactonline_nl"]


def test_hook_finds_the_store_by_itself(exact: ExactOnlineEmulator) -> None:
    works, said = ExactOnlineHook(CONN_ID).test_connection()

    assert works
    assert "1234567 Voorbeeld Recycling B.V. (calls left: 56 of 60 this minute, 4996 of 5000 today)" in said
    assert exact.switches.on("user_may_post")


@pytest.mark.usefixtures("exact")
def test_one_division_is_tested_alone() -> None:
    works, said = ExactOnlineHook(CONN_ID).test_connection("1234568")

    assert works
    assert "1234568" in said
    assert "1234567" not in said


@pytest.mark.usefixtures("exact")
def test_more_divisions_than_a_person_waits_for_are_named_as_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(probe, "DIVISIONS_ASKED_MAX", 1)

    works, said = ExactOnlineHook(CONN_ID).test_connection()

    assert works
    assert "division 1234568 was not asked, 1 others were" in said


def test_division_open_last_that_was_not_consented_to_says_what_to_do(exact: ExactOnlineEmulator) -> None:
    exact.switches.move({"current_division_in_scope": False})

    said = refused()

    assert "cannot be listed from 1234569" in said
    assert "Open one there that was consented to" in said


@pytest.mark.usefixtures("exact")
def test_used_up_limit_says_when_to_try_again(store_url: str) -> None:
    budgets = BudgetStore(store_engine(store_url))
    hook = ExactOnlineHook(CONN_ID)
    site = hook.connection.base_url.removeprefix("http://")
    counter = Counter(name=f"{site}|{hook.connection.client_id}|1234567", windows=CALL_WINDOWS)
    budgets.add(counter, 5000)

    said = refused()

    assert "is used up" in said
    assert "Try again in" in said


@pytest.mark.usefixtures("exact")
def test_connection_without_consent_names_the_command(store_url: str) -> None:
    with store_engine(store_url).begin() as connection:
        connection.execute(sa.text("DELETE FROM token"))

    said = refused()

    assert "nobody has consented yet" in said
    assert "finance_hooks.cli authorise" in said


@pytest.mark.usefixtures("exact")
def test_store_that_does_not_answer_is_said_to_be_unreachable(
    store: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(monkeypatch, "finance_store", store, host="127.0.0.1", port=free_port(), password="store-secret")

    said = refused()

    assert "The store does not answer" in said
    assert "store-secret" not in said


@pytest.mark.usefixtures("exact")
def test_store_without_tables_says_how_to_make_them(store: Fields, monkeypatch: pytest.MonkeyPatch) -> None:
    change(monkeypatch, "finance_store", store, schema="template1")

    said = refused()

    assert "has no tables yet; run `make up`" in said


@pytest.mark.usefixtures("exact")
def test_key_that_is_not_the_one_tokens_were_sealed_with_is_said_to_be_missing(
    store: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(monkeypatch, "finance_store", store, extra={"token_key": Fernet.generate_key().decode()})

    said = refused()

    assert "encrypted with a key that is missing in token_key" in said


@pytest.mark.parametrize(
    ("host", "environment", "sentence"),
    [
        ("https://start.exactonline.nl", "test", "marked test does not talk to the production host"),
        ("https://start.exactonline.nl", "production", "this installation is marked test"),
        ("https://start.exactonline.nl.example.com", "production", "this installation is marked test"),
        ("http://exact.example.com", "test", "plain http goes to this machine only"),
    ],
)
@pytest.mark.usefixtures("store")
def test_connection_that_may_not_be_used_here_says_why(
    monkeypatch: pytest.MonkeyPatch, host: str, environment: str, sentence: str
) -> None:
    fields = vendor_fields(host)
    change(monkeypatch, CONN_ID, fields, extra=fields["extra"] | {"environment": environment})

    said = refused()

    assert sentence in said
    assert "This connection" in said


@pytest.mark.parametrize(
    "host", ["https://start.exactonline.example.com", "https://start.exactonline.nl.example.com"]
)
def test_host_that_only_resembles_exacts_gets_no_secret(
    store: Fields, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    change(monkeypatch, "finance_store", store, extra=store["extra"] | {"environment": "production"})
    fields = vendor_fields(host)
    change(monkeypatch, CONN_ID, fields, extra=fields["extra"] | {"environment": "production"})

    assert "which is no production host" in refused()
