"""A source with its samples; an administration with its nights."""

from collections.abc import Iterator

import pytest

from tests.integration.chain.attaching import opened
from tests.integration.chain.chain import Chain
from tests.integration.chain.nights import Nights
from tests.integration.chain.offering import Offer, offering
from tests.integration.chain.source_changes import SourceChanges
from tests.integration.chain.telling import Telling


@pytest.fixture
def offer(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offer]:
    with offering(store_url, monkeypatch) as offer:
        yield offer


@pytest.fixture
def nights(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nights]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    yield Nights(chain)
    chain.close()


@pytest.fixture(params=["exact_nl", "twinfield_nl", "afas_nl", "accountview_nl"])
def source(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SourceChanges]:
    """Return the documents of an administration of each package, as people change them."""
    chain = Chain(store_url, request.param, monkeypatch)
    yield SourceChanges(chain)
    chain.close()


@pytest.fixture(params=["exact_nl", "afas_nl"])
def attaching(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Telling]:
    attaching = opened(store_url, request.param, monkeypatch)
    yield attaching
    attaching.chain.close()


@pytest.fixture
def attaching_in_exact(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Telling]:
    attaching = opened(store_url, "exact_nl", monkeypatch)
    yield attaching
    attaching.chain.close()
