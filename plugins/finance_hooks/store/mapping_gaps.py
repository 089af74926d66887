"""Say which codes park documents for want of a mapping row, and what they hold up."""

from collections.abc import Collection, Mapping
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

PARKED_MAX = 5_000
"""The parked documents of an administration that one page looks at; which ones is left to PostgreSQL."""
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


def held_up(
    connection: sa.Connection, sync_ids: Collection[str], wanted: Gaps, *, most: int = PARKED_MAX
) -> dict[str, HeldUp]:
    """Say of each administration what its missing rows hold up; those that lack none are left out."""
    asked = _asked(sync_ids, wanted, most)
    rows = connection.execute(sa.select(_held(asked)))
    return {row.sync_id: _held_up(row, most) for row in rows}


def find_gaps(connection: sa.Connection, sync_id: str, wanted: Gaps) -> tuple[HeldUp, list[Gap]]:
    """Return every code that parks documents, by how many it holds up, and what they hold up altogether."""
    asked = _asked([sync_id], wanted, PARKED_MAX)
    held = _held(asked)
    what = (asked.c.code, asked.c.field, asked.c.value, asked.c.side)
    documents = sa.func.count().label("documents_of_gap")
    gross, unread = _sums(asked.c.gross)
    found = (
        sa.select(
            *what,
            documents,
            gross.label("gross_of_gap"),
            unread.label("unread_of_gap"),
            sa.func.min(asked.c.created_at).label("since"),
            sa.func.min(asked.c.document_date).label("dated_from"),
            sa.func.max(asked.c.document_date).label("dated_until"),
        )
        .group_by(*what)
        .subquery("found")
    )
    ordered = (found.c.documents_of_gap.desc(), found.c.code, found.c.field, found.c.value, found.c.side)
    rows = connection.execute(sa.select(found, held).join(held, sa.true()).order_by(*ordered)).all()
    gaps = [
        Gap(
            code=ReasonCode(row.code),
            field=row.field,
            value=row.value,
            side=row.side,
            documents=row.documents_of_gap,
            gross=row.gross_of_gap,
            unread=row.unread_of_gap,
            since=row.since,
            dated_from=row.dated_from,
            dated_until=row.dated_until,
        )
        for row in rows
    ]
    return (_held_up(rows[0], PARKED_MAX) if rows else NOTHING), gaps


def choose_parked(sync_ids: Collection[str], most: int) -> sa.Subquery:
    """Choose one parked posting more than are looked at of each administration, and count what is chosen."""
    names = pg.array(sorted(sync_ids), type_=sa.Text)
    asked_for = sa.func.unnest(names).table_valued("sync_id").render_derived("asked_for")
    some = (
        sa.select(posting.c.posting_id)
        .where(
            posting.c.sync_id == asked_for.c.sync_id,
            posting.c.state == PostingState.PARKED.value,
            posting.c.gone_at.is_(None),
        )
        .limit(most + 1)
        .lateral("some")
    )
    looked_at = sa.func.count().over(partition_by=asked_for.c.sync_id).label("looked_at")
    return (
        sa.select(asked_for.c.sync_id, some.c.posting_id, looked_at)
        .select_from(asked_for.join(some, sa.true()))
        .subquery("parked")
    )


def _asked(sync_ids: Collection[str], wanted: Gaps, most: int) -> sa.CTE:
    """Choose what each of the parked documents asks for, once."""
    parked = choose_parked(sync_ids, most)
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
            side_of(wanted).label("side"),
        )
        .select_from(parked.join(posting, posting.c.posting_id == parked.c.posting_id))
        .join(document, document.c.document_id == posting.c.document_id)
        .join(reason, reason.c.code.in_(sorted(wanted.codes)))
        .distinct()
        .cte("asked")
    )


def _held(asked: sa.CTE) -> sa.Subquery:
    """Add up what is held up, each document once, by administration."""
    columns = (asked.c.sync_id, asked.c.posting_id, asked.c.gross, asked.c.looked_at)
    by_document = sa.select(*columns).distinct().subquery("by_document")
    what = sa.tuple_(asked.c.code, asked.c.field, asked.c.value, asked.c.side)
    gaps = (
        sa.select(asked.c.sync_id, sa.func.count(sa.distinct(what)).label("gaps"))
        .group_by(asked.c.sync_id)
        .subquery("counted")
    )
    return (
        sa.select(
            by_document.c.sync_id,
            gaps.c.gaps,
            sa.func.count().label("documents"),
            *_sums(by_document.c.gross),
            sa.func.max(by_document.c.looked_at).label("looked_at"),
        )
        .join(gaps, gaps.c.sync_id == by_document.c.sync_id)
        .group_by(by_document.c.sync_id, gaps.c.gaps)
        .subquery("held")
    )


def _held_up(row: sa.Row[Any], most: int) -> HeldUp:
    return HeldUp(
        gaps=row.gaps,
        documents=row.documents,
        gross=row.gross,
        unread=row.unread,
        is_cut=row.looked_at > most,
    )


def side_of(wanted: Gaps) -> sa.ColumnElement[str]:
    """Write the word of a document's type."""
    return sa.case(
        {document_type.value: str(word) for document_type, word in wanted.sides.items()},
        value=document.c.document_type,
        else_="",
    )


def _sums(gross: sa.ColumnElement[Any]) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    """Add up amounts without their signs, and count what has none."""
    return (
        sa.func.coalesce(sa.func.sum(sa.func.abs(gross)), ZERO).label("gross"),
        sa.func.count().filter(gross.is_(None)).label("unread"),
    )
