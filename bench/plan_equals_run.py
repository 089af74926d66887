"""Plan the night of many generated documents of one administration, run it, and compare.

Compared are documents, entries, totals, what is parked and why, and the number of calls to the package.

Both emulators run on sockets in this process and share a clock on which waiting costs nothing. One document
in fifty breaks a rule. The package's limits are what they are, times SCALE: Exact takes 5,000 calls a day,
which 5,000 documents and the reading around them exceed.

    python -m bench.plan_equals_run SYNC_ID [COUNT] [SEED] [SCALE]
"""

import sys
import time
from datetime import timedelta

import pytest

from bench.scratch_server import scratch_store
from finance_hooks.posting.plan import Plan
from tests.integration.chain.chain import Chain
from tests.integration.plan.comparing import Comparison, Night, differences

BAD_SHARE = 0.02


def main(sync_id: str, count: int = 5000, seed: int = 1, scale: float = 2.0) -> int:
    """Plan, run, compare and print; 1 when anything differs."""
    with scratch_store() as store_url, pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(store_url, sync_id, monkeypatch)
        # No thread renews the lease on the chain's clock, which real time moves too.
        chain.lease_ttl = timedelta(days=1)
        chain.bench.control("limits", {"scale": scale})
        chain.generate(count, seed=seed, bad_share=BAD_SHARE)
        comparison = Comparison(chain)
        started = time.perf_counter()
        plan = comparison.plan()
        planned_s = time.perf_counter() - started
        night = comparison.night()
        took_s = time.perf_counter() - started - planned_s
        found = differences(plan, night)
        print(f"{sync_id}: {count} documents, seed {seed}, limits times {scale}")
        _tell(plan, night)
        print(f"planned to be done at {plan.done_at}, was done at {chain.clock.now()}, began {plan.at}")
        print(f"the plan took {planned_s:.0f} s and {plan.made_calls} calls, the night {took_s:.0f} s")
        print("\n".join(one[:2000] for one in found) or "nothing differs")
        chain.close()
    return 1 if found else 0


def _tell(plan: Plan, night: Night) -> None:
    calls_planned = 0 if plan.counted is None else plan.counted.count
    print("planned", {place.value: number for place, number in sorted(plan.places.items())})
    print("booked", night.booked, "parked", len(night.reasons))
    for calls in () if plan.counted is None else plan.counted.calls:
        print(f"  {calls.step} {calls.what}: {calls.count}")
    print(f"calls planned {calls_planned}, made {night.calls}, of which book {night.changing_calls}")


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(given[0], *(int(each) for each in given[1:3]), *(float(each) for each in given[3:4])))
