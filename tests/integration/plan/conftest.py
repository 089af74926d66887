"""A chain of every administration, or of one, with somebody who plans its nights."""

from collections.abc import Iterator

import pytest

from tests.integration.chain.chain import Chain
from tests.integration.chain.offering import SYNC_IDS
from tests.integration.plan.comparing import Comparison


@pytest.fixture(params=SYNC_IDS)
def each(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Comparison]:
    chain = Chain(store_url, request.param, monkeypatch)
    yield Comparison(chain)
    chain.close()


@pytest.fixture
def exact(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Comparison]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    yield Comparison(chain)
    chain.close()
