"""A mail server that Airflow knows, and the nights of an administration that its tables name."""

import json
from collections.abc import Iterator

import pytest
from cryptography.fernet import Fernet

from finance_hooks.mapping.administrations import read_administrations
from tests.fixtures.mailbox import Mailbox
from tests.integration.cli.store_connection import store_connection
from tests.integration.posting.night import Night

SYNC_ID = "exact_nl"
EXACT = {
    "conn_type": "finance_exactonline",
    "host": "http://127.0.0.1:9",
    "login": "client",
    "password": "client-secret",
    "extra": {
        "environment": "test",
        "country": "NL",
        "redirect_uri": "https://airflow.example/finance/callback",
        "user_name": "finance",
    },
}
"""Nothing listens there."""


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with Mailbox() as mailbox:
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", mailbox.connection())
        monkeypatch.setenv("AIRFLOW_VAR_FINANCE_ALERTS", '[{"to": "boekhouding@example.org"}]')
        monkeypatch.setenv("AIRFLOW__API__BASE_URL", "https://airflow.example")
        yield mailbox


@pytest.fixture
def exact_night(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Night:
    """Return nights of exact_nl on a package of a few lines; Airflow has a connection to the store alone."""
    key = Fernet.generate_key().decode()
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url, token_key=key))
    monkeypatch.delenv("FINANCE_MAPPINGS", raising=False)
    row = next(one for one in read_administrations() if one.sync_id == SYNC_ID)
    assert row.administration is not None
    return Night(url=store_url, administration=row.administration)


@pytest.fixture
def without_consent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give Airflow a connection to Exact whose user never consented."""
    monkeypatch.setenv("AIRFLOW_CONN_EXACTONLINE_NL", json.dumps(EXACT))
