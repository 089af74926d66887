"""A source with its demo."""

import json
from collections.abc import Iterator

import pytest

from emulators.clock import EmulatorClock
from emulators.qubz.app import QubzEmulator
from emulators.server import EmulatorServer
from tests.integration.chain.offering import NOW, TODAY, Offer


@pytest.fixture
def offer(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offer]:
    emulator = QubzEmulator(seed=1, clock=EmulatorClock(lambda: NOW))
    emulator.load_demo(today=TODAY, documents=0)
    with EmulatorServer(emulator) as server:
        connection = {
            "conn_type": "finance_qubz",
            "host": server.url,
            "login": "finance",
            "password": "finance-secret",
            "extra": {"source_id": "qubz", "environment": "test"},
        }
        monkeypatch.setenv("AIRFLOW_CONN_QUBZ_DEFAULT", json.dumps(connection))
        yield Offer(store_url, server, emulator)
