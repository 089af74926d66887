"""Delete, block or rename one row or one code: what uses it is parked, and nothing shorter is booked."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from finance_hooks.mapping.tables import read_tables
from tests.integration.chain.chain import Chain
from tests.integration.chain.mutating import Mutating
from tests.integration.chain.mutations import CodeChange, RowChange, code_changes, row_changes
from tests.integration.chain.offering import SYNC_IDS, administration

COUNT = 60
ONE_OF_EACH = [sync_id for sync_id in SYNC_IDS if sync_id != "exact_be"]


@pytest.mark.parametrize("sync_id", ONE_OF_EACH)
def test_one_change_of_every_kind_parks_what_uses_it_and_books_the_rest_whole(
    sync_id: str, store_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chain = Chain(store_url, sync_id, monkeypatch)
    mutating = Mutating(chain, tmp_path / "mappings")
    mutating.settle_on(COUNT)

    wrong = [fault for change in sample(mutating, sync_id) for fault in mutating.try_change(change) or ()]
    chain.close()

    assert wrong == []


def sample(mutating: Mutating, sync_id: str) -> Iterator[RowChange | CodeChange]:
    """Choose of every kind of change the one that concerns the fewest documents, but some."""
    tables = read_tables(administration(sync_id))
    changes = [*row_changes(tables, mutating.today), *code_changes(tables, mutating.today)]

    def kind(change: RowChange | CodeChange) -> tuple[str, str, str]:
        return type(change).__name__, change.part, change.change

    for _, alike in groupby(sorted(changes, key=kind), kind):
        concerned = [
            (count, place, each) for place, each in enumerate(alike) if (count := mutating.count(each))
        ]
        if concerned:
            yield min(concerned)[2]
