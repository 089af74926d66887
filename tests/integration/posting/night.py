"""One administration with its store and its books, and nights that are run over it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import sqlalchemy as sa

from finance_hooks.model.administration import Administration, ClosedPeriodPolicy
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.keys import DocumentKey, PostingKey, make_reference
from finance_hooks.model.park_reason import Reason
from finance_hooks.posting.conclude import conclude
from finance_hooks.posting.load import has_work, load
from finance_hooks.posting.open_periods import period_of
from finance_hooks.posting.reconcile import reconcile, reconciled
from finance_hooks.posting.report import Report
from finance_hooks.posting.work import Work, no_checkpoint
from finance_hooks.store.arrival import Arrival
from finance_hooks.store.arrivals import receive
from finance_hooks.store.engine import store_engine
from finance_hooks.store.held_lease import HeldLease, hold
from finance_hooks.store.leases import LeaseRefused, LeaseWish
from finance_hooks.store.postings import posting
from finance_hooks.store.prepared import Prepared, write_prepared
from finance_hooks.store.runs import start_run
from tests.integration.posting.books import Books, SteppedClock
from tests.posting.entries import ENTRY

ADMINISTRATION = Administration(
    sync_id="books_nl",
    organisation="100",
    source_conn_id="qubz_default",
    target="books",
    target_conn_id="books_default",
    target_administration="1",
    country="NL",
    starts_on=date(2026, 1, 1),
    ends_on=None,
    books_closed_until=None,
    closed_period_policy=ClosedPeriodPolicy.PARK,
    exchange_difference_account=None,
)
SOURCE_ID = "source"
BOOKS_LEASE = "books:test/1"
LEASE_S = 120


class CrashError(Exception):
    """The process died here."""


@dataclass(slots=True)
class Night:
    """Runs over one store and one set of books, by one stepped clock."""

    url: str
    clock: SteppedClock = field(default_factory=SteppedClock)
    books: Books = field(init=False)
    administration: Administration = ADMINISTRATION
    checkpoint: Callable[[str], None] = no_checkpoint
    sends: bool = True

    def __post_init__(self) -> None:
        self.books = Books(clock=self.clock)

    @property
    def engine(self) -> sa.Engine:
        return store_engine(self.url)

    def work(self, run_id: str) -> Work:
        return Work(
            administration=self.administration,
            engine=self.engine,
            run_id=run_id,
            clock=self.clock,
            now=lambda _connection: self.clock.now(),
            sends=self.sends,
            checkpoint=self.checkpoint,
        )

    def offer(
        self, number: str, *, run_id: str = "run", reasons: tuple[Reason, ...] = (), **changes: object
    ) -> str:
        """Store one document with its posting, as extract and transform would, and return its reference."""
        key = DocumentKey(
            source_id=SOURCE_ID,
            organisation=self.administration.organisation,
            document_type="sales_invoice",
            source_document_id=f"id-{number}",
        )
        posting_key = str(PostingKey(document_key=str(key), administration=self.administration.books))
        entry = replace(
            ENTRY,
            posting_key=posting_key,
            reference=make_reference(posting_key),
            number=number,
            **changes,  # type: ignore[arg-type]
        )
        arrival = Arrival(
            key=key,
            resource="salesinvoices",
            number=number,
            party=entry.party,
            document_date=entry.entry_date,
            gross=entry.gross_in_books,
            content_digest=f"v1:{number}",
            body=b"{}",
            changed_at=None,
        )
        work = self.work(run_id)
        with self.engine.begin() as connection:
            stamp = work.stamp(connection)
            receive(connection, [arrival], stamp)
            document_id = connection.execute(
                sa.text("SELECT document_id FROM document WHERE document_key = :key"), {"key": str(key)}
            ).scalar_one()
            prepared = Prepared(
                document_id=document_id,
                posting_key=posting_key,
                reference=entry.reference,
                n=1,
                content_digest=arrival.content_digest,
                mapping_digest="m",
                mapping_rows={},
                entry=None if reasons else entry,
                reasons=reasons,
                warnings=(),
                would_stand=(entry.journal, period_of(entry)),
            )
            write_prepared(
                connection, self.administration, prepared, business_date=work.business_date(), stamp=stamp
            )
        return entry.reference

    def lease(self, *, is_backfill: bool = False) -> HeldLease | LeaseRefused:
        wish = LeaseWish(
            name=BOOKS_LEASE, owner="test", ttl=timedelta(seconds=LEASE_S), is_backfill=is_backfill
        )
        return hold(self.engine, wish, boot_s=self.clock.boot_s, now=lambda _connection: self.clock.now())

    def load(self, run_id: str = "run") -> dict[str, int]:
        """Load as the task does: no call without work, and under the lease."""
        work = self.work(run_id)
        if not has_work(work):
            return {}
        held = self.lease()
        if isinstance(held, LeaseRefused):
            raise TemporaryFailure(held.why)
        with held as lease:
            return load(work, self.books, lease)

    def load_until_settled(self) -> None:
        """Load, and let the time pass that the task would be tried again after."""
        try:
            self.load()
        except TemporaryFailure as failure:
            self.clock.advance(failure.retry_after_s)

    def reconcile_and_conclude(self, run_id: str = "run") -> Report:
        work = self.work(run_id)
        with self.engine.begin() as connection:
            start_run(connection, self.administration.sync_id, run_id, at=self.clock.now())
        reconcile(work, self.books, SOURCE_ID, reconciled(work, SOURCE_ID))
        return conclude(work, source_id=SOURCE_ID, failed_tasks=(), books_lease=BOOKS_LEASE)

    def state(self, reference: str) -> str:
        with self.engine.begin() as connection:
            found = connection.execute(sa.select(posting.c.state).where(posting.c.reference == reference))
            return str(found.scalar_one())

    def reason_codes(self, reference: str) -> list[str]:
        with self.engine.begin() as connection:
            found = connection.execute(sa.select(posting.c.reasons).where(posting.c.reference == reference))
            return [reason["code"] for reason in found.scalar_one()]
