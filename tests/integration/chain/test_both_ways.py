"""Books proved by the package's reading and by its audit file give the same figures and the same faults."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from emulators.audit_file_style import Style
from tests.integration.chain.both_ways import (
    Worked,
    by_books,
    by_files,
    faults,
    issue_a_year,
    live_a_year,
    told_alike,
)
from tests.integration.chain.chain import Chain
from tests.integration.chain.offering import SYNC_IDS

COUNT = 60


@pytest.fixture
def chain(request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, request.param, monkeypatch)
    issue_a_year(chain, COUNT, seed=7)
    yield chain
    chain.close()


@pytest.mark.parametrize("chain", SYNC_IDS, indirect=True)
def test_a_year_gives_the_same_figures_by_the_books_and_by_audit_files(chain: Chain, tmp_path: Path) -> None:
    worked: Worked = live_a_year(chain)

    books = by_books(chain)

    assert sum(one.documents for one in books.comparisons) > COUNT
    assert faults(books) == {"missing_in_books": 1, "amount_differs": 3}
    assert {fault.document for fault in books.faults} == {
        number for number, hand in worked.done.items() if hand != "by hand"
    }
    for style in (Style(version="3.2"), Style(version="4.0", zeros=2)):
        files = by_files(chain, tmp_path, style)
        assert told_alike(files) == told_alike(books)
        assert (dict(files.untold), files.after_reading) == ({}, 0)
