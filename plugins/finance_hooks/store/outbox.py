"""Find the postings that have to be sent, or asked for in the books, in the order they go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.entry import Entry, Period
from finance_hooks.model.keys import Purpose
from finance_hooks.model.plain import entry_from_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.export_files import FilePlace, export_file
from finance_hooks.store.following import waits_for_reversal
from finance_hooks.store.postings import posting

P = PostingState
UNSETTLED = (P.PENDING.value, P.SENDING.value, P.UNKNOWN.value, P.DELIVERED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversed:
    """The booking that a reversal takes back, as it was booked."""

    posting_id: int
    number: str
    reference: str
    entry_id: str | None
    entry_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPosting:
    """A posting with its entry, and the digest of that, which is not booked and not parked.

    `is_booking` and `told_apart` name bookings (journal and number) that a person said are this document, or
    are not. `reverses` is the booking that a reversal takes back. `gone_reference` and `gone_entry_id` are of
    the booking whose place this one takes; `plain_number` is the number of the document's first booking.
    `file` is where it was last written to, or was to be.
    """

    posting_id: int
    state: PostingState
    entry: Entry
    entry_digest: str
    sent_until: datetime | None
    sent_run_id: str | None
    is_booking: str | None = None
    told_apart: frozenset[str] = frozenset()
    reverses: Reversed | None = None
    gone_reference: str | None = None
    gone_entry_id: str | None = None
    plain_number: str | None = None
    file: FilePlace | None = None


def has_work(connection: sa.Connection, books: str, *, now: datetime) -> bool:
    """Say whether anything has to be sent or asked for at all; an empty night needs no call."""
    waiting = posting.c.not_before > now
    chosen = sa.select(posting.c.posting_id).where(
        posting.c.books == books,
        posting.c.state.in_(UNSETTLED),
        sa.func.coalesce(~waiting, sa.true()),
        ~waits_for_reversal(),
    )
    return connection.execute(chosen.limit(1)).first() is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The journals and periods in which unsettled entries stand, will stand, or stood before.

    `days` are the own days of entries that were moved: somebody may have booked them there. `references` are
    of the unsettled entries, `sent_until` those of them that are unknown, and until when each may have left.
    """

    journals: frozenset[str]
    periods: frozenset[Period]
    days: frozenset[date]
    references: frozenset[str]
    sent_until: Mapping[str, datetime | None]


def scope(connection: sa.Connection, books: str) -> Scope:
    """Return where the books have to be read before anything unsettled is sent."""
    earlier = posting.alias("earlier")
    moved_from = posting.c.entry["moved_from"].astext
    unsettled_here = (posting.c.books == books, posting.c.state.in_(UNSETTLED))
    chosen = sa.select(
        posting.c.journal, posting.c.fiscal_year, posting.c.period, moved_from.label("moved_from")
    ).where(*unsettled_here)
    followed = (
        sa.select(earlier.c.journal, earlier.c.fiscal_year, earlier.c.period, sa.null().label("moved_from"))
        .join(posting, posting.c.follows == earlier.c.posting_id)
        .where(*unsettled_here, earlier.c.journal.is_not(None))
    )
    rows = connection.execute(sa.union(chosen, followed)).all()
    unsettled = sa.select(posting.c.reference, posting.c.state, posting.c.sent_until).where(*unsettled_here)
    found = connection.execute(unsettled).all()
    return Scope(
        journals=frozenset(row.journal for row in rows),
        periods=frozenset(Period(fiscal_year=row.fiscal_year, number=row.period) for row in rows),
        days=frozenset(date.fromisoformat(row.moved_from) for row in rows if row.moved_from),
        references=frozenset(row.reference for row in found),
        sent_until={row.reference: row.sent_until for row in found if row.state == P.UNKNOWN.value},
    )


def unsettled(connection: sa.Connection, books: str, *, now: datetime, recent_from: date) -> list[int]:
    """Return ids of unknown postings, of pending ones whose time has come, then of delivered ones.

    Of the pending ones those dated since `recent_from` go first, and those refused before go last. What
    waits for a reversal is left out.
    """
    refused_before = sa.func.coalesce(posting.c.refused_digest == posting.c.entry_digest, sa.false())
    is_old = document.c.document_date < recent_from
    due = sa.func.coalesce(posting.c.not_before <= now, sa.true())
    chosen = (
        sa.select(posting.c.posting_id)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(
            posting.c.books == books,
            posting.c.state.in_((P.UNKNOWN.value, P.DELIVERED.value))
            | ((posting.c.state == P.PENDING.value) & due),
            ~waits_for_reversal(),
        )
        .order_by(posting.c.state.desc(), refused_before, is_old, posting.c.posting_id)
    )
    return [int(row.posting_id) for row in connection.execute(chosen)]


def read_open(connection: sa.Connection, posting_ids: Sequence[int]) -> list[OpenPosting]:
    """Read postings with their entries, in the order asked for; those settled meanwhile are left out."""
    gone, first, taken_back = posting.alias("gone"), posting.alias("first"), posting.alias("taken_back")
    is_reversal = posting.c.purpose == Purpose.REVERSE.value
    is_first = (
        (first.c.document_id == posting.c.document_id)
        & (first.c.books == posting.c.books)
        & (first.c.purpose == Purpose.BOOK.value)
        & (first.c.n == 1)
    )
    chosen = (
        sa.select(
            posting,
            gone.c.reference.label("gone_reference"),
            gone.c.target_entry_id.label("gone_entry_id"),
            first.c.entry["number"].astext.label("plain_number"),
            taken_back.c.posting_id.label("reversed_id"),
            taken_back.c.reference.label("reversed_reference"),
            taken_back.c.target_entry_id.label("reversed_entry_id"),
            taken_back.c.target_entry_number.label("reversed_entry_number"),
            taken_back.c.entry["number"].astext.label("reversed_number"),
            export_file.c.location.label("file_location"),
            export_file.c.name.label("file_name"),
        )
        .join(gone, (gone.c.posting_id == posting.c.follows) & gone.c.gone_at.is_not(None), isouter=True)
        .join(first, is_first & (posting.c.purpose == Purpose.BOOK.value) & (posting.c.n > 1), isouter=True)
        .join(taken_back, is_reversal & (taken_back.c.posting_id == posting.c.follows), isouter=True)
        .join(export_file, export_file.c.file_id == posting.c.file_id, isouter=True)
        .where(
            posting.c.posting_id == sa.any_(pg.array(posting_ids, type_=sa.BigInteger)),
            posting.c.state.in_((P.PENDING.value, P.UNKNOWN.value, P.DELIVERED.value)),
        )
    )
    found = {row.posting_id: _open(row) for row in connection.execute(chosen)}
    return [found[posting_id] for posting_id in posting_ids if posting_id in found]


def wait_until(connection: sa.Connection, posting_ids: Sequence[int], until: datetime, why: str) -> None:
    """Let pending postings wait; a later run takes them."""
    connection.execute(
        sa.update(posting)
        .where(
            posting.c.posting_id == sa.any_(pg.array(posting_ids, type_=sa.BigInteger)),
            posting.c.state == P.PENDING.value,
        )
        .values(not_before=until, waiting_why=why)
    )


def _open(row: sa.Row[Any]) -> OpenPosting:
    return OpenPosting(
        posting_id=row.posting_id,
        state=P(row.state),
        entry=entry_from_plain(row.entry),
        entry_digest=row.entry_digest,
        sent_until=row.sent_until,
        sent_run_id=row.sent_run_id,
        is_booking=row.is_booking,
        told_apart=frozenset(row.told_apart),
        reverses=None if row.reversed_id is None else _reversed(row),
        gone_reference=row.gone_reference,
        gone_entry_id=row.gone_entry_id,
        plain_number=row.plain_number,
        file=None if row.file_id is None else _file(row),
    )


def _file(row: sa.Row[Any]) -> FilePlace:
    return FilePlace(file_id=row.file_id, location=row.file_location, name=row.file_name)


def _reversed(row: sa.Row[Any]) -> Reversed:
    return Reversed(
        posting_id=row.reversed_id,
        number=row.reversed_number,
        reference=row.reversed_reference,
        entry_id=row.reversed_entry_id,
        entry_number=row.reversed_entry_number,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknowns:
    """How many postings are unknown, and after which instant nothing of them was sent any more."""

    count: int
    sent_until: datetime | None


def unknown(connection: sa.Connection, books: str) -> Unknowns:
    """Count what is unknown in one set of books."""
    chosen = sa.select(sa.func.count(), sa.func.max(posting.c.sent_until)).where(
        posting.c.books == books, posting.c.state == P.UNKNOWN.value
    )
    count, sent_until = connection.execute(chosen).one()
    return Unknowns(count=count, sent_until=sent_until)
