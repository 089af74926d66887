"""Delete, block or rename every mapping row and every code it names, one at a time, through the whole chain.

Both emulators run on sockets in this process. A change is right when every document that uses it is parked
with the right reason before anything is sent, every other one is booked as it would be without the change,
and nothing stands in the books that is shorter.

    python -m bench.mutations [SYNC_ID...]
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

from bench.scratch_server import scratch_store
from tests.integration.chain.chain import Chain
from tests.integration.chain.mutating import Mutating
from tests.integration.chain.mutation_sample import all_changes
from tests.integration.chain.mutations import CodeChange, RowChange
from tests.integration.chain.offering import SYNC_IDS

COUNT = 200
SAID = 3
"""How many of the documents that a change went wrong for are named."""


def main(sync_ids: list[str]) -> int:
    """Try every change of every administration; returns how many went wrong."""
    return sum(measure(sync_id) for sync_id in sync_ids)


def measure(sync_id: str) -> int:
    """Try every change of one administration and print what came of it."""
    started = time.perf_counter()
    with (
        scratch_store() as store_url,
        pytest.MonkeyPatch.context() as monkeypatch,
        tempfile.TemporaryDirectory() as folder,
    ):
        chain = Chain(store_url, sync_id, monkeypatch)
        mutating = Mutating(chain, Path(folder) / "mappings")
        mutating.settle_on(COUNT)
        tried: Counter[str] = Counter()
        wrong = 0
        for change in all_changes(mutating):
            found = tried_change(mutating, change)
            if found is None:
                tried["of nothing that there is"] += 1
                continue
            tried[f"{type(change).__name__} {change.change}"] += 1
            tried["that concern a document"] += bool(mutating.count(change))
            wrong += len(found)
            for said in found[:SAID]:
                print(f"  {said}", flush=True)
        chain.close()
    seconds = time.perf_counter() - started
    print(
        f"{sync_id}: {len(mutating.rows_of)} documents, {dict(tried)}, {wrong} wrong, {seconds:.0f} s",
        flush=True,
    )
    return wrong


def tried_change(mutating: Mutating, change: RowChange | CodeChange) -> list[str] | None:
    """Try one change; an error names it."""
    try:
        return mutating.try_change(change)
    except Exception as error:
        error.add_note(f"while trying: {change}")
        raise


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:] or SYNC_IDS) else 0)
