"""A connection is the same whether it stands in the environment, as JSON or URI, or in a secrets backend."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk import Connection

from finance_hooks.sources.qubz.hook import QubzHook
from finance_hooks.targets.exactonline.hook import ExactOnlineHook

Fields = dict[str, Any]
Place = Callable[[str, Fields], None]
EXACT: Fields = {
    "conn_type": "finance_exactonline",
    "host": "https://start.exactonline.be",
    "port": 443,
    "login": "client/1",
    "password": "a secret: & more",
    "extra": {
        "country": "BE",
        "environment": "production",
        "redirect_uri": "https://qubz.example.org/callback?a=b&c=d",
        "user_name": "koppeling@example.org",
        "rate_direction": "currency_per_books",
    },
}
QUBZ: Fields = {
    "conn_type": "finance_qubz",
    "host": "https://qubz.example.org",
    "login": "finance",
    "password": "wachtwoord/met?tekens",
    "extra": {
        "source_id": "qubz",
        "environment": "test",
        "page_size": 250,
        "odata_select": False,
        "paths": {"memorials": "memoriaal"},
        "headers": {"X-Extra": "zeer geheim"},
    },
}


@pytest.fixture(params=["json", "uri", "uri of plain fields", "file"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Place:
    """Return what puts a connection into one of the places Airflow looks in."""
    # Airflow keeps the first secrets backend it makes for as long as the process lives.
    monkeypatch.setattr("airflow.sdk.configuration._secrets_backend_cache", {})

    def put(conn_id: str, fields: Fields) -> None:
        variable = f"AIRFLOW_CONN_{conn_id.upper()}"
        extra = fields["extra"]
        if request.param == "json":
            monkeypatch.setenv(variable, json.dumps(fields))
        elif request.param == "file":
            kept = tmp_path / "connections.json"
            kept.write_text(json.dumps({conn_id: fields}), encoding="utf-8")
            monkeypatch.setenv(
                "AIRFLOW__SECRETS__BACKEND", "airflow.secrets.local_filesystem.LocalFilesystemBackend"
            )
            monkeypatch.setenv(
                "AIRFLOW__SECRETS__BACKEND_KWARGS", json.dumps({"connections_file_path": str(kept)})
            )
        else:
            if request.param == "uri of plain fields":
                # What stands in the query of an address is text.
                extra = {
                    name: value if isinstance(value, str) else json.dumps(value)
                    for name, value in extra.items()
                }
            made = Connection(**{**fields, "extra": json.dumps(extra)}, conn_id=conn_id)
            monkeypatch.setenv(variable, made.get_uri())

    return put


def test_exact_reads_the_same_from_everywhere(place: Place) -> None:
    place("somewhere", EXACT)

    read = ExactOnlineHook("somewhere").connection

    assert (read.base_url, read.country, read.environment) == (EXACT["host"], "BE", "production")
    assert (read.client_id, read.client_secret) == (EXACT["login"], EXACT["password"])
    assert (read.redirect_uri, read.user_name, read.rate_direction) == (
        EXACT["extra"]["redirect_uri"],
        "koppeling@example.org",
        "currency_per_books",
    )


def test_qubz_reads_the_same_from_everywhere(place: Place) -> None:
    place("somewhere", QUBZ)

    read = QubzHook("somewhere").connection

    assert (read.base_url, read.login, read.password) == (QUBZ["host"], "finance", QUBZ["password"])
    settings = read.settings
    assert (settings.source_id, settings.page_size, settings.odata_select) == ("qubz", 250, False)
    assert settings.paths == {"memorials": "memoriaal"}
    assert settings.headers == {"X-Extra": "zeer geheim"}
