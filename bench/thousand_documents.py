"""Book generated documents of one administration through the whole chain: calls, time, doubles and losses.

Both emulators run on sockets in this process and share a clock on which waiting costs nothing, so the time
is work only; what the package's limits would make it wait is told beside it.

    python -m bench.thousand_documents SYNC_ID [COUNT] [SEED] [SHARE OF ANSWERS LOST]
"""

import sys
import time
from collections import Counter

import pytest

from bench.scratch_server import scratch_store
from tests.integration.chain.chain import Chain


def main(sync_id: str, count: int = 1000, seed: int = 1, lost: float = 0.0) -> None:
    """Measure and print."""
    with scratch_store() as store_url, pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(store_url, sync_id, monkeypatch)
        chain.generate(count, seed=seed)
        if lost:
            chain.bench.place(effect="lost_answer", times=None, probability=lost, seed=seed)
        began = chain.clock.now()
        times = run_chain(chain)
        simulated_s = (chain.clock.now() - began).total_seconds()
        report = chain.conclude()
        calls = list(chain.bench.calls())
        doubles = sum(times > 1 for times in chain.times_booked().values())
        print(f"{sync_id}: {count} documents, seed {seed}, {lost:.0%} of the answers to bookings lost")
        print(f"states {dict(chain.states())}, in the books {len(chain.bench.books())}, doubles {doubles}")
        print(f"difference {report.difference}, parked {report.parked}, unknown {report.unknown}")
        methods = dict(Counter(call["method"] for call in calls))
        print(f"calls {methods}, that book {chain.bench.posting_calls()}")
        print(f"calls per 1,000 documents: {1000 * len(calls) / count:.0f}")
        print(", ".join(f"{name} {seconds:.1f} s" for name, seconds in times.items()))
        print(f"with the package's limits, lost answers and settle times: {simulated_s / 60:.1f} minutes")
        chain.close()


def run_chain(chain: Chain) -> dict[str, float]:
    """Run every step once and time it."""
    times = {}
    steps = {
        "extract and transform": chain.prepare,
        "load": chain.load_until_done,
        "reconcile": chain.conclude,
    }
    for name, step in steps.items():
        started = time.perf_counter()
        step()
        times[name] = time.perf_counter() - started
    return times


if __name__ == "__main__":
    given = sys.argv[1:]
    main(given[0], *(int(each) for each in given[1:3]), *(float(each) for each in given[3:4]))
