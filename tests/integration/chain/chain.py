"""One administration from source to books: both emulators on sockets, one clock, nights without Airflow."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa

from adversary.picture import references_in
from emulators.clock import EmulatorClock
from emulators.qubz.app import QubzEmulator
from emulators.server import EmulatorServer
from finance_hooks.mapping.folder import MAPPINGS
from finance_hooks.mapping.tables import Tables, read_tables
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.selection import Selection
from finance_hooks.operators.resources import LEASE_BEYOND_REQUEST_S
from finance_hooks.posting import preflight
from finance_hooks.posting.conclude import conclude
from finance_hooks.posting.file_road import NO_FOLDERS
from finance_hooks.posting.load import has_work, load
from finance_hooks.posting.open_boxes import open_boxes
from finance_hooks.posting.prepare import Mapping, prepare
from finance_hooks.posting.receive import receive
from finance_hooks.posting.reconcile import note_nothing_to_reconcile, reconcile, reconciled
from finance_hooks.posting.report import Report
from finance_hooks.posting.work import Checkpoint, Work, no_checkpoint
from finance_hooks.sources.qubz.hook import QubzHook
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.store.engine import store_engine
from finance_hooks.store.held_lease import HeldLease, hold
from finance_hooks.store.leases import LeaseRefused, LeaseWish
from finance_hooks.store.runs import start_run, write_run
from finance_hooks.targets.base import TargetHook
from finance_hooks.targets.registry import find_target
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.contract.benches import open_bench
from tests.contract.exactonline.exact_bench import ExactBench
from tests.integration.chain.offering import administration, source_connection
from tests.integration.chain.renewing_clock import RenewingClock

SOURCE_ID = "qubz"
BOOKS_LEASE = "books:chain"
TRIES = 12
FORGOTTEN = "document, posting, event, finding, watermark, run, looked_place, forgotten_booking"


class Chain:
    """Nights of one administration, its row changed as told; `today` follows the clock that all share."""

    def __init__(self, store_url: str, sync_id: str, monkeypatch: pytest.MonkeyPatch, **changed: Any) -> None:
        self.sync_id = sync_id
        self.monkeypatch = monkeypatch
        self.administration = replace(administration(sync_id), **changed)
        self.bench = open_bench(self.administration, store_url)
        self.settings = find_target(self.administration.target).settings
        self.lease_ttl = timedelta(seconds=self.settings.request_timeout_s + LEASE_BEYOND_REQUEST_S)
        emulated = self.bench.server.emulator.clock
        self.clock = RenewingClock(emulated)
        self.engine = store_engine(store_url)
        self.source_emulator = QubzEmulator(seed=1, clock=EmulatorClock(emulated.now))
        self.source_server = EmulatorServer(self.source_emulator)
        self.checkpoint: Checkpoint = no_checkpoint
        self.is_backfill = False
        self.folders = NO_FOLDERS
        self.mappings: Path = MAPPINGS
        self.source_connection = source_connection(self.source_server.url)
        monkeypatch.setenv("AIRFLOW_CONN_QUBZ_DEFAULT", self.source_connection)
        self.source = QubzHook(transport=Transport(session=open_session(), clock=self.clock))

    def close(self) -> None:
        self.source_server.close()
        self.bench.close()

    @property
    def exact(self) -> ExactBench:
        assert isinstance(self.bench, ExactBench)  # for what only Exact has
        return self.bench

    @property
    def today(self) -> date:
        return self.clock.now().date()

    def generate(self, count: int, *, seed: int = 1, bad_share: float = 0.0) -> None:
        """Let the source issue documents of the last week, a share of them breaking a rule."""
        wanted = {
            "count": count,
            "seed": seed,
            "bad_share": bad_share,
            "from": str(self.today - timedelta(days=7)),
            "until": str(self.today),
            "organisations": [self.administration.organisation],
        }
        self.source_emulator.load({"generate": wanted})

    def work(self, run_id: str) -> Work:
        return Work(
            administration=self.administration,
            engine=self.engine,
            run_id=run_id,
            clock=self.clock,
            now=self.now,
            checkpoint=self.checkpoint,
        )

    def prepare(self, run_id: str = "night", selection: Selection | None = None) -> dict[str, int]:
        """Extract, preflight and transform; unless told otherwise, what a nightly run asks for."""
        work = self.work(run_id)
        chosen = selection or self.nightly()
        with self.engine.begin() as connection:
            start_run(connection, self.sync_id, run_id, at=self.clock.now())
            write_run(connection, self.sync_id, run_id, selection=chosen.to_plain())
        received = receive(work, self.source, chosen)
        mapping = self.mapping()
        checked = self.preflight(work, mapping.tables)
        return received | checked | prepare(work, self.source, mapping)

    def mapping(self) -> Mapping:
        """Read what documents are mapped with."""
        masters = self.source.read_masters(self.administration.organisation)
        tables = read_tables(self.administration, self.mappings)
        return Mapping(masters=masters, tables=tables, settings=self.settings)

    def preflight(self, work: Work, tables: Tables) -> dict[str, int]:
        """Hold the tables against the chart as the task does: read anew, but for a backfill."""
        if not preflight.has_work(work, SOURCE_ID):
            return {}
        if not self.is_backfill:
            self.bench.cache.kept.clear()
        return self.with_books(lambda hook, _lease: preflight.preflight_or_later(work, hook, tables))

    def nightly(self) -> Selection:
        """Choose what a nightly run without a watermark asks for."""
        return Selection(
            changed_since=None,
            dated_from=self.today - timedelta(days=45),
            dated_until=self.today,
            moves_watermark=True,
        )

    def load(self, run_id: str = "night") -> dict[str, int]:
        """Load once, as one try of the task does."""
        if not has_work(work := self.work(run_id)):
            return {}
        return self.with_books(lambda hook, lease: load(work, hook, lease, self.folders))

    def load_until_done(self, run_id: str = "night") -> Counter[str]:
        """Load as Airflow would, trying again when it is said to."""
        happened: Counter[str] = Counter()
        for _ in range(TRIES):
            try:
                happened.update(self.load(run_id))
            except TemporaryFailure as failure:
                happened["tries"] += 1
                self.clock.sleep(failure.retry_after_s)
            else:
                return happened
        raise AssertionError(f"load was not done after {TRIES} tries: {happened}")

    def conclude(self, run_id: str = "night") -> Report:
        self.compare(run_id)
        return conclude(self.work(run_id), source_id=SOURCE_ID, failed_tasks=(), books_lease=BOOKS_LEASE)

    def compare(self, run_id: str = "night") -> None:
        """Reconcile as the task does."""
        work = self.work(run_id)
        scope = reconciled(work, SOURCE_ID)
        if not scope:
            note_nothing_to_reconcile(work)
            return
        boxes = open_boxes(self.administration)
        self.with_books(
            lambda hook, _lease: {"compared": len(reconcile(work, hook, SOURCE_ID, scope, boxes))}
        )

    def night(self, run_id: str = "night") -> Report:
        """Run the whole chain once."""
        self.prepare(run_id)
        self.load_until_done(run_id)
        return self.conclude(run_id)

    def with_books(self, act: Callable[[TargetHook, HeldLease], dict[str, int]]) -> dict[str, int]:
        """Do something under the lease on the books, with the hook sending within its deadline."""
        wish = LeaseWish(name=BOOKS_LEASE, owner="chain", ttl=self.lease_ttl, is_backfill=self.is_backfill)
        held = hold(self.engine, wish, boot_s=self.clock.boot_s, now=self.now)
        if isinstance(held, LeaseRefused):
            raise TemporaryFailure(held.why, retry_after_s=30)
        with held as lease:
            outer, self.clock.lease = self.clock.lease, lease
            try:
                return act(self.hook(lease), lease)
            finally:
                self.clock.lease = outer

    def hook(self, lease: HeldLease) -> TargetHook:
        counted = BudgetStore(engine=self.engine, now=self.now)
        return self.bench.hook(
            transport=Transport(session=open_session(), clock=self.clock, deadline=lease),
            budget=Budget(counted, self.clock, is_backfill=self.is_backfill),
        )

    def now(self, _connection: sa.Connection | None = None) -> datetime:
        return self.clock.now()

    def close_period(self, year: int, period: int) -> None:
        self.bench.switch(closed_periods=f"{year}/{period}")

    def clear_faults(self) -> None:
        requests.Session().delete(f"{self.bench.server.url}/_emulator/faults", timeout=10)

    def forget_documents(self) -> None:
        """Empty the store but for its tokens, as a restored backup of long ago would."""
        with self.engine.begin() as connection:
            connection.execute(sa.text(f"TRUNCATE {FORGOTTEN} CASCADE"))

    def states(self) -> Counter[str]:
        with self.engine.begin() as connection:
            rows = connection.execute(sa.text("SELECT state, count(*) AS n FROM posting GROUP BY state"))
            return Counter({row.state: row.n for row in rows})

    def reason_codes(self) -> Counter[str]:
        with self.engine.begin() as connection:
            rows = connection.execute(sa.text("SELECT reasons FROM posting WHERE state = 'parked'")).all()
        return Counter(reason["code"] for row in rows for reason in row.reasons)

    def times_booked(self) -> Counter[str]:
        """Count the bookings per reference of ours, by the emulator's own account."""
        named = (references_in(one) or {one["document"] or one["number"]} for one in self.bench.books())
        return Counter(reference for references in named for reference in references)

    def expected(self) -> list[dict[str, Any]]:
        """List how the source's documents should be booked, by the source emulator's own account."""
        return list(self.source_emulator.books(self.administration.organisation, None))


def everything_booked_once(chain: Chain, report: Report, count: int) -> None:
    """Check the three promises on what a night left behind."""
    assert (report.documents, report.parked, report.waiting, report.unknown) == (count, 0, 0, 0)
    assert report.difference == 0
    assert report.findings == ()
    assert chain.states() == {"booked": count}
    assert len(chain.bench.books()) == count
    assert set(chain.times_booked().values()) == {1}
