"""Choose the documents that belong in one administration's books."""

from datetime import date

import sqlalchemy as sa

from finance_hooks.model.administration import Administration
from finance_hooks.store.documents import document
from finance_hooks.store.postings import posting


def in_scope(administration: Administration, source_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Choose the documents that belong in these books by organisation and date; undated ones always do."""
    ends_on = administration.ends_on or date.max
    dated = document.c.document_date.between(administration.starts_on, ends_on)
    return (
        document.c.source_id == source_id,
        document.c.organisation == administration.organisation,
        dated | document.c.document_date.is_(None),
    )


def without_posting(administration: Administration, source_id: str) -> sa.Select[tuple[int]]:
    """Choose the ids of the documents in scope that have no posting in these books, from indexes alone."""
    there = sa.select(posting.c.posting_id).where(
        posting.c.document_id == document.c.document_id, posting.c.books == administration.books
    )
    return sa.select(document.c.document_id).where(
        *in_scope(administration, source_id), ~sa.exists(there.correlate(document))
    )


def once(*chosen: sa.Select[tuple[int]]) -> sa.Select[tuple[int]]:
    """Choose what any of these chooses, found once and not anew for every row that is held against it."""
    found = sa.union_all(*chosen).cte("in_question").prefix_with("MATERIALIZED", dialect="postgresql")
    return sa.select(found.c[0])
