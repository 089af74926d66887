"""Say which codes park documents for want of a mapping row, and what they hold up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.document import DocumentType
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.postings import posting

PARKED_MAX = 10_000
"""The parked documents of an administration that one page looks at, oldest first."""
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Which reasons ask for a mapping row, and how a document type is told apart in the answer.

    `codes` are those reasons; `sides` gives each document type a word, and types of one word are counted
    together.
    """

    codes: Collection[ReasonCode]
    sides: Mapping[DocumentType, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One code that parks documents: the reason's code, field and value, and the word of the document type.

    `gross` adds up without signs, so that credit notes do not hide invoices; `unread` documents have no
    amount that could be read. `since` is when the first of them came.
    """

    code: ReasonCode
    field: str | None
    value: str | None
    side: str
    documents: int
    gross: Decimal
    unread: int
    since: datetime
    dated_from: date | None
    dated_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldUp:
    """What is held up altogether: codes, documents and their gross; `is_cut` says that there is more."""

    gaps: int
    documents: int
    gross: Decimal
    unread: int
    is_cut: bool


NOTHING = HeldUp(gaps=0, documents=0, gross=ZERO, unread=0, is_cut=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedDocument:
    """One parked document with all its reasons as they are kept, and the word of its type."""

    posting_id: int
    side: str
    document_date: date | None
    gross: Decimal | None
    reasons: Sequence[Mapping[str, Any]]


def held_up(
    connection: sa.Connection, sync_ids: Collection[str], wanted: Gaps, *, most: int = PARKED_MAX
) -> dict[str, HeldUp]:
    """Say of each administration what its missing rows hold up."""
    asked = _asked(sync_ids, wanted, most)
    columns = (asked.c.sync_id, asked.c.posting_id, asked.c.gross, asked.c.looked_at)
    by_document = sa.select(*columns).distinct().subquery("by_document")
    counted = (
        sa.select(
            asked.c.sync_id,
            sa.func.count(
                sa.distinct(sa.tuple_(asked.c.code, asked.c.field, asked.c.value, asked.c.side))
            ).label("gaps"),
        )
        .group_by(asked.c.sync_id)
        .subquery("counted")
    )
    chosen = (
        sa.select(
            by_document.c.sync_id,
            counted.c.gaps,
            sa.func.count().label("documents"),
            *_sums(by_document.c.gross),
            sa.func.max(by_document.c.looked_at).label("looked_at"),
        )
        .join(counted, counted.c.sync_id == by_document.c.sync_id)
        .group_by(by_document.c.sync_id, counted.c.gaps)
    )
    return {
        row.sync_id: HeldUp(
            gaps=row.gaps,
            documents=row.documents,
            gross=row.gross,
            unread=row.unread,
            is_cut=row.looked_at > most,
        )
        for row in connection.execute(chosen)
    }


def find_gaps(connection: sa.Connection, sync_id: str, wanted: Gaps) -> list[Gap]:
    """Return every code that parks documents, by how many it holds up."""
    asked = _asked([sync_id], wanted, PARKED_MAX)
    what = (asked.c.code, asked.c.field, asked.c.value, asked.c.side)
    documents = sa.func.count().label("documents")
    chosen = (
        sa.select(
            *what,
            documents,
            *_sums(asked.c.gross),
            sa.func.min(asked.c.created_at).label("since"),
            sa.func.min(asked.c.document_date).label("dated_from"),
            sa.func.max(asked.c.document_date).label("dated_until"),
        )
        .group_by(*what)
        .order_by(documents.desc(), *what)
    )
    return [
        Gap(
            code=ReasonCode(row.code),
            field=row.field,
            value=row.value,
            side=row.side,
            documents=row.documents,
            gross=row.gross,
            unread=row.unread,
            since=row.since,
            dated_from=row.dated_from,
            dated_until=row.dated_until,
        )
        for row in connection.execute(chosen)
    ]


def parked_for(connection: sa.Connection, sync_id: str, wanted: Gaps) -> list[ParkedDocument]:
    """Return the parked documents that have one of the reasons, oldest first, with all reasons they have."""
    parked = _parked([sync_id], PARKED_MAX)
    has_one = sa.or_(*(posting.c.reasons.contains([{"code": code.value}]) for code in sorted(wanted.codes)))
    chosen = (
        sa.select(
            posting.c.posting_id,
            posting.c.reasons,
            document.c.document_date,
            document.c.gross,
            _side(wanted).label("side"),
        )
        .select_from(parked.join(posting, posting.c.posting_id == parked.c.posting_id))
        .join(document, document.c.document_id == posting.c.document_id)
        .where(has_one)
        .order_by(posting.c.posting_id)
    )
    return [
        ParkedDocument(
            posting_id=row.posting_id,
            side=row.side,
            document_date=row.document_date,
            gross=row.gross,
            reasons=row.reasons,
        )
        for row in connection.execute(chosen)
    ]


def _parked(sync_ids: Collection[str], most: int) -> sa.Subquery:
    """Choose one parked posting more than are looked at of each administration, and count what is chosen."""
    names = pg.array(sorted(sync_ids), type_=sa.Text)
    asked_for = sa.func.unnest(names).table_valued("sync_id").render_derived("asked_for")
    oldest = (
        sa.select(posting.c.posting_id)
        .where(
            posting.c.sync_id == asked_for.c.sync_id,
            posting.c.state == PostingState.PARKED.value,
            posting.c.gone_at.is_(None),
        )
        .order_by(posting.c.posting_id)
        .limit(most + 1)
        .lateral("oldest")
    )
    looked_at = sa.func.count().over(partition_by=asked_for.c.sync_id).label("looked_at")
    return (
        sa.select(asked_for.c.sync_id, oldest.c.posting_id, looked_at)
        .select_from(asked_for.join(oldest, sa.true()))
        .subquery("parked")
    )


def _asked(sync_ids: Collection[str], wanted: Gaps, most: int) -> sa.Subquery:
    """Choose what each of the parked documents asks for, once."""
    parked = _parked(sync_ids, most)
    columns = [sa.column(name, sa.Text) for name in ("code", "field", "value")]
    each = sa.func.jsonb_to_recordset(posting.c.reasons).table_valued(*columns)
    reason = each.render_derived("reason", with_types=True).lateral()
    return (
        sa.select(
            parked.c.sync_id,
            parked.c.looked_at,
            posting.c.posting_id,
            posting.c.created_at,
            document.c.document_date,
            document.c.gross,
            reason.c.code,
            reason.c.field,
            reason.c.value,
            _side(wanted).label("side"),
        )
        .select_from(parked.join(posting, posting.c.posting_id == parked.c.posting_id))
        .join(document, document.c.document_id == posting.c.document_id)
        .join(reason, reason.c.code.in_(sorted(wanted.codes)))
        .distinct()
        .subquery("asked")
    )


def _side(wanted: Gaps) -> sa.ColumnElement[str]:
    return sa.case(
        {document_type.value: word for document_type, word in wanted.sides.items()},
        value=document.c.document_type,
        else_="",
    )


def _sums(gross: sa.ColumnElement[Any]) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    """Add up amounts without their signs, and count what has none."""
    return (
        sa.func.coalesce(sa.func.sum(sa.func.abs(gross)), ZERO).label("gross"),
        sa.func.count().filter(gross.is_(None)).label("unread"),
    )
