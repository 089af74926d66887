"""Open the store: PostgreSQL, with time-outs that let no worker wait or hold a lock for long."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.store.pool import check_after_idling

__all__ = [
    "CONNECTION_ID",
    "Connection",
    "Engine",
    "StoreConnection",
    "reading_only",
    "ready_engine",
    "store_engine",
    "store_url",
    "token_keys",
]

CONNECTION_ID = "finance_store"
CONNECT_TIMEOUT_S = 10
SESSION_OPTIONS = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=15s -c timezone=UTC"
PASSED_ON = ("sslmode", "sslrootcert", "sslcert", "sslkey")
"""Extra fields of the connection that libpq understands and that are passed on to it."""


class StoreConnection(Protocol):
    """What the store asks of an Airflow connection."""

    conn_type: str | None
    host: str | None
    port: int | None
    login: str | None
    schema: str | None

    @property
    def password(self) -> str | None:
        """The password, in clear."""
        ...

    @property
    def extra_dejson(self) -> dict[str, Any]:
        """The extra fields."""
        ...


def store_url(connection: StoreConnection) -> str:
    """Turn the connection `finance_store` into a database address; a host that is a path is a Unix socket."""
    if connection.conn_type not in {"postgres", "postgresql"}:
        raise ConfigurationError(
            f"Connection {CONNECTION_ID} is of type {connection.conn_type!r}; the store needs type postgres."
        )
    if not connection.schema:
        raise ConfigurationError(f"Connection {CONNECTION_ID} names no database; fill the field Schema.")
    query: dict[str, str] = {
        name: str(connection.extra_dejson[name]) for name in PASSED_ON if connection.extra_dejson.get(name)
    }
    host = connection.host or None
    if host and host.startswith("/"):
        query["host"] = host
        host = None
    address = sa.URL.create(
        "postgresql+psycopg2",
        username=connection.login or None,
        password=connection.password or None,
        host=host,
        port=connection.port or None,
        database=connection.schema,
        query=query,
    )
    return address.render_as_string(hide_password=False)


def token_keys(extra: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys that encrypt tokens, newest first, from the extra field `token_key`."""
    keys = tuple(key.strip() for key in str(extra.get("token_key") or "").split(",") if key.strip())
    if not keys:
        raise ConfigurationError(
            f"Connection {CONNECTION_ID} has no token_key in its extra fields; make one with "
            "`python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'`."
        )
    return keys


def store_engine(url: str) -> sa.Engine:
    """Return this process's engine for a store; connections are opened when they are first needed."""
    # Airflow forks its tasks: an engine inherited from the parent would share the parent's sockets.
    return _engine(url, os.getpid())


def reading_only(engine: Engine) -> Engine:
    """Return the same store for somebody who must not write: PostgreSQL refuses every change."""
    return engine.execution_options(postgresql_readonly=True)


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction in which all reads see the store as it was at the first of them."""
    with engine.connect() as connection:
        connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def ready_engine(connection: StoreConnection) -> Engine:
    """Return the engine of a store that answers and has its tables; ConfigurationError says what to do."""
    engine = store_engine(store_url(connection))
    try:
        with engine.connect() as opened:
            has_tables = opened.scalar(sa.text("SELECT to_regclass('lease')")) is not None
    except sa.exc.OperationalError as error:
        # libpq names host, port, user and database, never the password.
        said = " ".join(str(error.orig).split())
        raise ConfigurationError(
            f"The store does not answer ({said}); check that its PostgreSQL server runs, and host, port, "
            f"login, password and schema of connection {CONNECTION_ID}."
        ) from None
    if not has_tables:
        raise ConfigurationError(
            f"The database of connection {CONNECTION_ID} has no tables yet; run `make up`, or `make sync`."
        )
    return engine


@lru_cache(maxsize=8)
def _engine(url: str, _process_id: int) -> sa.Engine:
    engine = sa.create_engine(
        url,
        # An error names the statement, not what stood in it: amounts, names, sealed tokens.
        hide_parameters=True,
        connect_args={"options": SESSION_OPTIONS, "connect_timeout": CONNECT_TIMEOUT_S},
    )
    check_after_idling(engine)
    return engine
