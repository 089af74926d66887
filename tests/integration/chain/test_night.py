"""A night from 21QUBZ into Exact Online keeps the three promises under every fault."""

from collections.abc import Iterator

import pytest

from tests.integration.chain.chain import Chain, everything_booked_once

COUNT = 40


@pytest.fixture(params=["exact_nl", "exact_be"])
def chain(request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, request.param, monkeypatch)
    yield chain
    chain.close()


def test_dollars_of_many_lines_leave_a_residue_that_is_named_and_no_difference(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    chain.issue_dollars(["10.01", "10.01", "10.01", "0.07"], rate="0.9137")

    report = chain.night()
    chain.close()

    assert (report.booked, report.red) == (1, ())
    assert report.difference == 0
    assert report.conversion_residue != 0


def test_night_books_every_document_once_to_the_cent(chain: Chain) -> None:
    chain.generate(COUNT)

    report = chain.night()

    everything_booked_once(chain, report, COUNT)
    assert report.booked == COUNT
