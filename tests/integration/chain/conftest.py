"""A source with its samples; an administration with its nights."""

from collections.abc import Iterator

import pytest

from tests.integration.chain.chain import Chain
from tests.integration.chain.nights import Nights
from tests.integration.chain.offering import Offer, offering


@pytest.fixture
def offer(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offer]:
    with offering(store_url, monkeypatch) as offer:
        yield offer


@pytest.fixture
def nights(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Nights]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    yield Nights(chain)
    chain.close()
