"""Keep which month-end statements were made, and find what is still open about a month's documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.park_reason import Reason
from finance_hooks.model.plain import reasons_from_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.events import event
from finance_hooks.store.findings import finding
from finance_hooks.store.metadata import metadata
from finance_hooks.store.postings import posting
from finance_hooks.store.proof import OPEN, Owned

statement = sa.Table(
    "statement",
    metadata,
    sa.Column("statement_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("sync_id", sa.Text, nullable=False),
    sa.Column("books", sa.Text, nullable=False),
    sa.Column("month", sa.Date, nullable=False),
    sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("proved_by", sa.Text, nullable=False),
    sa.Column("agrees", sa.Boolean, nullable=False),
    sa.Column("difference", sa.Numeric(18, 2), nullable=False),
    sa.Column("figures_digest", sa.Text, nullable=False),
)
"""One row per statement; `month` is its first day, `figures_digest` the SHA-256 of its CSV."""

sa.Index("ix_statement_sync_month", statement.c.sync_id, statement.c.month)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDocument:
    """A document of the month that is not booked; `gross` is `None` while unreadable."""

    document: str
    dated_on: date | None
    state: PostingState
    gross: Decimal | None
    reasons: tuple[Reason, ...]
    waiting_why: str | None
    held_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFinding:
    """What was found about a booked document of the month and is not settled."""

    kind: str
    document: str
    first_found_at: datetime
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a person decided in the month, or about a document of it."""

    at: datetime
    what: str
    who: str
    why: str
    document: str | None


def open_documents(
    connection: sa.Connection, owned: Owned, first: date, last: date
) -> Iterator[OpenDocument]:
    """Read the documents dated in the month, or without a date, that are not booked."""
    chosen = (
        sa.select(posting, _name(), document.c.document_date, document.c.gross)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(owned.in_books(), _dated(first, last), posting.c.state.in_(OPEN))
        .order_by(document.c.document_date, posting.c.posting_id)
    )
    for row in connection.execute(chosen):
        yield OpenDocument(
            document=row.name,
            dated_on=row.document_date,
            state=PostingState(row.state),
            gross=row.gross,
            reasons=reasons_from_plain(row.reasons),
            waiting_why=row.waiting_why,
            held_by=row.held_by,
        )


def open_findings_of(connection: sa.Connection, owned: Owned, first: date, last: date) -> list[OpenFinding]:
    """Read what was found about documents of the month and nothing has settled."""
    chosen = (
        sa.select(finding, _name())
        .join(posting, posting.c.posting_id == finding.c.posting_id)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(owned.in_books(), _dated(first, last), finding.c.settled_at.is_(None))
        .order_by(finding.c.finding_id)
    )
    return [
        OpenFinding(kind=row.kind, document=row.name, first_found_at=row.first_found_at, detail=row.detail)
        for row in connection.execute(chosen)
    ]


def decisions_of(
    connection: sa.Connection, owned: Owned, first: date, last: date, between: tuple[datetime, datetime]
) -> list[Decided]:
    """Read what people decided between two instants, and about documents of the month at any time."""
    sync_id = owned.administration.sync_id
    of_month = sa.and_(owned.in_books(), _dated(first, last))
    in_month = event.c.at.between(*between) & (
        owned.in_books() | (event.c.detail["sync_id"].astext.in_((sync_id, "*")))
    )
    chosen = (
        sa.select(event.c.at, event.c.name.label("what"), event.c.detail, _name())
        .join(posting, posting.c.posting_id == event.c.posting_id, isouter=True)
        .join(document, document.c.document_id == posting.c.document_id, isouter=True)
        .where(event.c.detail.has_key("who"), of_month | in_month)
        .order_by(event.c.event_id)
    )
    return [
        Decided(
            at=row.at,
            what=row.what,
            who=row.detail["who"],
            why=row.detail.get("why", ""),
            document=row.name,
        )
        for row in connection.execute(chosen)
    ]


def note_statement(connection: sa.Connection, **columns: object) -> None:
    """Note that a statement was made."""
    connection.execute(pg.insert(statement).values(**columns))


def _name() -> sa.Label[Any]:
    return sa.func.coalesce(document.c.number, document.c.document_key).label("name")


def _dated(first: date, last: date) -> sa.ColumnElement[bool]:
    return document.c.document_date.between(first, last) | document.c.document_date.is_(None)
