"""Tell what follows what among the postings of one document: booking, reversal, new booking."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

import sqlalchemy as sa

from finance_hooks.model.keys import Purpose
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.findings import FindingDecision, finding, missing_in_books
from finance_hooks.store.postings import posting

P = PostingState
BOOKED = P.BOOKED.value
STANDING = (P.SENDING.value, P.UNKNOWN.value, P.DELIVERED.value, BOOKED)
REVERSE = Purpose.REVERSE.value


@cache
def is_latest() -> sa.ColumnElement[bool]:
    """Choose the postings that nothing follows: each document has one in a set of books."""
    later = posting.alias("later")
    return ~sa.exists().where(later.c.follows == posting.c.posting_id).correlate(posting)


def is_undone(by: datetime | None = None) -> sa.ColumnElement[bool]:
    """Choose the postings whose reversal stands in the books, or stood there by an instant."""
    later = posting.alias("later")
    reversal = (later.c.follows == posting.c.posting_id) & (later.c.purpose == REVERSE)
    in_time = sa.true() if by is None else later.c.booked_at <= by
    return sa.exists().where(reversal, later.c.state == BOOKED, in_time).correlate(posting)


def is_gone(by: datetime | None = None) -> sa.ColumnElement[bool]:
    """Choose the postings that need not be in the books any more, or needed not by an instant.

    One that is to be booked anew is missed until its new booking stands. Of a booking and its reversal
    neither stands on without the other.
    """
    later, other = posting.alias("later"), posting.alias("other")
    to_rebook = sa.exists().where(
        finding.c.posting_id == posting.c.posting_id, finding.c.decision == FindingDecision.REBOOK.value
    )
    booked = (later.c.follows == posting.c.posting_id) & (later.c.state == BOOKED)
    rebooked = sa.exists().where(booked, sa.true() if by is None else later.c.booked_at <= by)
    let_go, other_let_go = (
        one.c.gone_at.is_not(None) if by is None else one.c.gone_at <= by for one in (posting, other)
    )
    answered = ~to_rebook.correlate(posting) | rebooked.correlate(posting)
    halves = (
        (posting.c.purpose == REVERSE) & (other.c.posting_id == posting.c.follows),
        (other.c.purpose == REVERSE) & (other.c.follows == posting.c.posting_id),
    )
    widowed = [sa.exists().where(half, other_let_go).correlate(posting) for half in halves]
    return sa.or_(sa.func.coalesce(let_go & answered, sa.false()), *widowed)


@cache
def may_stand() -> sa.ColumnElement[bool]:
    """Choose the bookings that count in the books, may stand there, or were offered and leave as they are.

    What was reversed, what reconciling no longer finds, and what has gone counts no more.
    """
    return sa.and_(
        posting.c.purpose == Purpose.BOOK.value,
        posting.c.state.in_(STANDING) | posting.c.frozen_at.is_not(None),
        posting.c.posting_id.not_in(missing_in_books()),
        posting.c.gone_at.is_(None),
        ~is_undone(),
    )


@cache
def waits_for_reversal() -> sa.ColumnElement[bool]:
    """Choose the new bookings whose reversal is still to be booked: nothing of them may leave."""
    earlier = posting.alias("earlier")
    reversal = (earlier.c.posting_id == posting.c.follows) & (earlier.c.purpose == REVERSE)
    open_one = (earlier.c.state != BOOKED) & earlier.c.gone_at.is_(None)
    return sa.exists().where(reversal, open_one).correlate(posting)


@cache
def is_void() -> sa.ColumnElement[bool]:
    """Choose the reversals that never left and need not any more: what they were to take back is gone."""
    is_parked = posting.c.state == P.PARKED.value
    return (posting.c.purpose == REVERSE) & is_parked & posting.c.gone_at.is_not(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """The bookings of ours that come to nothing together: what was reversed, and the reversals."""

    references: frozenset[str] = frozenset()
    entry_ids: frozenset[str] = frozenset()


def undone(connection: sa.Connection, books: str) -> Undone:
    """Read which bookings in one set of books come to nothing: a new one beside them is no double."""
    earlier = posting.alias("earlier")
    chosen = (
        sa.select(
            posting.c.reference,
            posting.c.target_entry_id,
            earlier.c.reference.label("reversed_reference"),
            earlier.c.target_entry_id.label("reversed_id"),
        )
        .join(earlier, earlier.c.posting_id == posting.c.follows)
        .where(posting.c.books == books, posting.c.purpose == REVERSE, posting.c.state == BOOKED)
    )
    rows = connection.execute(chosen).all()
    ids = [entry_id for row in rows for entry_id in (row.target_entry_id, row.reversed_id)]
    return Undone(
        references=frozenset(name for row in rows for name in (row.reference, row.reversed_reference)),
        entry_ids=frozenset(filter(None, ids)),
    )
