"""Find what was received and has no posting yet: nothing of it is in any list of postings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.administration import Administration
from finance_hooks.store.documents import document
from finance_hooks.store.postings import posting
from finance_hooks.store.sought_documents import CALLED

NEWEST = 2_000
"""So many documents of an administration are looked at, the newest by their date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unprepared:
    """One document that was received and not prepared."""

    sync_id: str
    document_number: str
    document_date: date | None
    gross: Decimal | None
    received_at: datetime


def find_unprepared(
    connection: sa.Connection,
    administrations: Sequence[Administration],
    *,
    number: str | None = None,
    limit: int,
) -> list[Unprepared]:
    """Find documents of these administrations that no run has prepared, or only those of one number."""
    scope = _scopes(administrations)
    asked = sa.true() if number is None else CALLED.in_([number.strip().lower()])
    newest = (
        sa.select(document)
        .where(document.c.organisation == scope.c.organisation, asked)
        .order_by(document.c.document_date.desc())
        .limit(NEWEST)
        .correlate(scope)
        .lateral("newest")
    )
    dated = newest.c.document_date.between(scope.c.first, scope.c.last) | newest.c.document_date.is_(None)
    has_posting = sa.exists().where(
        posting.c.document_id == newest.c.document_id, posting.c.books == scope.c.books
    )
    called = sa.func.coalesce(newest.c.number, newest.c.source_document_id)
    chosen = (
        sa.select(scope.c.sync_id, newest, called.label("called"))
        .select_from(scope.join(newest, sa.true()))
        .where(dated, newest.c.withdrawn_at.is_(None), ~has_posting)
        .order_by(newest.c.document_id.desc())
        .limit(limit)
    )
    return [
        Unprepared(
            sync_id=row.sync_id,
            document_number=row.called,
            document_date=row.document_date,
            gross=row.gross,
            received_at=row.received_at,
        )
        for row in connection.execute(chosen)
    ]


def _scopes(administrations: Sequence[Administration]) -> Any:  # noqa: ANN401 - a set-returning function
    texts = [
        pg.array([getattr(one, name) for one in administrations], type_=sa.Text)
        for name in ("sync_id", "books", "organisation")
    ]
    dates = [
        pg.array([one.starts_on for one in administrations], type_=sa.Date),
        pg.array([one.ends_on or date.max for one in administrations], type_=sa.Date),
    ]
    names = ("sync_id", "books", "organisation", "first", "last")
    return sa.func.unnest(*texts, *dates).table_valued(*names).render_derived("scope")
