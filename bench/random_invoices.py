"""Book random invoices of one administration and hold the books against the source, leg by leg.

Prices with and without VAT, mixed rates, credit notes of the whole and of lines, 1 to 1,000 lines. Both
emulators run on sockets in this process, without the package's limits, and share a clock on which waiting
costs nothing. The comparison is made from the emulators' own accounts, not from the product's report.

    python -m bench.random_invoices SYNC_ID [COUNT] [SEED]
"""

import sys
import time
from datetime import timedelta

import pytest

from bench.scratch_server import scratch_store
from tests.integration.chain.chain import Chain
from tests.integration.chain.random_invoices import book_all, tally, wish


def main(sync_id: str, count: int = 10_000, seed: int = 1) -> int:
    """Book, compare, print, and return 1 when anything differs, is doubled or is lost."""
    with scratch_store() as store_url, pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(store_url, sync_id, monkeypatch)
        # No thread renews the lease on the chain's clock, which real time moves too.
        chain.lease_ttl = timedelta(days=1)
        # None at all would still count calls, and say that a day is used up.
        chain.bench.control("limits", {"scale": 1000})
        chain.source_emulator.load({"generate": wish(chain, count, seed)})
        started = time.perf_counter()
        report = book_all(chain)
        took_s = time.perf_counter() - started
        found = tally(chain, report)
        print(f"{sync_id}, seed {seed}: {found.documents} documents")
        print(f"{found.lines} lines, the longest document has {found.longest}")
        print(f"prices with VAT {found.inclusive}; booked {found.booked}, parked {dict(found.parked)}")
        print(
            f"pairs of invoice and whole credit booked {found.pairs_booked}, not netting {found.not_netting}"
        )
        print(f"shifted VAT worked out to other cents {len(found.shifted_apart)}")
        print(f"differing {found.differing}, doubled {found.doubled}, lost {found.lost}")
        print(f"report: difference {report.difference}, source {report.source_gross}, red {report.red[:2]}")
        print(f"{took_s:.0f} s, calls {sum(1 for _ in chain.bench.calls())}")
        chain.close()
    return 1 if found.differing or found.doubled or found.lost or found.not_netting else 0


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(given[0], *(int(each) for each in given[1:3])))
