"""Prove a year of documents by the package's own reading and by its audit files, and say whether they agree.

Every administration of the project, its books worked in by people; XAF 3.2 and 4.0.

    python -m bench.year_both_ways [DOCUMENTS] [SEED] [SYNC_ID …]
"""

import sys
import tempfile
import time
from pathlib import Path

import pytest

from bench.scratch_server import scratch_store
from emulators.audit_file_style import Style
from finance_hooks.posting.reconciliation import Reconciliation
from tests.integration.chain.both_ways import (
    by_books,
    by_files,
    faults,
    issue_a_year,
    live_a_year,
    told_alike,
)
from tests.integration.chain.chain import Chain
from tests.integration.chain.offering import SYNC_IDS

STYLES = (Style(version="3.2"), Style(version="4.0", zeros=2, signed=True))


def main(documents: int, seed: int, sync_ids: list[str]) -> int:
    """Live a year in every administration, print, and return 1 when the two ways differ anywhere."""
    return max(one_administration(sync_id, documents, seed) for sync_id in sync_ids)


def one_administration(sync_id: str, documents: int, seed: int) -> int:
    """Prove one administration both ways and print what either found."""
    with (
        scratch_store() as store_url,
        pytest.MonkeyPatch.context() as monkeypatch,
        tempfile.TemporaryDirectory() as folder,
    ):
        chain = Chain(store_url, sync_id, monkeypatch)
        issue_a_year(chain, documents, seed=seed)
        live_a_year(chain)
        states = dict(chain.states())
        started = time.perf_counter()
        books = by_books(chain)
        say(sync_id, "books", books, time.perf_counter() - started, str(states))
        differing = 0
        for style in STYLES:
            started = time.perf_counter()
            files = by_files(chain, Path(folder), style)
            same = told_alike(files) == told_alike(books)
            differing += not same
            what = "the same figures and faults" if same else "OTHER FIGURES"
            say(sync_id, f"XAF {style.version}", files, time.perf_counter() - started, what)
        chain.close()
    return int(differing > 0)


def say(sync_id: str, way: str, found: Reconciliation, took_s: float, remark: str) -> None:
    """Print one line of figures."""
    documents = sum(one.documents for one in found.comparisons)
    source = sum(one.source_gross for one in found.comparisons)
    booked = sum(one.books_gross for one in found.comparisons)
    others = sum(one.not_ours for one in found.comparisons)
    print(
        f"{sync_id:15} {way:8} {len(found.comparisons):3} journals and periods, {documents} documents, "
        f"source {source}, books {booked}, {others} not ours, faults {dict(faults(found))}, "
        f"{took_s:.1f} s: {remark}",
        flush=True,
    )


if __name__ == "__main__":
    asked = sys.argv[1:]
    numbers = [int(argument) for argument in asked[:2]]
    sys.exit(main(*(numbers + [2000, 1][len(numbers) :]), asked[2:] or SYNC_IDS))  # type: ignore[call-arg, arg-type]
