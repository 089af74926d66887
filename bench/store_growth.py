"""Measure how the store grows: bytes per document in every table and index, before and after a purge.

Generated documents come from the source emulator, are received and prepared as a night does, and are moved to
booked by the store's own functions, without a package.

    python -m bench.store_growth [COUNT] [SEED]
"""

import sys
import time
import uuid
import zlib
from collections.abc import Mapping
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bench.scratch_server import scratch_store
from finance_hooks.model.outcome import Booked, Totals
from finance_hooks.model.retention import Retention
from finance_hooks.posting.keep import Purge, keep
from finance_hooks.store.events import Stamp
from finance_hooks.store.posting_moves import Claim, claim, to_booked
from tests.integration.chain.chain import Chain

BATCH = 500
MILLION = 1_000_000
SHOWN_FROM = 0.5
"""Bytes per document from which a relation is shown."""

SIZES = """
SELECT relname AS name, pg_table_size(oid) AS size FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
UNION ALL
SELECT '  ' || indexrelid::regclass, pg_relation_size(indexrelid) FROM pg_index
JOIN pg_class ON pg_class.oid = indrelid AND relnamespace = 'public'::regnamespace
"""
OLDEST = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
TABLES = ("document", "document_version", "posting", "event", "run")


def main(count: int = 20_000, seed: int = 1) -> None:
    """Fill, measure, purge, measure, print."""
    with scratch_store() as store_url, pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(store_url, "exact_nl", monkeypatch)
        chain.generate(count, seed=seed)
        started = time.perf_counter()
        chain.prepare()
        booked = book(chain)
        print(f"{count} documents, {booked} booked, in {time.perf_counter() - started:.0f} s")
        show_bodies(chain)
        written = sizes(chain)
        compact(chain)
        full = sizes(chain)
        started = time.perf_counter()
        today = chain.today.replace(year=chain.today.year + 9)
        purged = keep(chain.engine, Purge(retention=Retention(), today=today, run_id="bench", who="bench"))
        print(f"purged {purged} in {time.perf_counter() - started:.0f} s")
        compact(chain)
        show({"as written": written, "compact": full, "purged, compact": sizes(chain)}, count)
        chain.close()


def book(chain: Chain) -> int:
    """Move every pending posting to booked, the way a load notes it, and return how many."""
    with chain.engine.begin() as connection:
        pending = connection.execute(
            sa.text("SELECT posting_id, entry_digest FROM posting WHERE state = 'pending' ORDER BY 1")
        )
        wanted = [(int(row.posting_id), str(row.entry_digest)) for row in pending]
    until = chain.clock.now() + timedelta(minutes=2)
    for place in range(0, len(wanted), BATCH):
        with chain.engine.begin() as connection:
            stamp = Stamp(run_id="scheduled__2026-11-02T03:00:00+00:00", at=chain.clock.now())
            batch = dict(wanted[place : place + BATCH])
            claim(connection, batch, Claim(generation=1, sent_until=until), stamp)
            for posting_id in batch:
                entry_id = str(uuid.UUID(int=posting_id))
                booked = Booked(reference="", id=entry_id, number=f"267{posting_id:05}", totals=Totals())
                to_booked(connection, posting_id, booked, stamp)
    return len(wanted)


def show_bodies(chain: Chain) -> None:
    """Print what the bodies weigh, raw and compressed."""
    with chain.engine.connect() as connection:
        bodies = [bytes(row.body) for row in connection.execute(sa.text("SELECT body FROM document_version"))]
    raw = sum(len(zlib.decompress(body)) for body in bodies)
    kept = sum(len(body) for body in bodies)
    print(f"bodies: {raw / len(bodies):.0f} bytes as received, {kept / len(bodies):.0f} kept, on average")


def sizes(chain: Chain) -> dict[str, int]:
    """Return the bytes of every table (with what is stored beside it) and index."""
    with chain.engine.connect() as connection:
        return {row.name: int(row.size) for row in connection.execute(sa.text(SIZES))}


def compact(chain: Chain) -> None:
    """Rewrite the tables, so that only what is in them is measured."""
    with chain.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        last = connection.execute(sa.text("SELECT pg_current_xact_id()::text::bigint")).scalar_one()
        # Rows that went stay as long as any transaction of the server, whatever its database, began before.
        while connection.execute(sa.text(OLDEST)).scalar_one() <= last:
            time.sleep(0.1)
        for table in TABLES:
            connection.execute(sa.text(f"VACUUM (FULL, ANALYZE) {table}"))


def show(measured: Mapping[str, Mapping[str, int]], count: int) -> None:
    """Print bytes per document, table by table with its indexes, and gigabytes per million documents."""
    names = sorted(measured["as written"], key=lambda name: measured["as written"][name], reverse=True)
    print(f"{'bytes per document':40}" + "".join(f"{when:>18}" for when in measured))
    for name in names:
        each = [one.get(name, 0) / count for one in measured.values()]
        if max(each) >= SHOWN_FROM:
            print(f"{name:40}" + "".join(f"{size:18.0f}" for size in each))
    totals = [sum(one.values()) / count for one in measured.values()]
    print(f"{'all':40}" + "".join(f"{size:18.0f}" for size in totals))
    print(f"{'GB per million documents':40}" + "".join(f"{size * MILLION / 1e9:18.2f}" for size in totals))


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:3]))
