"""Choose what is to be mapped tonight: documents new to the books, unsent, parked, or to be booked anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.administration import Administration, CorrectionPolicy
from finance_hooks.model.keys import Purpose
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import body_is_purged, document, is_earlier_export
from finance_hooks.store.findings import (
    BOOKS_DIFFER,
    SOURCE_CHANGED,
    FindingDecision,
    finding,
)
from finance_hooks.store.following import is_latest, may_stand
from finance_hooks.store.postings import posting
from finance_hooks.store.scope import in_scope, once, without_posting

P = PostingState
BOOK, REVERSE = Purpose.BOOK.value, Purpose.REVERSE.value
FIRST = 1
"""The number of a document's first booking in a set of books."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One document to map: for its n-th booking, which follows another posting from the second on.

    `corrects` is the posting that stands in the books and is reversed first; `is_correction` says that the
    booking follows a reversal, made now or before.
    """

    document_id: int
    n: int = FIRST
    follows: int | None = None
    corrects: int | None = None
    is_correction: bool = False


def documents_to_prepare(
    connection: sa.Connection, administration: Administration, source_id: str
) -> list[Wanted]:
    """Return the documents that are new to these books, never sent, parked, or to be booked anew.

    What was settled so long ago that its body is purged enters no other books.
    """
    unsent = (posting.c.state == P.PARKED.value) | (
        (posting.c.state == P.PENDING.value) & posting.c.frozen_at.is_(None)
    )
    is_booking = posting.c.purpose == BOOK
    reversed_before = (posting.c.purpose == REVERSE) & document.c.withdrawn_at.is_(None)
    to_rebook = posting.c.gone_at.is_not(None) & posting.c.posting_id.in_(_decided(FindingDecision.REBOOK))
    to_correct = posting.c.posting_id.in_(_to_correct(administration)) & document.c.withdrawn_at.is_(None)
    chosen = (
        sa.select(
            document.c.document_id,
            posting.c.posting_id,
            posting.c.n,
            posting.c.follows,
            posting.c.purpose,
            _follows_reversal().label("follows_reversal"),
            sa.func.coalesce(is_booking & unsent, sa.false()).label("is_open"),
            sa.func.coalesce(to_correct, sa.false()).label("is_changed"),
        )
        .select_from(document)
        .join(
            posting,
            (posting.c.document_id == document.c.document_id)
            & (posting.c.books == administration.books)
            & is_latest(),
            isouter=True,
        )
        .where(
            *in_scope(administration, source_id),
            document.c.document_id.in_(_in_question(administration, source_id)),
            ~body_is_purged(),
            posting.c.posting_id.is_(None)
            | (is_booking & (unsent | to_rebook | to_correct))
            | reversed_before,
        )
        .order_by(document.c.document_id)
    )
    return [_wanted(row) for row in connection.execute(chosen)]


def bookings_to_take_back(
    connection: sa.Connection, administration: Administration, source_id: str
) -> list[int]:
    """Return the bookings to reverse of documents that the source no longer wants in these books.

    What lies outside the administration's dates may belong to another one with the same books: of that only
    what this one booked is its own to take back.
    """
    in_dates = sa.and_(*in_scope(administration, source_id))
    wanted = document.c.withdrawn_at.is_(None) & in_dates
    chosen = (
        sa.select(posting.c.posting_id)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(
            posting.c.books == administration.books,
            document.c.source_id == source_id,
            document.c.organisation == administration.organisation,
            posting.c.posting_id.in_(_to_correct(administration)),
            is_latest(),
            ~sa.func.coalesce(wanted, sa.false()),
            in_dates | (posting.c.sync_id == administration.sync_id),
        )
        .order_by(posting.c.posting_id)
    )
    return [int(row.posting_id) for row in connection.execute(chosen)]


def booked_before(connection: sa.Connection, books: str, document_ids: Sequence[int]) -> dict[int, str]:
    """Find the documents of which an earlier export stands in the books, or may, with its number there."""
    earlier = document.alias("earlier")
    chosen = (
        sa.select(document.c.document_id, posting.c.target_entry_number, posting.c.reference)
        .join(earlier, is_earlier_export(earlier, document))
        .join(posting, posting.c.document_id == earlier.c.document_id)
        .where(
            document.c.document_id == sa.any_(pg.array(document_ids, type_=sa.BigInteger)),
            posting.c.books == books,
            may_stand(),
        )
    )
    rows = connection.execute(chosen)
    return {int(row.document_id): row.target_entry_number or row.reference for row in rows}


def may_be_reversed(booked: sa.FromClause) -> sa.ColumnElement[bool]:
    """Choose the bookings that we may take back: sent by us, and standing in the books as they were sent."""
    differs = sa.select(finding.c.posting_id).where(
        finding.c.kind.in_([kind.value for kind in BOOKS_DIFFER]), finding.c.settled_at.is_(None)
    )
    return sa.and_(
        booked.c.purpose == BOOK,
        booked.c.state == P.BOOKED.value,
        booked.c.gone_at.is_(None),
        ~booked.c.adopted,
        booked.c.posting_id.not_in(differs),
    )


def _in_question(administration: Administration, source_id: str) -> sa.Select[tuple[int]]:
    """Choose the few documents among which those to prepare are; most are booked, and stay as they are."""
    mine = sa.select(posting.c.document_id).where(posting.c.books == administration.books)
    asked_for = sa.union_all(_decided(FindingDecision.REBOOK), _to_correct(administration))
    return once(
        without_posting(administration, source_id),
        mine.where(posting.c.state.in_((P.PARKED.value, P.PENDING.value))),
        mine.where(posting.c.purpose == REVERSE),
        mine.where(posting.c.posting_id.in_(asked_for)),
    )


def _wanted(row: sa.Row[Any]) -> Wanted:
    if row.posting_id is None:
        return Wanted(document_id=row.document_id)
    if row.is_open:
        return Wanted(
            document_id=row.document_id,
            n=row.n,
            follows=row.follows,
            is_correction=row.follows_reversal,
        )
    return Wanted(
        document_id=row.document_id,
        n=row.n + 1,
        follows=None if row.is_changed else row.posting_id,
        corrects=row.posting_id if row.is_changed else None,
        is_correction=row.is_changed or row.purpose == REVERSE,
    )


def _follows_reversal() -> sa.ColumnElement[bool]:
    earlier = posting.alias("earlier")
    reversal = (earlier.c.posting_id == posting.c.follows) & (earlier.c.purpose == REVERSE)
    return sa.exists().where(reversal).correlate(posting)


def _decided(decision: FindingDecision) -> sa.Select[tuple[int]]:
    return sa.select(finding.c.posting_id).where(finding.c.decision == decision.value)


def _to_correct(administration: Administration) -> sa.Select[tuple[int]]:
    """Choose bookings that the source changed since and that may be reversed."""
    booked = posting.alias("booked")
    chosen = (
        sa.select(finding.c.posting_id)
        .join(booked, booked.c.posting_id == finding.c.posting_id)
        .where(
            finding.c.kind.in_([kind.value for kind in SOURCE_CHANGED]),
            finding.c.settled_at.is_(None),
            may_be_reversed(booked),
        )
    )
    if administration.correction_policy is CorrectionPolicy.REVERSE:
        return chosen
    return chosen.where(finding.c.decision == FindingDecision.CORRECT.value)
