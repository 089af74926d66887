"""The Airflow connections of a local run: the user's own, or the emulated vendors'."""

import csv
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from local.components import ComponentError
from local.paths import PROJECT

MAPPINGS_VARIABLE: Final = "FINANCE_MAPPINGS"
STORE: Final = "finance_store"


def needed_connections(mappings: Path | None = None) -> set[str]:
    """Return the ids of the source and target connections that administrations.csv names.

    The environment may name another folder of mapping files than the project's own.
    """
    folder = mappings or Path(os.environ.get(MAPPINGS_VARIABLE) or PROJECT / "include" / "mappings")
    administrations = folder / "administrations.csv"
    with administrations.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = {row.get(column) or "" for row in rows for column in ("source_conn_id", "target_conn_id")}
    return named - {""}


def uses_emulators(needed: set[str], *, environment: Mapping[str, str] = os.environ) -> bool:
    """Say whether the run talks to the emulators: it does when the user set none of the needed connections.

    Some set and some not is refused: sample documents would go into real books, or real ones nowhere.
    """
    missing = {conn_id for conn_id in needed if variable(conn_id) not in environment}
    if not missing:
        return False
    if missing != needed:
        names = ", ".join(variable(conn_id) for conn_id in sorted(missing))
        raise ComponentError(
            f"Some connections are set and these are not: {names}. "
            "Set all of them to work with real systems, or none to work with the emulators."
        )
    return True


def store_connection(store_url: str, *, token_key: str) -> dict[str, str]:
    """Return the variable of the store's connection; one the user set stays as it is."""
    if variable(STORE) in os.environ:
        return {}
    address = sa.make_url(store_url)
    fields = {
        "conn_type": "postgres",
        "host": address.host,
        "port": address.port,
        "login": address.username,
        "password": address.password,
        "schema": address.database,
        "extra": {"token_key": token_key},
    }
    return {variable(STORE): json.dumps(fields)}


def emulated_connections(addresses: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of the emulated vendors' connections, with the emulators' fixed credentials."""
    connections = {
        "qubz_default": {
            "conn_type": "finance_qubz",
            "host": addresses["qubz"],
            "login": "finance",
            "password": "finance-secret",
            "extra": {"source_id": "qubz-emulated", "environment": "test"},
        },
        "exactonline_nl": _exactonline(
            addresses["exactonline"],
            country="NL",
            client_id="a1b2c3d4-0031-4000-8000-000000000031",
            client_secret="nl-test-secret",  # noqa: S106 - the emulator's own, listed in its README
        ),
        "exactonline_be": _exactonline(
            addresses["exactonline_be"],
            country="BE",
            client_id="a1b2c3d4-0032-4000-8000-000000000032",
            client_secret="be-test-secret",  # noqa: S106 - the emulator's own, listed in its README
        ),
    }
    return {variable(conn_id): json.dumps(fields) for conn_id, fields in connections.items()}


def variable(conn_id: str) -> str:
    """Return the name of the environment variable in which Airflow looks for a connection."""
    return f"AIRFLOW_CONN_{conn_id.upper()}"


def _exactonline(address: str, *, country: str, client_id: str, client_secret: str) -> dict[str, Any]:
    return {
        "conn_type": "finance_exactonline",
        "host": address,
        "login": client_id,
        "password": client_secret,
        "extra": {
            "country": country,
            "environment": "test",
            "redirect_uri": "https://qubz.example.org/rest/exactonline/callback",
            "user_name": "koppeling@example.org",
        },
    }
