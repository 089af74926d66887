"""A night of every administration of the table keeps the three promises."""

from collections.abc import Iterator

import pytest

from tests.integration.chain.chain import Chain, everything_booked_once
from tests.integration.chain.dollars import issue_dollars
from tests.integration.chain.offering import SYNC_IDS

COUNT = 40


@pytest.fixture(params=SYNC_IDS)
def chain(request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, request.param, monkeypatch)
    yield chain
    chain.close()


def test_dollars_of_many_lines_leave_a_residue_that_is_named_and_no_difference(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    issue_dollars(chain, ["10.01", "10.01", "10.01", "0.07"], rate="0.9137")

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


def test_second_night_books_nothing_and_calls_no_package_to_book(chain: Chain) -> None:
    chain.generate(COUNT)
    chain.night("first")
    sent = chain.bench.posting_calls()

    report = chain.night("second")

    assert (report.booked, report.already_booked, report.red) == (0, COUNT, ())
    assert chain.bench.posting_calls() == sent


def test_lost_answers_on_one_call_in_five_neither_double_nor_lose(chain: Chain) -> None:
    chain.generate(COUNT)
    chain.bench.place(effect="lost_answer", times=None, probability=0.2, seed=3)

    chain.prepare()
    chain.load_until_done()

    everything_booked_once(chain, chain.conclude(), COUNT)
