"""Say which rows of the mapping files recent documents used, as they read at the time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.postings import posting

DOCUMENTS_MAX = 5_000
"""The newest documents that are looked at: one page looks at no more, however many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The documents that are looked at: of one organisation, booked into `books`, by document date."""

    source_id: str
    organisation: str
    books: str
    dated_from: date
    dated_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What was looked at: how many documents, the oldest of them, and whether there were more.

    `by_row` says how many of them used each row, by what the row says.
    """

    documents: int
    oldest: date | None
    is_cut: bool
    by_row: Mapping[str, int]


def row_use(connection: sa.Connection, window: Window) -> Use:
    """Count which rows the newest documents of a window used."""
    recent, rows = _recent(window, DOCUMENTS_MAX), _rows()
    used = (
        sa.select(rows.c.value.label("content"), sa.func.count().label("documents"))
        .select_from(recent.join(posting, _of(recent, window)).join(rows, sa.true()))
        .group_by(rows.c.value)
    )
    one_more = _recent(window, DOCUMENTS_MAX + 1)
    there = sa.select(sa.func.count()).select_from(one_more).scalar_subquery()
    oldest = sa.select(sa.func.min(recent.c.document_date)).scalar_subquery()
    looked_at = connection.execute(sa.select(there.label("documents"), oldest.label("oldest"))).one()
    return Use(
        documents=min(looked_at.documents, DOCUMENTS_MAX),
        oldest=looked_at.oldest,
        is_cut=looked_at.documents > DOCUMENTS_MAX,
        by_row={row.content: row.documents for row in connection.execute(used)},
    )


def count_booked_by(connection: sa.Connection, window: Window, contents: Collection[str]) -> int:
    """Count the booked ones among the newest documents that used any of these rows."""
    recent, rows = _recent(window, DOCUMENTS_MAX), _rows()
    used = sa.exists(
        sa.select(sa.literal(1))
        .select_from(rows)
        .where(rows.c.value == sa.any_(pg.array(sorted(contents), type_=sa.Text)))
    )
    chosen = (
        sa.select(sa.func.count())
        .select_from(recent.join(posting, _of(recent, window)))
        .where(posting.c.state == PostingState.BOOKED.value, used)
    )
    return int(connection.execute(chosen).scalar_one())


def _recent(window: Window, most: int) -> sa.Subquery:
    return (
        sa.select(document.c.document_id, document.c.document_date)
        .where(
            document.c.source_id == window.source_id,
            document.c.organisation == window.organisation,
            document.c.document_date.between(window.dated_from, window.dated_until),
        )
        .order_by(document.c.document_date.desc(), document.c.document_id.desc())
        .limit(most)
        .subquery("recent")
    )


def _of(recent: sa.Subquery, window: Window) -> sa.ColumnElement[bool]:
    return (posting.c.document_id == recent.c.document_id) & (posting.c.books == window.books)


def _rows() -> sa.FromClause:
    each = sa.func.jsonb_each_text(posting.c.mapping_rows)
    return each.table_valued("key", "value", name="used").lateral()
