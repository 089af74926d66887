"""A served emulator with the demo's documents, and a bench around it."""

from collections.abc import Iterator

import pytest

from emulators.clock import EmulatorClock
from emulators.qubz.app import QubzEmulator
from emulators.server import EmulatorServer
from tests.contract.qubz.bench import NOW, TODAY, Bench


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    emulator = QubzEmulator(seed=1, clock=EmulatorClock(lambda: NOW))
    emulator.load_demo(today=TODAY, documents=60)
    with EmulatorServer(emulator) as server:
        yield Bench(emulator=emulator, server=server, monkeypatch=monkeypatch)


@pytest.fixture(params=["rest", "odata"])
def style(request: pytest.FixtureRequest) -> str:
    return str(request.param)
