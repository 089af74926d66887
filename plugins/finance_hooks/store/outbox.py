"""Find the postings that have to be sent, or asked for in the books, in the order they go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.entry import Entry, Period
from finance_hooks.model.plain import entry_from_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.postings import posting

P = PostingState
UNSETTLED = (P.PENDING.value, P.SENDING.value, P.UNKNOWN.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPosting:
    """A posting with its entry that is not booked and not parked."""

    posting_id: int
    state: PostingState
    entry: Entry
    sent_until: datetime | None
    sent_run_id: str | None


def has_work(connection: sa.Connection, books: str, *, now: datetime) -> bool:
    """Say whether anything has to be sent or asked for at all; an empty night needs no call."""
    waiting = posting.c.not_before > now
    chosen = sa.select(posting.c.posting_id).where(
        posting.c.books == books, posting.c.state.in_(UNSETTLED), sa.func.coalesce(~waiting, sa.true())
    )
    return connection.execute(chosen.limit(1)).first() is not None


def scope(connection: sa.Connection, books: str) -> tuple[frozenset[str], frozenset[Period]]:
    """Return the journals and periods in which unsettled entries stand or will stand."""
    chosen = (
        sa.select(posting.c.journal, posting.c.fiscal_year, posting.c.period)
        .where(posting.c.books == books, posting.c.state.in_(UNSETTLED))
        .distinct()
    )
    rows = connection.execute(chosen).all()
    journals = frozenset(row.journal for row in rows)
    return journals, frozenset(Period(fiscal_year=row.fiscal_year, number=row.period) for row in rows)


def unsettled(connection: sa.Connection, books: str, *, now: datetime, recent_from: date) -> list[int]:
    """Return ids of unknown postings, then of pending ones whose time has come, oldest first.

    Of the pending ones those dated since `recent_from` go first, and those refused before go last.
    """
    refused_before = sa.func.coalesce(posting.c.refused_digest == posting.c.entry_digest, sa.false())
    is_old = document.c.document_date < recent_from
    due = sa.func.coalesce(posting.c.not_before <= now, sa.true())
    chosen = (
        sa.select(posting.c.posting_id)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(
            posting.c.books == books,
            (posting.c.state == P.UNKNOWN.value) | ((posting.c.state == P.PENDING.value) & due),
        )
        .order_by(posting.c.state.desc(), refused_before, is_old, posting.c.posting_id)
    )
    return [int(row.posting_id) for row in connection.execute(chosen)]


def read_open(connection: sa.Connection, posting_ids: Sequence[int]) -> list[OpenPosting]:
    """Read postings with their entries, in the order asked for; those settled meanwhile are left out."""
    chosen = sa.select(posting).where(
        posting.c.posting_id == sa.any_(pg.array(posting_ids, type_=sa.BigInteger)),
        posting.c.state.in_((P.PENDING.value, P.UNKNOWN.value)),
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
        sent_until=row.sent_until,
        sent_run_id=row.sent_run_id,
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
