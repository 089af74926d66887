"""Keep how far the file of each booking is, so that none is attached twice and none is forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.attachment import AttachmentState, Booking
from finance_hooks.model.document import DocumentType, EntryKind
from finance_hooks.model.keys import Purpose
from finance_hooks.model.plain import entry_from_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.events import Stamp, append_event
from finance_hooks.store.findings import missing_in_books
from finance_hooks.store.metadata import Instant, metadata
from finance_hooks.store.postings import posting
from finance_hooks.store.proof import Owned

A = AttachmentState
STATES = ", ".join(f"'{state.value}'" for state in A)
OPEN = (A.PENDING.value, A.SENDING.value, A.UNKNOWN.value, A.MISSING.value, A.REFUSED.value)
WITH_FILES = tuple(each.value for each in DocumentType if each.kind is EntryKind.SALES)

attachment = sa.Table(
    "attachment",
    metadata,
    sa.Column("posting_id", sa.BigInteger, sa.ForeignKey("posting.posting_id"), primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text),
    sa.Column("size_bytes", sa.BigInteger),
    sa.Column("target_id", sa.Text),
    sa.Column("why", sa.Text),
    sa.Column("lease_generation", sa.BigInteger),
    sa.Column("sent_until", Instant),
    sa.Column("run_id", sa.Text, nullable=False, index=True),
    sa.Column("changed_at", Instant, nullable=False),
    sa.CheckConstraint(f"state IN ({STATES})", name="state"),
    sa.CheckConstraint("state <> 'attached' OR target_id IS NOT NULL", name="attached_has_id"),
    sa.CheckConstraint(
        "state <> 'sending' OR (sha256 IS NOT NULL AND sent_until IS NOT NULL)", name="sending_has_file"
    ),
)
"""One row per booking with a file. `sha256` and `size_bytes` are of the file that was sent last, `target_id`
is the package's own id of it; after `sent_until` its sender sent no more. `run_id` and `changed_at` say which
run brought it where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A booking whose file the package does not hold yet, as far as is known; `was_tried` before."""

    posting_id: int
    source_document_id: str
    number: str
    booking: Booking
    state: AttachmentState
    sent_until: datetime | None
    was_tried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where the file of one booking stands when it changes."""

    state: AttachmentState
    sha256: str | None = None
    size_bytes: int | None = None
    target_id: str | None = None
    why: str | None = None
    lease_generation: int | None = None
    sent_until: datetime | None = None


def wanted(connection: sa.Connection, owned: Owned, *, booked_since: datetime, again: bool) -> list[int]:
    """Return the bookings whose file is to be attached, unclear ones first.

    With `again` also, and last, those whose file was missing or refused.
    """
    tried = sa.func.coalesce(attachment.c.state.in_((A.MISSING.value, A.REFUSED.value)), sa.false())
    unclear = attachment.c.state.in_((A.UNKNOWN.value, A.SENDING.value))
    place = sa.case((unclear, 0), (tried, 2), else_=1)
    chosen = _wanted(owned, sa.select(posting.c.posting_id)).where(
        posting.c.booked_at >= booked_since, sa.true() if again else ~tried
    )
    return [int(row.posting_id) for row in connection.execute(chosen.order_by(place, posting.c.posting_id))]


def read_wanted(connection: sa.Connection, owned: Owned, posting_ids: Sequence[int]) -> list[Wanted]:
    """Read these bookings, in this order; those whose file was attached meanwhile are left out."""
    columns = sa.select(
        posting.c.posting_id,
        posting.c.entry,
        posting.c.target_entry_id,
        posting.c.target_entry_number,
        document.c.source_document_id,
        document.c.number,
        attachment.c.state,
        attachment.c.sent_until,
    )
    ours = posting.c.posting_id == sa.any_(pg.array(posting_ids, type_=sa.BigInteger))
    found = {
        row.posting_id: _as_wanted(row) for row in connection.execute(_wanted(owned, columns).where(ours))
    }
    return [found[posting_id] for posting_id in posting_ids if posting_id in found]


def orphans_to_unknown(
    connection: sa.Connection, books: str, *, generation: int, ended_at: datetime | None, stamp: Stamp
) -> int:
    """Turn every sending of an older generation of the lease into unknown; returns how many."""
    of_books = sa.select(posting.c.posting_id).where(posting.c.books == books)
    moved = connection.execute(
        sa.update(attachment)
        .where(
            attachment.c.state == A.SENDING.value,
            attachment.c.lease_generation < generation,
            attachment.c.posting_id.in_(of_books),
        )
        .values(state=A.UNKNOWN.value, sent_until=ended_at or stamp.at, changed_at=stamp.at)
        .returning(attachment.c.posting_id)
    ).all()
    detail: dict[str, object] = {"why": "the sender disappeared before it noted an answer"}
    for row in moved:
        append_event(connection, "attachment_unknown", stamp, posting_id=row.posting_id, detail=detail)
    return len(moved)


def note_attachment(connection: sa.Connection, posting_id: int, standing: Standing, stamp: Stamp) -> None:
    """Note where the file of a booking stands now, with an event when that is news.

    What is not said stays as it was, and what is attached stays attached.
    """
    said = {
        "sha256": standing.sha256,
        "size_bytes": standing.size_bytes,
        "target_id": standing.target_id,
        "lease_generation": standing.lease_generation,
        "sent_until": standing.sent_until,
    }
    state = {
        "state": standing.state.value,
        "why": standing.why,
        "run_id": stamp.run_id,
        "changed_at": stamp.at,
    }
    before = connection.execute(
        sa.select(attachment.c.state, attachment.c.why)
        .where(attachment.c.posting_id == posting_id)
        .with_for_update()
    ).one_or_none()
    insert = pg.insert(attachment).values(posting_id=posting_id, **state, **said)
    given = {name: value for name, value in said.items() if value is not None}
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=["posting_id"],
            set_={**state, **given},
            where=attachment.c.state != A.ATTACHED.value,
        )
    )
    if before is None or (before.state, before.why) != (standing.state.value, standing.why):
        detail: dict[str, object] = {"why": standing.why, "sha256": standing.sha256, "id": standing.target_id}
        name = f"attachment_{standing.state.value}"
        append_event(connection, name, stamp, posting_id=posting_id, detail=detail)


def count_attached(connection: sa.Connection, owned: Owned, *, run_id: str) -> int:
    """Count the files that a run attached."""
    chosen = (
        sa.select(sa.func.count())
        .select_from(attachment)
        .join(posting, posting.c.posting_id == attachment.c.posting_id)
        .where(
            posting.c.books == owned.administration.books,
            attachment.c.run_id == run_id,
            attachment.c.state == A.ATTACHED.value,
        )
    )
    return int(connection.execute(chosen).scalar_one())


def not_attached(
    connection: sa.Connection, *, books: str | None = None, sync_id: str | None = None
) -> list[sa.Row[Any]]:
    """Read the bookings whose file was tried and is not attached, oldest first."""
    number = sa.func.coalesce(document.c.number, document.c.source_document_id)
    chosen = (
        sa.select(
            posting.c.sync_id,
            posting.c.reference,
            posting.c.target_entry_number,
            number.label("document"),
            attachment.c.state,
            attachment.c.why,
            attachment.c.changed_at,
        )
        .join(posting, posting.c.posting_id == attachment.c.posting_id)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(attachment.c.state.in_(OPEN))
        .order_by(attachment.c.posting_id)
    )
    if books is not None:
        chosen = chosen.where(posting.c.books == books)
    if sync_id is not None:
        chosen = chosen.where(posting.c.sync_id == sync_id)
    return list(connection.execute(chosen))


def _wanted(owned: Owned, columns: sa.Select[Any]) -> sa.Select[Any]:
    """Choose bookings of our own making; what others booked they may have put a file to themselves."""
    return (
        columns.select_from(posting)
        .join(document, document.c.document_id == posting.c.document_id)
        .join(attachment, attachment.c.posting_id == posting.c.posting_id, isouter=True)
        .where(
            owned.in_books(),
            posting.c.purpose == Purpose.BOOK.value,
            posting.c.state == PostingState.BOOKED.value,
            ~posting.c.adopted,
            posting.c.entry.is_not(None),
            document.c.document_type.in_(WITH_FILES),
            posting.c.posting_id.not_in(missing_in_books()),
            attachment.c.state.is_(None) | attachment.c.state.in_(OPEN),
        )
    )


def _as_wanted(row: sa.Row[Any]) -> Wanted:
    return Wanted(
        posting_id=row.posting_id,
        source_document_id=row.source_document_id,
        number=row.number or row.source_document_id,
        booking=Booking(
            entry=entry_from_plain(row.entry),
            entry_id=row.target_entry_id,
            entry_number=row.target_entry_number,
        ),
        state=A(row.state) if row.state else A.PENDING,
        sent_until=row.sent_until,
        was_tried=row.state is not None,
    )
