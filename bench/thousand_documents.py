"""Book generated documents through the whole chain, and post the same bodies in a plain loop: calls and time.

Both emulators run on sockets in this process and share a clock on which waiting costs nothing, so the times
are work only. PostgreSQL is reached as the tests reach it: FINANCE_TEST_POSTGRES or 127.0.0.1:5432.

    python -m bench.thousand_documents [COUNT] [SEED]
"""

import os
import secrets
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import requests
import sqlalchemy as sa

from finance_hooks.model.entry import Entry
from finance_hooks.model.plain import entry_from_plain
from finance_hooks.store import migrate
from finance_hooks.targets.exactonline.payload import Payload, make_payload
from local import postgres
from tests.fixtures.databases import IN_REACH
from tests.integration.chain.chain import Chain


def main(count: int, seed: int) -> None:
    """Measure and print."""
    with scratch_store() as store_url, pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(store_url, "exact_nl", monkeypatch)
        chain.generate(count, seed=seed)
        times = run_chain(chain)
        payloads = [payload_of(chain, entry) for entry in booked_entries(chain)]
        calls = Counter(call["method"] for call in all_calls(chain))
        plain_s = plain_loop(chain, payloads)
        print(f"{count} documents, seed {seed}: {dict(chain.states())}")
        print(f"calls: {dict(calls)}, posts per booked document {calls['POST'] / len(payloads):.3f}")
        print(", ".join(f"{name} {seconds:.1f} s" for name, seconds in times.items()))
        print(f"plain loop over the same {len(payloads)} posts: {plain_s:.1f} s")
        print(f"load takes {times['load'] / plain_s:.2f} times the plain loop")
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


def plain_loop(chain: Chain, payloads: list[Payload]) -> float:
    """Post the same bodies again without store, checks or reads; their numbers make no clash in Exact."""
    chain.exact.control("limits", {"scale": 0})
    token = chain.exact.hook().client.access_token(None)
    session = requests.Session()
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "application/json",
        "Content-Type": "application/json",
        "Prefer": "return=representation",
    }
    base = f"{chain.exact.server.url}/api/v1/{chain.exact.administration}"
    started = time.perf_counter()
    for payload in payloads:
        answer = session.post(
            f"{base}/{payload.resource}", payload.body.encode(), headers=headers, timeout=30
        )
        answer.raise_for_status()
    return time.perf_counter() - started


def payload_of(chain: Chain, entry: Entry) -> Payload:
    """Write an entry as the hook did."""
    hook = chain.exact.hook()
    return make_payload(entry, hook.charts.read(entry.administration), hook.connection.rate_direction)


def booked_entries(chain: Chain) -> list[Entry]:
    """Read the booked entries from the store."""
    with chain.engine.begin() as connection:
        rows = connection.execute(sa.text("SELECT entry FROM posting WHERE state = 'booked'")).all()
    return [entry_from_plain(row.entry) for row in rows]


def all_calls(chain: Chain) -> Iterator[dict[str, str]]:
    """List every call that Exact got."""
    page: int | None = 1
    while page is not None:
        answer = chain.exact.control(f"calls?page={page}")
        yield from answer["calls"]
        page = answer["next"]


@contextmanager
def scratch_store() -> Iterator[str]:
    """Make a migrated store and drop it afterwards."""
    server = os.environ.get("FINANCE_TEST_POSTGRES", IN_REACH)
    name = f"finance_bench_{secrets.token_hex(4)}"
    postgres.create_database(server, name)
    url = sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    migrate.upgrade(url)
    try:
        yield url
    finally:
        postgres.drop_database(server, name)


if __name__ == "__main__":
    main(*(int(argument) for argument in (*sys.argv[1:3], *("1000", "1")[len(sys.argv[1:3]) :])))
