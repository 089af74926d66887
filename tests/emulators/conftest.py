"""Emulators on free ports for the tests of the emulators."""

from collections.abc import Iterator

import pytest

from emulators.server import EmulatorServer
from tests.emulators.notes import NoteEmulator


@pytest.fixture
def notes() -> NoteEmulator:
    return NoteEmulator(seed=1)


@pytest.fixture
def served_notes(notes: NoteEmulator) -> Iterator[EmulatorServer]:
    with EmulatorServer(notes) as server:
        yield server
