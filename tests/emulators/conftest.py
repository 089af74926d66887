"""Emulators on free ports for the tests of the emulators."""

from collections.abc import Iterator
from datetime import date

import pytest

from emulators.qubz.app import QubzEmulator
from emulators.server import EmulatorServer
from tests.emulators.notes import NoteEmulator


@pytest.fixture
def notes() -> NoteEmulator:
    return NoteEmulator(seed=1)


@pytest.fixture
def served_notes(notes: NoteEmulator) -> Iterator[EmulatorServer]:
    with EmulatorServer(notes) as server:
        yield server


@pytest.fixture
def qubz() -> QubzEmulator:
    """21QUBZ with the demo of 6 November 2026."""
    emulator = QubzEmulator()
    emulator.load_demo(today=date(2026, 11, 6), documents=0)
    return emulator
