"""Delete, block or rename one row or one code: what uses it is parked, and nothing shorter is booked."""

from pathlib import Path

import pytest

from tests.integration.chain.chain import Chain
from tests.integration.chain.mutating import Mutating
from tests.integration.chain.mutation_sample import one_of_each
from tests.integration.chain.offering import SYNC_IDS

COUNT = 30
ONE_OF_EACH = [sync_id for sync_id in SYNC_IDS if sync_id != "exact_be"]


@pytest.mark.parametrize("sync_id", ONE_OF_EACH)
def test_a_change_in_every_file_and_part_of_the_chart_parks_what_uses_it_and_books_the_rest_whole(
    sync_id: str, store_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chain = Chain(store_url, sync_id, monkeypatch)
    mutating = Mutating(chain, tmp_path / "mappings")
    mutating.settle_on(COUNT)

    wrong = [fault for change in one_of_each(mutating) for fault in mutating.try_change(change) or ()]
    chain.close()

    assert wrong == []
