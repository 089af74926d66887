"""Book generated documents in Exact by XML upload, and say how many a minute come into the books.

Both emulators run on sockets in this process and share a clock on which waiting costs nothing; it ticks on
while this process works, and passes as Exact's limits and its time for each upload demand. How long Exact
takes for a record is not documented: RECORD_MS, 0 for none. XML_UPLOAD_FROM 0 measures the API's own way.
PostgreSQL as in bench/thousand_documents.py.

    python -m bench.xml_upload [COUNT] [RECORD_MS] [XML_UPLOAD_FROM] [SEED]
"""

import sys
import time
from collections import Counter

import pytest

from bench.scratch_server import scratch_store
from tests.integration.chain.chain import Chain


def main(count: int = 5000, each_ms: int = 0, uploads_from: int = 100, seed: int = 1) -> None:
    """Measure the load and print."""
    with scratch_store() as store_url, pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(store_url, "exact_nl", monkeypatch)
        chain.exact.connect(xml_upload_from=uploads_from)
        take_time(chain, chain.bench.hook().batch_size(count) * each_ms / 1000)
        chain.generate(count, seed=seed)
        chain.prepare()
        began, started, called = chain.clock.now(), time.perf_counter(), len(list(chain.bench.calls()))
        chain.load_until_done()
        passed_s, worked_s = (chain.clock.now() - began).total_seconds(), time.perf_counter() - started
        calls = list(chain.bench.calls())[called:]
        report = chain.conclude()
        uploads = sum(call["path"].endswith("XMLUpload.aspx") for call in calls)
        doubles = sum(times > 1 for times in chain.times_booked().values())
        print(f"{count} documents, uploaded from {uploads_from} on, {each_ms} ms a record, seed {seed}")
        print(f"states {dict(chain.states())}, in the books {len(chain.bench.books())}, doubles {doubles}")
        print(f"difference {report.difference}, parked {report.parked}, unknown {report.unknown}")
        print(f"calls {dict(Counter(call['method'] for call in calls))}, {uploads} of them uploads")
        print(f"load took {passed_s:.0f} s by Exact's clock, {worked_s:.0f} s of them work of this process")
        print(f"documents a minute: {count / passed_s * 60:.0f}")
        chain.close()


def take_time(chain: Chain, upload_s: float) -> None:
    """Let every upload take so long on the clock that all share."""
    chain.bench.emulator.sleep = chain.clock.sleep
    if upload_s:
        chain.bench.place(
            method="POST", path="*/docs/XMLUpload.aspx", effect="slow", delay_s=upload_s, times=None
        )


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:5]))
