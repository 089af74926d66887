"""AccountView with a clock that stands still, and clients that may post."""

import pytest

from tests.emulators.accountview_client import AccountViewClient, emulator_of


@pytest.fixture
def stranger() -> AccountViewClient:
    """A client that has no tokens yet."""
    return AccountViewClient(emulator_of())


@pytest.fixture
def client(stranger: AccountViewClient) -> AccountViewClient:
    """A client that may read and change."""
    return stranger.authorise()
