"""A Twinfield whose clock stands still, and clients that may post."""

import pytest

from tests.emulators.twinfield_client import UNCERTIFIED, TwinfieldClient, emulator_of


@pytest.fixture
def stranger() -> TwinfieldClient:
    """A client that has no tokens yet."""
    return TwinfieldClient(emulator_of())


@pytest.fixture
def client(stranger: TwinfieldClient) -> TwinfieldClient:
    """A client with tokens, without limits in its way."""
    stranger.control("limits", {"scale": 0})
    return stranger.authorise()


@pytest.fixture
def uncertified(stranger: TwinfieldClient) -> TwinfieldClient:
    """A client that is not certified, with the vendor's limits."""
    stranger.credentials = UNCERTIFIED
    return stranger.authorise()
