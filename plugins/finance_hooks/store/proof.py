"""Read what a run has to prove: the documents of the reconciled periods and where each of them stands."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from finance_hooks.model.administration import Administration
from finance_hooks.model.entry import Entry, Period
from finance_hooks.model.keys import Purpose
from finance_hooks.model.park_reason import Reason
from finance_hooks.model.plain import entry_from_plain, reasons_from_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import body_is_purged, document, document_version
from finance_hooks.store.events import event
from finance_hooks.store.findings import FindingDecision, FindingKind, finding
from finance_hooks.store.following import is_gone, is_latest, is_undone, is_void
from finance_hooks.store.postings import posting
from finance_hooks.store.scope import in_scope

P = PostingState
OPEN = (P.PENDING.value, P.SENDING.value, P.UNKNOWN.value, P.PARKED.value, P.DELIVERED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one posting of a document stands towards one set of books.

    `gross` is the source's own total in the organisation's currency, `None` while unreadable. `is_latest`
    says that nothing follows it, so that it tells where its document stands; `is_undone` that its reversal is
    booked; `is_gone` that somebody decided that it need not be in the books; `is_accepted` that somebody
    accepted what the source changed since.
    """

    posting_id: int
    document: str
    purpose: Purpose
    n: int
    is_latest: bool
    is_undone: bool
    is_gone: bool
    is_accepted: bool
    state: PostingState
    gross: Decimal | None
    sent_run_id: str | None
    lease_generation: int | None
    reasons: tuple[Reason, ...]
    reasons_since_run: str | None
    waiting_why: str | None
    warnings: tuple[str, ...]
    reference: str
    target_entry_id: str | None
    target_entry_number: str | None
    booked_at: datetime | None
    journal: str | None
    period: Period | None
    entry: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """The documents of one source that belong in one administration's books; two rows may share books."""

    administration: Administration
    source_id: str

    def in_books(self) -> sa.ColumnElement[bool]:
        """Choose the postings into the books that come from these documents."""
        return sa.and_(posting.c.books == self.administration.books, *self.in_source())

    def in_source(self) -> tuple[sa.ColumnElement[bool], ...]:
        """Choose the documents."""
        return in_scope(self.administration, self.source_id)


def reconciled_periods(
    connection: sa.Connection, owned: Owned, *, run_id: str, dated_from: date, dated_until: date, today: date
) -> frozenset[tuple[str, Period]]:
    """Return the journals with their periods that this run touched, and those of the dates.

    What is parked on the dates counts where it would stand: it may be booked, and forgotten since. Without
    a date that is today. Where nothing of ours is booked or may be there is nothing to prove.
    """
    booked = booked_periods(connection, owned, run_id=run_id, dated_from=dated_from, dated_until=dated_until)
    day = sa.func.coalesce(document.c.document_date, today)
    dated = day.between(dated_from, dated_until)
    return booked | read_places(connection, owned, is_parked_booking(), dated)


def booked_periods(
    connection: sa.Connection, owned: Owned, *, run_id: str, dated_from: date, dated_until: date
) -> frozenset[tuple[str, Period]]:
    """Return those of the reconciled periods in which something of ours is booked."""
    touched = sa.select(event.c.posting_id).where(event.c.run_id == run_id, event.c.posting_id.is_not(None))
    dated = (
        sa.select(posting.c.posting_id)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(*owned.in_source(), document.c.document_date.between(dated_from, dated_until))
    )
    wanted = posting.c.posting_id.in_(sa.union_all(touched, dated))
    return read_places(connection, owned, posting.c.state == P.BOOKED.value, wanted)


def is_parked_booking() -> sa.ColumnElement[bool]:
    """Choose what is parked and no reversal: a restored store may have forgotten that it is booked."""
    return (posting.c.state == P.PARKED.value) & (posting.c.purpose == Purpose.BOOK.value)


def read_places(
    connection: sa.Connection, owned: Owned, *wanted: sa.ColumnElement[bool]
) -> frozenset[tuple[str, Period]]:
    """Return the journals with their periods in which chosen postings stand, or would stand."""
    chosen = (
        sa.select(posting.c.journal, posting.c.fiscal_year, posting.c.period)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(owned.in_books(), posting.c.journal.is_not(None), *wanted)
        .distinct()
    )
    return frozenset(
        (row.journal, Period(fiscal_year=row.fiscal_year, number=row.period))
        for row in connection.execute(chosen)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proving:
    """The run that proves: when it started, and when it compared with the books, if it did.

    What other runs received or booked after that is theirs to account for.
    """

    run_id: str
    started_at: datetime
    compared_at: datetime | None

    def booked_later(self) -> sa.ColumnElement[bool]:
        """Choose what was booked after the books were compared."""
        if self.compared_at is None:
            return sa.false()
        later = (posting.c.state == P.BOOKED.value) & (posting.c.booked_at > self.compared_at)
        return sa.func.coalesce(later, sa.false())

    def not_mapped(self) -> sa.ColumnElement[bool]:
        """Choose the documents without a posting that this run should have made one for."""
        mine = sa.select(document_version.c.document_id).where(document_version.c.run_id == self.run_id)
        known = (document.c.received_at <= self.started_at) | document.c.document_id.in_(mine)
        return posting.c.posting_id.is_(None) & known & ~body_is_purged()


def standings(
    connection: sa.Connection,
    owned: Owned,
    reconciled: Collection[tuple[str, Period]],
    proving: Proving | None = None,
) -> Iterator[Standing]:
    """Read every posting of the reconciled periods, and every open one whatever its period.

    A document that was corrected has several; the latest tells where it stands.
    """
    later = sa.false() if proving is None else proving.booked_later()
    by = None if proving is None else proving.compared_at
    chosen = (
        select_standings(by)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(
            owned.in_books(),
            in_periods(reconciled) | posting.c.state.in_(OPEN),
            ~withdrawn_unbooked(),
            ~is_void(),
            ~later,
        )
        .order_by(posting.c.posting_id)
    )
    for row in connection.execute(chosen.execution_options(yield_per=500)):
        yield standing_of(row)


def withdrawn_unbooked() -> sa.ColumnElement[bool]:
    """Choose what the source took back before it was booked; a parked reversal is still to be booked."""
    return document.c.withdrawn_at.is_not(None) & sa.func.coalesce(is_parked_booking(), sa.false())


def _is_accepted(by: datetime | None) -> sa.ColumnElement[bool]:
    accepted = (
        (finding.c.posting_id == posting.c.posting_id)
        & (finding.c.kind == FindingKind.DRIFT.value)
        & (finding.c.subject == document.c.content_digest)
        & (finding.c.decision == FindingDecision.ACCEPT.value)
        & (sa.true() if by is None else finding.c.decided_at <= by)
    )
    return sa.exists().where(accepted).correlate(posting, document)


def in_periods(reconciled: Collection[tuple[str, Period]]) -> sa.ColumnElement[bool]:
    """Choose the postings of these journals and periods."""
    keys = [(journal, period.fiscal_year, period.number) for journal, period in sorted(reconciled, key=str)]
    return sa.tuple_(posting.c.journal, posting.c.fiscal_year, posting.c.period).in_(keys)


def select_standings(by: datetime | None) -> sa.Select[Any]:
    """Choose what `standing_of` reads, of `posting` and its document, as it was decided by an instant."""
    return sa.select(
        posting,
        document.c.number,
        document.c.document_key,
        document.c.gross,
        is_latest().label("is_latest"),
        is_undone(by).label("is_undone"),
        _is_accepted(by).label("is_accepted"),
        is_gone(by).label("is_gone"),
    )


def standing_of(row: sa.Row[Any]) -> Standing:
    """Read a row of `posting` with its document's number, key and gross."""
    period = None if row.period is None else Period(fiscal_year=row.fiscal_year, number=row.period)
    return Standing(
        posting_id=row.posting_id,
        document=row.number or row.document_key,
        purpose=Purpose(row.purpose),
        n=row.n,
        is_latest=row.is_latest,
        is_undone=row.is_undone,
        is_gone=row.is_gone,
        is_accepted=row.is_accepted,
        state=P(row.state),
        gross=row.gross,
        sent_run_id=row.sent_run_id,
        lease_generation=row.lease_generation,
        reasons=reasons_from_plain(row.reasons),
        reasons_since_run=row.reasons_since_run,
        waiting_why=row.waiting_why,
        warnings=tuple(row.warnings),
        reference=row.reference,
        target_entry_id=row.target_entry_id,
        target_entry_number=row.target_entry_number,
        booked_at=row.booked_at,
        journal=row.journal,
        period=period,
        entry=None if row.entry is None else entry_from_plain(row.entry),
    )
