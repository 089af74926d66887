"""A night from 21QUBZ into Exact Online keeps the three promises under every fault."""

from collections.abc import Iterator

import pytest

from tests.integration.chain.chain import Chain, everything_booked_once

COUNT = 40


@pytest.fixture(params=["NL", "BE"])
def chain(request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, request.param, monkeypatch)
    yield chain
    chain.close()


def test_night_books_every_document_once_to_the_cent(chain: Chain) -> None:
    chain.generate(COUNT)

    report = chain.night()

    everything_booked_once(chain, report, COUNT)
    assert report.booked == COUNT
