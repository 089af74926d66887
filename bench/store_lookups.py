"""Time what a night and what pages ask of a store as it grows, by the function that asks.

A real night books generated documents in emulated books; they are copied until the store has so many
postings, and a second night follows, of which each statement is timed. The server is the embedded one.

    python -m bench.store_lookups [--postings 100000 1000000] [--administrations 20] [--documents 400]
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest
import sqlalchemy as sa

from bench.large_store import SETTINGS, fill_store
from bench.report import Row, finish, machine, row
from bench.statement_times import timed_statements
from finance_hooks.model.entry import Period
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store import migrate
from finance_hooks.store.comparisons import newest_comparisons
from finance_hooks.store.document_search import count_found, read_scopes, search
from finance_hooks.store.document_tally import by_reason, by_state
from finance_hooks.store.last_bookings import last_bookings
from finance_hooks.store.mapping_gaps import held_up
from finance_hooks.store.one_document import read_one
from finance_hooks.store.overview import last_runs, unbooked
from finance_hooks.store.period_documents import LISTED, Place, read_differing, read_period_documents
from finance_hooks.store.sought_documents import Sought
from finance_hooks.store.unprepared import find_unprepared
from finance_hooks.web.mapping import WANTED
from finance_hooks.web.mapping_page import GLANCE_MAX
from local import postgres
from tests.integration.chain.chain import Chain

SYNC_ID = "exact_nl"
SHOWN_FROM_MS = 5.0
LIMIT_MS = 300.0
GROWTH = 3.0
TRIES = 5
MOST = 1_000
QUARTER = timedelta(days=91)
EVERYONE = "SELECT DISTINCT sync_id FROM posting ORDER BY sync_id"
ANY = """
SELECT (SELECT reference FROM posting WHERE state = 'booked' ORDER BY posting_id LIMIT 1) AS reference,
    p.journal, p.fiscal_year, p.period, d.number, d.document_date
FROM posting p JOIN document d USING (document_id)
WHERE p.posting_key LIKE '%~%' AND p.sync_id = :mine ORDER BY p.posting_id OFFSET 1000 LIMIT 1
"""


def measure(
    postings: Sequence[int] = (100_000, 1_000_000),
    administrations: int = 20,
    documents: int = 400,
    state: Path | None = None,
) -> list[Row]:
    """Return, for every size, what a night's statements take by function, and what pages ask."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as monkeypatch:
        folder = state or Path(place)
        settings = (*postgres.FORGETFUL, *SETTINGS)
        server = postgres.EmbeddedPostgres(state=folder, password="bench", settings=settings)  # noqa: S106
        server.start()
        try:
            url = server.ensure_database("store")
            migrate.upgrade(url)
            chain = Chain(url, SYNC_ID, monkeypatch)
            chain.generate(documents)
            chain.night("first")
            for number, count in enumerate(postings, start=2):
                began = time.monotonic()
                there = fill_store(chain.engine, count, run_id="first", administrations=administrations)
                rows.append(row(f"{count:,}: fill it", time.monotonic() - began, "s"))
                rows += [one | {"name": f"{there:,}: {one['name']}"} for one in _measured(chain, number)]
            chain.close()
        finally:
            server.stop()
            if state is None:
                postgres.forget(folder)
    return rows


def _measured(chain: Chain, number: int) -> list[Row]:
    chain.generate(400, seed=number, bad_share=0.1)
    began = time.perf_counter()
    with timed_statements(chain.engine) as times:
        chain.night(f"night-{number}")
    night_s = time.perf_counter() - began
    rows = [row("a night of 400 documents", night_s, "s"), row("… its statements", times.total_ms(), "ms")]
    slow = sorted(times.times_ms.items(), key=lambda one: -max(one[1]))
    rows += [
        row(f"night: {name}", max(took), f"ms at most, {len(took)} times {sum(took):.0f} ms")
        for name, took in slow
        if max(took) >= SHOWN_FROM_MS
    ]
    return rows + [row(f"page: {name}", took, "ms", at_most=LIMIT_MS) for name, took in _pages(chain)]


def _pages(chain: Chain) -> list[tuple[str, float]]:
    """Return the median time of what each page asks of the store."""
    parked = Sought(states=(PostingState.PARKED,))
    with chain.engine.connect() as connection:
        everyone = list(connection.execute(sa.text(EVERYONE)).scalars())
        found = connection.execute(sa.text(ANY), {"mine": SYNC_ID}).one()
        scopes = read_scopes(connection, everyone)
        place = Place(
            sync_id=SYNC_ID,
            journal=found.journal,
            period=Period(fiscal_year=found.fiscal_year, number=found.period),
        )

        def searched(sought: Sought) -> None:
            search(connection, scopes, sought, limit=51)
            count_found(connection, scopes, sought, most=MOST)

        asking: Mapping[str, Callable[[], object]] = {
            "links": lambda: (last_runs(connection, everyone), unbooked(connection, everyone)),
            "documents, unasked": lambda: searched(Sought()),
            "documents by number": lambda: searched(Sought(number=found.number)),
            "documents by amount": lambda: searched(Sought(gross_from=Decimal(100), gross_to=Decimal(200))),
            "documents booked, by dates": lambda: searched(
                Sought(
                    dated_from=found.document_date,
                    dated_to=found.document_date + QUARTER,
                    states=(PostingState.BOOKED,),
                )
            ),
            "documents by period": lambda: searched(
                Sought(fiscal_year=found.fiscal_year, period=found.period)
            ),
            "documents parked": lambda: searched(parked),
            "states and reasons of one link": lambda: (
                by_state(connection, SYNC_ID),
                by_reason(connection, SYNC_ID),
            ),
            "what no run has prepared": lambda: find_unprepared(connection, [chain.administration], limit=20),
            "one document": lambda: read_one(connection, found.reference, sync_id=SYNC_ID),
            "mapping": lambda: held_up(connection, everyone, WANTED, most=GLANCE_MAX),
            "reconciliation": lambda: (
                newest_comparisons(connection, everyone),
                last_bookings(connection, everyone),
            ),
            "documents of a period": lambda: (
                read_differing(connection, place, limit=LISTED + 1),
                read_period_documents(connection, place, None, limit=LISTED + 1),
            ),
        }
        return [(name, _median_ms(act)) for name, act in asking.items()]


def _median_ms(act: Callable[[], object]) -> float:
    times = []
    for _ in range(TRIES):
        began = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - began))
    return median(times)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.store_lookups")
    parser.add_argument("--postings", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--administrations", type=int, default=20)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--state", type=Path, help="keep the server's files here")
    given = parser.parse_args(arguments)
    before = machine()
    rows = measure(given.postings, given.administrations, given.documents, given.state)
    return finish("store_lookups", rows, before)


if __name__ == "__main__":
    sys.exit(main())
