"""Exact hosts with a clock that stands still, and clients that may post."""

import pytest

from tests.emulators.exactonline_client import ExactClient, emulator_of


@pytest.fixture
def stranger() -> ExactClient:
    """A client of the Dutch host that has no tokens yet."""
    return ExactClient(emulator_of("nl"))


@pytest.fixture
def client(stranger: ExactClient) -> ExactClient:
    """A client of the Dutch host, without limits in its way."""
    stranger.control("limits", {"scale": 0})
    return stranger.authorise()


@pytest.fixture
def belgian() -> ExactClient:
    """A client of the Belgian host, without limits in its way."""
    client = ExactClient(emulator_of("be"))
    client.control("limits", {"scale": 0})
    return client.authorise()
