"""A source with its samples."""

from collections.abc import Iterator

import pytest

from tests.integration.chain.offering import Offer, offering


@pytest.fixture
def offer(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offer]:
    with offering(store_url, monkeypatch) as offer:
        yield offer
