"""Live through a year of nights and backfills on a simulated clock: documents, runs, doubles, losses, calls.

Documents come late, old, and are taken back; answers are lost; one night in seven a day is backfilled.

    python -m bench.year_of_nights [DAYS] [DOCUMENTS_A_DAY] [SEED]
"""

import sys
import time
from datetime import date

import pytest

from bench.scratch_server import scratch_store
from tests.integration.chain.chain import Chain
from tests.integration.chain.nights import Nights
from tests.integration.chain.year import Year

FIRST = date(2026, 11, 3)


def main(days: int, documents_a_day: int, seed: int) -> int:
    """Live, print, and return 1 when anything was doubled or lost."""
    started = time.perf_counter()
    with scratch_store() as store_url, pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(store_url, "exact_nl", monkeypatch)
        tally = Year(Nights(chain), seed=seed, documents_a_day=documents_a_day).live(FIRST, days)
        chain.close()
    print(f"{days} days from {FIRST}, seed {seed}: {time.perf_counter() - started:.0f} s")
    print(
        f"{tally.nights} nights, {tally.backfills} backfilled days, {len(tally.red)} red runs {tally.red[:3]}"
    )
    print(f"{tally.documents} documents, {tally.taken_back} of them taken back by the source")
    print(
        f"doubles {tally.doubles}, losses {tally.losses}, strays {tally.strays}, differing {tally.differing}"
    )
    print(f"calls: {dict(tally.calls)}, {sum(tally.calls.values()) / max(tally.documents, 1):.1f} a document")
    return 1 if tally.doubles or tally.losses or tally.strays or tally.differing else 0


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*(given + [365, 3, 1][len(given) :])))
