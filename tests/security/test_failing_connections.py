"""A connection that fails, in whatever way, says so without its secrets: answers, exceptions, logs."""

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol
from urllib.parse import quote

import pytest
from airflow.sdk import BaseHook

from finance_hooks.cli.__main__ import main
from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.sources.qubz.hook import QubzHook
from finance_hooks.targets.registry import find_target_of
from local.connections import variable
from tests.security.estate import Estate, opened_estate
from tests.security.places import raised, tables, told
from tests.security.searching import Place, search

pytestmark = pytest.mark.timeout(600)
SYSTEMS = {
    "qubz_default": "qubz",
    "exactonline_nl": "exactonline",
    "exactonline_be": "exactonline_be",
    "twinfield_nl": "twinfield",
    "afas_nl": "afas",
    "accountview_nl": "accountview",
}
QUOTES = "{request}"
BODIES = (
    f"<html><body>{QUOTES}</body></html>",
    f'{{"error": {{"code": "1", "message": {{"lang": "nl", "value": "{QUOTES}"}}}}}}',
    f'{{"error": "invalid_client", "error_description": "{QUOTES}", "Message": "{QUOTES}"}}',
    f'{{"externalMessage": "{QUOTES}", "message": "{QUOTES}", "ErrorMessage": "{QUOTES}"}}',
    f"<?xml version='1.0'?><s:Body><s:Fault><faultstring>{QUOTES}</faultstring></s:Fault></s:Body>",
)
TROUBLES: Mapping[str, tuple[Mapping[str, object], ...]] = {
    **{
        f"{status} with what was sent, {number}": ({"effect": "status", "status": status, "body": body},)
        for number, body in enumerate(BODIES)
        for status in (200, 400, 401)
    },
    "500 with what was sent": ({"effect": "status", "status": 500, "body": BODIES[0]},),
    "a page for people": ({"effect": "html", "body": BODIES[0]},),
    "half an answer": ({"effect": "truncated", "length": "full"},),
    "a reset": ({"effect": "reset"},),
    "a lost answer": ({"effect": "lost_answer"},),
    "an expired token": ({"effect": "token_expired"},),
    "too many calls": ({"effect": "throttle", "delay_s": 30},),
}


class Tested(Protocol):
    def test_connection(self) -> tuple[bool, str]: ...


@pytest.fixture(scope="module")
def estate(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    with opened_estate(postgres_url, tmp_path_factory.mktemp("failing")) as made:
        made.age_tokens()
        yield made


@contextmanager
def fields_of(conn_id: str) -> Iterator[dict[str, Any]]:
    """Let a connection have other fields for a while."""
    name, before = variable(conn_id), os.environ[variable(conn_id)]
    changed = json.loads(before)
    try:
        yield changed
    finally:
        os.environ[name] = before


def lay(conn_id: str, fields: Mapping[str, Any]) -> None:
    os.environ[variable(conn_id)] = json.dumps(fields)


def all_said(conn_id: str, caplog: pytest.LogCaptureFixture) -> list[Place]:
    """Ask a connection for everything that can be asked, and gather what is said: answers, errors, logs."""
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    places = [told(f"Test of {conn_id}", made_hook(conn_id).test_connection())]
    for what, ask in asked_of(conn_id).items():
        try:
            ask()
        except (ConfigurationError, TemporaryFailure) as error:
            places.append(raised(f"{what} of {conn_id}", error))
    return [*places, told(f"log of {conn_id}", [caplog.text, [vars(line) for line in caplog.records]])]


def made_hook(conn_id: str) -> Tested:
    conn_type = BaseHook.get_connection(conn_id).conn_type
    return QubzHook(conn_id) if conn_type == "finance_qubz" else find_target_of(conn_type).make_hook(conn_id)


def asked_of(conn_id: str) -> Mapping[str, Callable[[], object]]:
    rows = [row.administration for row in read_administrations() if row.administration]
    books = next((row for row in rows if row.target_conn_id == conn_id), None)
    if books is None:
        return {"organisations": lambda: QubzHook(conn_id).read_masters("100")}
    conn_type = BaseHook.get_connection(conn_id).conn_type
    return {
        "chart": lambda: find_target_of(conn_type).make_hook(conn_id).read_chart(books.target_administration)
    }


@pytest.mark.parametrize("conn_id", SYSTEMS)
def test_connection_that_works_says_so_without_a_secret(
    estate: Estate, conn_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    works, found = made_hook(conn_id).test_connection()
    said = all_said(conn_id, caplog)
    estate.note_tokens()

    assert works, found
    assert search(estate.safe, said) == []


@pytest.mark.parametrize("conn_id", SYSTEMS)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_vendor_in_trouble_gives_nothing_away(
    estate: Estate, conn_id: str, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    emulator = estate.emulators[SYSTEMS[conn_id]]
    for fault in TROUBLES[trouble]:
        emulator.faults.place(fault)
    try:
        said = all_said(conn_id, caplog)
    finally:
        emulator.faults.clear()
        estate.note_tokens()

    assert len(said) >= 2
    assert search(estate.safe, said) == []


@pytest.mark.parametrize("conn_id", SYSTEMS)
@pytest.mark.parametrize(
    "trouble", ["refused", "unknown host", "plain http", "secret in the host", "production"]
)
def test_wrong_address_gives_nothing_away(
    estate: Estate, conn_id: str, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    password = estate.safe.by_name[f"{conn_id} password"]
    with fields_of(conn_id) as fields:
        fields["host"] = {
            "refused": "http://127.0.0.1:9",
            "unknown host": "https://nowhere.invalid",
            "plain http": "http://vendor.example",
            "secret in the host": f"https://login:{quote(password)}@vendor.example",
            "production": fields["host"],
        }[trouble]
        if trouble == "production":
            fields["extra"]["environment"] = "production"
        lay(conn_id, fields)
        said = all_said(conn_id, caplog)

    assert len(said) == 3
    assert search(estate.safe, said) == []


@pytest.mark.parametrize("conn_id", SYSTEMS)
@pytest.mark.parametrize("spoilt", [None, 7, "tab\there", "line\nbreak", "not latin: \u0142", " "])
def test_field_that_is_not_right_is_named_without_any_other(
    estate: Estate, conn_id: str, spoilt: object, caplog: pytest.LogCaptureFixture
) -> None:
    with fields_of(conn_id) as fields:
        names = [name for name in fields["extra"] if name not in {"headers", "api_key"}]
        for name in names:
            lay(conn_id, fields | {"extra": fields["extra"] | {name: spoilt}})
            assert search(estate.safe, all_said(conn_id, caplog)) == []
        lay(conn_id, fields | {"login": str(spoilt)})
        assert search(estate.safe, all_said(conn_id, caplog)) == []
    assert names


@pytest.mark.parametrize("conn_id", SYSTEMS)
def test_wrong_secret_is_refused_and_not_repeated(
    estate: Estate, conn_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    estate.age_tokens()
    with fields_of(conn_id) as fields:
        wrong = estate.safe.make(f"wrong password of {conn_id}, {len(estate.safe.by_name)}")
        lay(conn_id, fields | {"password": wrong, "extra": fields["extra"] | spoilt_secrets(fields)})
        said = all_said(conn_id, caplog)
        works, _ = made_hook(conn_id).test_connection()

    assert not works
    assert search(estate.safe, said) == []


def spoilt_secrets(fields: Mapping[str, Any]) -> dict[str, str]:
    return {"client_secret_next": ""} if "client_secret_next" in fields["extra"] else {}


@pytest.mark.parametrize(
    "changed",
    [
        {"host": "nowhere.invalid"},
        {"port": 9},
        {"schema": "no_such_database"},
        {"schema": ""},
        {"conn_type": "sqlite"},
        {"extra": {"token_key": "no key at all, and secret all the same"}},
        {"extra": {}},
    ],
)
def test_store_that_is_not_right_says_so_without_its_password(
    estate: Estate,
    changed: dict[str, object],
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    safe = estate.safe.without()
    safe.by_name["key that is none"] = "no key at all, and secret all the same".replace(" ", "")
    with fields_of("finance_store") as fields:
        lay("finance_store", fields | changed)
        said = all_said("twinfield_nl", caplog)
        codes = [main(["where", "x"]), main(["doctor", "twinfield_nl", "--json"])]
    output = capsys.readouterr()

    assert set(codes) <= {0, 1, 2}
    assert "no key at all" not in output.out + output.err + str(said)
    assert search(safe, [*said, told("commands", output.out + output.err)]) == []


def test_nothing_of_all_this_was_stored_in_clear(estate: Estate) -> None:
    estate.note_tokens()
    places = list(tables(estate.store_url, "store"))

    assert any(place.name == "store, table token" and place.content for place in places)
    assert search(estate.safe, places) == []
