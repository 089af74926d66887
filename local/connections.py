"""The Airflow connections of a local run: the user's own, or the emulated vendors'."""

import csv
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from finance_hooks.mapping.folder import mappings_folder
from local.components import ComponentError

STORE: Final = "finance_store"
EMULATED: Final = Path(__file__).with_name("emulated")


def needed_connections(mappings: Path | None = None) -> set[str]:
    """Return the ids of the source and target connections that administrations.csv names.

    The environment may name another folder of mapping files than the project's own.
    """
    administrations = (mappings or mappings_folder()) / "administrations.csv"
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


def emulated_connection_ids() -> list[str]:
    """List the connections that the emulators can stand in for."""
    return sorted(path.stem for path in EMULATED.glob("*.json"))


def emulated_connections(addresses: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of the connections to the systems at these addresses, from files in `emulated`.

    A file is named after its connection and holds the emulator's own credentials.
    """
    connections = {}
    for conn_id in emulated_connection_ids():
        fields = json.loads((EMULATED / f"{conn_id}.json").read_text(encoding="utf-8"))
        host = addresses.get(fields.pop("system"))
        if host is not None:
            connections[variable(conn_id)] = json.dumps(fields | {"host": host})
    return connections


def variable(conn_id: str) -> str:
    """Return the name of the environment variable in which Airflow looks for a connection."""
    return f"AIRFLOW_CONN_{conn_id.upper()}"
