"""Time how many postings a second go through the store, step by step, beside COPY of the same rows.

Generated documents are read and mapped beforehand; timed are the store's own functions, in the transactions
and batches that a night uses, on the embedded server as `make up` starts it: what is committed is on disk.

    python -m bench.store_rates [--documents 2000] [--seed 1]
"""

import argparse
import io
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

import pytest
import sqlalchemy as sa

from bench.report import Row, finish, machine, row
from bench.scratch_server import new_store, scratch_server
from finance_hooks.model.outcome import Booked, Totals
from finance_hooks.posting.prepare import BATCH as PREPARED_AT_ONCE
from finance_hooks.posting.prepare import map_stored
from finance_hooks.posting.receive import BATCH as RECEIVED_AT_ONCE
from finance_hooks.posting.receive import as_arrival
from finance_hooks.store import arrivals
from finance_hooks.store.arrival import Arrival
from finance_hooks.store.documents import read_documents
from finance_hooks.store.posting_moves import Claim, claim, to_booked
from finance_hooks.store.prepared import Prepared, write_together
from finance_hooks.store.to_prepare import documents_to_prepare
from tests.integration.chain.chain import SOURCE_ID, Chain

SYNC_ID = "exact_nl"
SENT_AT_ONCE = (1, 50)
"""Entries per call: packages that take one at a time, and uploads."""
One = TypeVar("One")
COPIED = ("document", "document_version", "posting", "event")


def measure(documents: int = 2_000, seed: int = 1) -> list[Row]:
    """Return postings per second of each step, of all together, and of COPY."""
    with (
        scratch_server() as server,
        new_store(server) as url,
        new_store(server) as other,
        pytest.MonkeyPatch.context() as monkeypatch,
    ):
        chain = Chain(url, SYNC_ID, monkeypatch)
        chain.generate(documents, seed=seed)
        rows = _rows(chain)
        rows.append(_copied(chain.engine, other))
        chain.close()
    return rows


def _rows(chain: Chain) -> list[Row]:
    arriving = _arriving(chain)
    seconds = _seconds(arriving, RECEIVED_AT_ONCE, lambda batch: _receive(chain, batch))
    rows = [row(f"receive, {RECEIVED_AT_ONCE} at once", len(arriving) / seconds, "postings/s")]
    each_s = seconds / len(arriving)
    prepared = [one for one in _prepared(chain) if one.entry is not None]
    seconds = _seconds(prepared, PREPARED_AT_ONCE, lambda batch: _write(chain, batch))
    rows.append(row(f"make pending, {PREPARED_AT_ONCE} at once", len(prepared) / seconds, "postings/s"))
    each_s += seconds / len(prepared)
    with chain.engine.begin() as connection:
        pending = connection.execute(
            sa.text("SELECT posting_id, entry_digest FROM posting WHERE state = 'pending' ORDER BY 1")
        )
        wanted = [(int(one.posting_id), str(one.entry_digest)) for one in pending]
    shares = len(SENT_AT_ONCE)
    for place, size in enumerate(SENT_AT_ONCE):
        mine = wanted[place::shares]
        seconds = _seconds(mine, size, lambda batch: _book(chain, batch))
        rows.append(row(f"sending and booked, {size} at once", len(mine) / seconds, "postings/s"))
        rate = 1 / (each_s + seconds / len(mine))
        rows.append(row(f"from received to booked, sent {size} at once", rate, "postings/s"))
    return rows


def _arriving(chain: Chain) -> list[Arrival]:
    organisation = chain.administration.organisation
    masters = chain.source.read_masters(organisation)
    read = chain.source.read_documents(organisation, chain.nightly())
    return [as_arrival(one, chain.source.parse(one, masters), masters) for one in read]


def _receive(chain: Chain, batch: Sequence[Arrival]) -> None:
    with chain.engine.begin() as connection:
        arrivals.known_keys(connection, [str(one.key) for one in batch])
        arrivals.receive(connection, batch, chain.work("bench").stamp(connection))


def _prepared(chain: Chain) -> list[Prepared]:
    work = chain.work("bench")
    with chain.engine.begin() as connection:
        wanted = {
            one.document_id: one for one in documents_to_prepare(connection, chain.administration, SOURCE_ID)
        }
        stored = list(read_documents(connection, list(wanted)))
    return list(map_stored(work, chain.source, chain.mapping(), stored, wanted, {}))


def _write(chain: Chain, batch: Sequence[Prepared]) -> None:
    with chain.engine.begin() as connection:
        write_together(connection, chain.administration, batch, chain.work("bench").stamp(connection))


def _book(chain: Chain, batch: Sequence[tuple[int, str]]) -> None:
    """Claim in one transaction and note the outcomes in another, as sending does."""
    work = chain.work("bench")
    until = chain.clock.now() + timedelta(minutes=2)
    with chain.engine.begin() as connection:
        claim(connection, dict(batch), Claim(generation=1, sent_until=until), work.stamp(connection))
    with chain.engine.begin() as connection:
        for posting_id, _ in batch:
            entry_id = str(uuid.UUID(int=posting_id))
            booked = Booked(reference="", id=entry_id, number=f"267{posting_id:05}", totals=Totals())
            to_booked(connection, posting_id, booked, work.stamp(connection))


def _seconds(ones: Sequence[One], size: int, act: Callable[[Sequence[One]], None]) -> float:
    began = time.perf_counter()
    for place in range(0, len(ones), size):
        act(ones[place : place + size])
    return time.perf_counter() - began


def _copied(engine: sa.Engine, url: str) -> Row:
    """Copy the finished rows of all four tables into an empty store, and say how fast."""
    other = sa.create_engine(url)
    count, seconds = 0, 0.0
    for table in COPIED:
        rows = io.BytesIO()
        with engine.begin() as connection:
            columns = [column["name"] for column in sa.inspect(connection).get_columns(table)]
            names = ", ".join(columns)
            cursor = connection.connection.cursor()
            cursor.copy_expert(f"COPY {table} ({names}) TO STDOUT", rows)
            count = (
                count
                if table != "posting"
                else connection.execute(sa.text("SELECT count(*) FROM posting")).scalar_one()
            )
        rows.seek(0)
        began = time.perf_counter()
        with other.begin() as connection:
            # What guards moves of states lets no posting begin as booked.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.connection.cursor().copy_expert(f"COPY {table} ({names}) FROM STDIN", rows)
        seconds += time.perf_counter() - began
    return row("COPY of the same rows of all four tables", count / seconds, "postings/s")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.store_rates")
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    before = machine()
    return finish("store_rates", measure(given.documents, given.seed), before)


if __name__ == "__main__":
    sys.exit(main())
