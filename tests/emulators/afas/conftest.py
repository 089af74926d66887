"""An AFAS environment whose clock stands still."""

import pytest

from tests.emulators.afas_client import AfasClient, emulator_of


@pytest.fixture
def client() -> AfasClient:
    """A caller with the first token."""
    return AfasClient(emulator_of())
