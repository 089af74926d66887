"""Calls on a first night and on one on which nothing changed, and the pace under the vendors' limits.

Both emulators run on sockets in this process and share a clock on which waiting costs nothing: seconds are
work only, and the pace is what the vendor's limits leave.

    python -m bench.calls [--documents 1000] [--sync-id ID …]
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

import pytest

from bench.report import Row, finish, machine, row
from bench.scratch_server import scratch_store
from chaos.administrations import MAPPINGS, read_rows
from finance_hooks.store import budgets
from finance_hooks.store.windows import Reading, Wait
from tests.integration.chain.chain import Chain

MINUTE_S = 60
SHARE = 0.95
UNCHANGED_S = 20
DAY_S = 86400


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.calls")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--sync-id", nargs="*", default=[each.sync_id for each in read_rows(MAPPINGS)])
    asked = parser.parse_args(arguments)
    return finish("calls", measure(asked.documents, asked.sync_id), machine())


def measure(documents: int, sync_ids: Sequence[str]) -> list[Row]:
    """Measure every administration."""
    return [one for sync_id in sync_ids for one in _measure(sync_id, documents)]


def _measure(sync_id: str, documents: int) -> list[Row]:
    with scratch_store() as store_url, pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(store_url, sync_id, monkeypatch)
        try:
            chain.generate(documents)
            spent = Spent()
            monkeypatch.setattr("tests.integration.chain.chain.BudgetStore", spent.store)
            chain.prepare("first")
            before = spent.by_counter.copy()
            chain.load_until_done("first")
            loading = spent.by_counter - before
            chain.conclude("first")
            first = _calls(chain)
            pace = _pace(chain, documents)
            chain.clock.sleep(DAY_S)
            started = time.perf_counter()
            chain.night("unchanged")
            seconds = time.perf_counter() - started
            warm = [made - earlier for made, earlier in zip(_calls(chain), first, strict=True)]
            booked = chain.states()["booked"]
        finally:
            chain.close()
    per_thousand = 1000 / documents
    rows = [
        row(f"{sync_id}: booked of {documents:,}", booked, "documents"),
        row(f"{sync_id}: calls to the source, first night", first[0] * per_thousand, "per 1,000"),
        row(f"{sync_id}: calls to the package, first night", first[1] * per_thousand, "per 1,000"),
        row(f"{sync_id}: calls to the source, nothing changed", warm[0], ""),
        row(f"{sync_id}: calls to the package, nothing changed", warm[1], ""),
        row(f"{sync_id}: a night on which nothing changed", seconds, "s", at_most=UNCHANGED_S),
    ]
    return rows + _pace_rows(sync_id, documents, pace, spent, loading)


@dataclass(slots=True)
class Spent:
    """What calls cost by counter, and each counter's limit a minute."""

    by_counter: Counter[str] = field(default_factory=Counter)
    limits: dict[str, int] = field(default_factory=dict)

    def store(self, engine: object, now: object) -> budgets.BudgetStore:
        """Open the budgets, and note what is taken from them."""
        spent = self

        class Noting(budgets.BudgetStore):
            def take(
                self,
                counter: budgets.Counter,
                n: int = 1,
                *,
                may_use_reserve: bool = True,
                errors: budgets.Counter | None = None,
                learned: Sequence[Reading] = (),
            ) -> Wait | None:
                wait = budgets.BudgetStore.take(
                    self, counter, n, may_use_reserve=may_use_reserve, errors=errors, learned=learned
                )
                if wait is None:
                    spent.note(counter, n)
                return wait

        return Noting(engine, now)  # type: ignore[arg-type]

    def note(self, counter: budgets.Counter, n: int) -> None:
        """Note a call that was let through."""
        self.by_counter[counter.name] += n
        for window in counter.windows:
            if window.length_s == MINUTE_S:
                self.limits[counter.name] = window.limit


def _calls(chain: Chain) -> tuple[int, int]:
    return len(list(chain.source_emulator.calls.since(None))), len(list(chain.bench.calls()))


def _pace(chain: Chain, documents: int) -> float:
    """Return the documents booked in a full minute of the load, the middle one of all of them."""
    posts = [
        call
        for call in chain.bench.calls()
        if chain.bench.is_posting(call["path"], call["operation"], call["method"])
    ]
    minutes = Counter(datetime.fromisoformat(call["at"]).replace(second=0, microsecond=0) for call in posts)
    full = [count for minute, count in sorted(minutes.items())][1:-1]
    return median(full) * documents / len(posts) if full else 0.0


def _pace_rows(sync_id: str, documents: int, pace: float, spent: Spent, loading: Counter[str]) -> list[Row]:
    """Hold the pace against what the tightest limit a minute allows; a package without one has no row."""
    ceilings = [limit * documents / loading[name] for name, limit in spent.limits.items() if loading[name]]
    if not ceilings or not pace:
        return []
    ceiling = min(ceilings)
    return [
        row(f"{sync_id}: booked under the vendor's limits", pace, "documents/minute"),
        row(f"{sync_id}: the limit's own ceiling for such a load", ceiling, "documents/minute"),
        row(f"{sync_id}: share of the ceiling", pace / ceiling, "", at_least=SHARE),
    ]


if __name__ == "__main__":
    sys.exit(main())
