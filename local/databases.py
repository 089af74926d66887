"""The two databases of an installation: Airflow's metadata and the store."""

import importlib.metadata
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

import sqlalchemy as sa

from finance_hooks.store import migrate
from finance_hooks.store.engine import StoreConnection, store_url, token_keys
from local.components import ComponentError
from local.postgres import EmbeddedPostgres

AIRFLOW_URL: Final = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"
STORE_CONNECTION: Final = "AIRFLOW_CONN_FINANCE_STORE"
MIGRATION_TIMEOUT_S: Final = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Databases:
    """The addresses of both databases, and the keys that encrypt tokens in the store, newest first."""

    airflow_url: str
    store_url: str
    token_keys: tuple[str, ...] = field(repr=False)


def open_databases(server: EmbeddedPostgres, *, token_key: str) -> Databases:
    """Return the databases the environment names; what it does not name is made on the embedded server."""
    airflow_url = os.environ.get(AIRFLOW_URL)
    store = _store_of_user()
    if not airflow_url or not store:
        server.start()
    return Databases(
        airflow_url=airflow_url or server.ensure_database("airflow"),
        store_url=store_url(store) if store else server.ensure_database("finance_store"),
        token_keys=token_keys(store.extra_dejson if store else {"token_key": token_key}),
    )


def migrate_store(databases: Databases) -> None:
    """Bring the store's schema up to date."""
    migrate.upgrade(databases.store_url)


def migrate_airflow(databases: Databases, *, environment: Mapping[str, str], state: Path) -> None:
    """Bring Airflow's schema up to date; skipped when this version of Airflow left it as it is now."""
    kept = state / "airflow-schema.json"
    release = importlib.metadata.version("apache-airflow-core")
    revision = _airflow_revision(databases.airflow_url)
    if revision and kept.exists() and json.loads(kept.read_text(encoding="utf-8")) == [release, revision]:
        return
    migrated = subprocess.run(
        [sys.executable, "-m", "airflow", "db", "migrate"],
        env=dict(environment),
        cwd=state,
        capture_output=True,
        text=True,
        timeout=MIGRATION_TIMEOUT_S,
        check=False,
    )
    if migrated.returncode:
        raise ComponentError(f"Airflow's database could not be migrated:\n{migrated.stdout}{migrated.stderr}")
    kept.write_text(json.dumps([release, _airflow_revision(databases.airflow_url)]), encoding="utf-8")


def _store_of_user() -> StoreConnection | None:
    """Read the store's Airflow connection from the environment, in the JSON form or as an address."""
    connection = os.environ.get(STORE_CONNECTION)
    if not connection:
        return None
    # Importing Airflow takes seconds, and few set this variable.
    from airflow.sdk import Connection  # noqa: PLC0415

    read = Connection.from_json if connection.lstrip().startswith("{") else Connection.from_uri
    return cast("StoreConnection", read(connection, conn_id="finance_store"))


def _airflow_revision(url: str) -> str | None:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
        return revision
