"""From an Airflow connection to a store that waits for nobody long."""

import time

import pytest
import sqlalchemy as sa
from airflow.sdk import BaseHook

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.store.engine import store_engine, store_url, token_keys
from finance_hooks.store.metadata import database_now
from finance_hooks.store.pool import IDLE_S


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        ("postgres://u:p%40ss@db:5433/store", "postgresql+psycopg2://u:p%40ss@db:5433/store"),
        (
            "postgres://%2Fvar%2Frun%2Fpostgresql/store",
            "postgresql+psycopg2:///store?host=%2Fvar%2Frun%2Fpostgresql",
        ),
        ("postgresql://u@db/store?sslmode=require", "postgresql+psycopg2://u@db/store?sslmode=require"),
        ("postgres://u@db/store?token_key=x", "postgresql+psycopg2://u@db/store"),
    ],
)
def test_connection_becomes_an_address(uri: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", uri)

    assert store_url(BaseHook.get_connection("finance_store")) == expected


@pytest.mark.parametrize(
    ("uri", "fault"),
    [("mysql://db/store", "type postgres"), ("postgres://db", "Schema")],
)
def test_connection_that_names_no_postgres_database_is_refused(
    uri: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", uri)
    connection = BaseHook.get_connection("finance_store")

    with pytest.raises(ConfigurationError, match=fault):
        store_url(connection)


def test_token_keys_come_newest_first() -> None:
    assert token_keys({"token_key": "new, old"}) == ("new", "old")


@pytest.mark.parametrize("extra", [{}, {"token_key": None}, {"token_key": " , "}])
def test_store_without_token_key_is_refused(extra: dict[str, str | None]) -> None:
    with pytest.raises(ConfigurationError, match="token_key"):
        token_keys(extra)


def test_sessions_give_up_waiting(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        shown = [
            connection.execute(sa.text(f"SHOW {name}")).scalar_one()
            for name in ("lock_timeout", "idle_in_transaction_session_timeout", "timezone")
        ]

    assert shown == ["10s", "15s", "UTC"]


def test_one_process_has_one_engine_for_a_store(store_url: str) -> None:
    assert store_engine(store_url) is store_engine(store_url)


def test_clock_of_the_store_goes_on_within_a_transaction(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        first = database_now(connection)
        connection.execute(sa.text("SELECT pg_sleep(0.01)"))

        assert database_now(connection) > first


def test_connection_that_the_server_closed_while_idle_is_opened_anew(store_url: str) -> None:
    engine = store_engine(store_url)
    with engine.begin() as connection:
        backend = connection.scalar(sa.text("SELECT pg_backend_pid()"))
    other = sa.create_engine(store_url)
    with other.begin() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:backend)"), {"backend": backend})
    other.dispose()
    time.sleep(IDLE_S)

    with engine.begin() as connection:
        assert connection.scalar(sa.text("SELECT pg_backend_pid()")) != backend
