import json
from pathlib import Path

import pytest

from local.components import ComponentError
from local.connections import emulated_connections, needed_connections, store_connection, uses_emulators

NEEDED = {"qubz_default", "exactonline_nl"}


def test_needed_connections_are_those_that_administrations_name(tmp_path: Path) -> None:
    table = tmp_path / "administrations.csv"
    table.write_text(
        "sync_id,source_conn_id,target_conn_id\n1,qubz_default,exactonline_nl\n2,qubz_default,\n",
        encoding="utf-8",
    )

    assert needed_connections(tmp_path) == NEEDED


def test_without_any_connection_the_emulators_are_used() -> None:
    assert uses_emulators(NEEDED, environment={"AIRFLOW_CONN_OTHER": "x"})


def test_with_all_connections_no_emulator_is_used() -> None:
    assert not uses_emulators(
        NEEDED, environment={"AIRFLOW_CONN_QUBZ_DEFAULT": "x", "AIRFLOW_CONN_EXACTONLINE_NL": "y"}
    )


def test_sample_documents_never_reach_real_books() -> None:
    with pytest.raises(ComponentError, match="AIRFLOW_CONN_QUBZ_DEFAULT"):
        uses_emulators(NEEDED, environment={"AIRFLOW_CONN_EXACTONLINE_NL": "y"})


def test_emulated_connections_point_at_the_emulators() -> None:
    addresses = {
        "qubz": "http://127.0.0.1:1001",
        "exactonline": "http://127.0.0.1:1002",
        "exactonline_be": "http://127.0.0.1:1003",
    }

    hosts = {name: json.loads(fields)["host"] for name, fields in emulated_connections(addresses).items()}

    assert hosts == {
        "AIRFLOW_CONN_QUBZ_DEFAULT": "http://127.0.0.1:1001",
        "AIRFLOW_CONN_EXACTONLINE_NL": "http://127.0.0.1:1002",
        "AIRFLOW_CONN_EXACTONLINE_BE": "http://127.0.0.1:1003",
    }


def test_store_connection_carries_the_address_and_the_token_key() -> None:
    variables = store_connection(
        "postgresql+psycopg2://me:p%40ss@127.0.0.1:5433/finance_store", token_key="k1"
    )

    assert json.loads(variables["AIRFLOW_CONN_FINANCE_STORE"]) == {
        "conn_type": "postgres",
        "host": "127.0.0.1",
        "port": 5433,
        "login": "me",
        "password": "p@ss",
        "schema": "finance_store",
        "extra": {"token_key": "k1"},
    }


def test_store_connection_of_the_user_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", "postgres://elsewhere/store")

    assert store_connection("postgresql://127.0.0.1/store", token_key="k1") == {}
