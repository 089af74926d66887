"""Mark what a store that was put back from a backup may have booked, and forgotten that it did."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document, may_differ_from_first
from finance_hooks.store.postings import posting


def mark_perhaps_booked(connection: sa.Connection, books: str, source_id: str, organisation: str) -> int:
    """Mark every document that is not booked as it is now, to the store's knowledge; returns how many."""
    is_booked = (
        (posting.c.document_id == document.c.document_id)
        & (posting.c.books == books)
        & (posting.c.state == PostingState.BOOKED.value)
    )
    marked = connection.execute(
        sa.update(document)
        .where(
            document.c.source_id == source_id,
            document.c.organisation == organisation,
            ~document.c.perhaps_forgotten,
            ~sa.exists().where(is_booked) | may_differ_from_first(),
        )
        .values(perhaps_forgotten=True)
    )
    return marked.rowcount


def mark_documents(connection: sa.Connection, document_ids: Sequence[int]) -> None:
    """Mark some documents."""
    of_these = document.c.document_id == sa.any_(pg.array(document_ids, type_=sa.BigInteger))
    connection.execute(sa.update(document).where(of_these).values(perhaps_forgotten=True))


def marked_documents(connection: sa.Connection, document_ids: Sequence[int]) -> frozenset[int]:
    """Return which of these documents are marked."""
    of_these = document.c.document_id == sa.any_(pg.array(document_ids, type_=sa.BigInteger))
    chosen = sa.select(document.c.document_id).where(of_these, document.c.perhaps_forgotten)
    return frozenset(connection.execute(chosen).scalars())


def perhaps_booked(connection: sa.Connection, books: str, states: tuple[str, ...]) -> frozenset[str]:
    """Return the references of the postings in these states whose documents are marked."""
    chosen = (
        sa.select(posting.c.reference)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(posting.c.books == books, posting.c.state.in_(states), document.c.perhaps_forgotten)
    )
    return frozenset(connection.execute(chosen).scalars())


def unmark_booked(connection: sa.Connection, references: Collection[str]) -> None:
    """Take the mark from documents of these postings that are booked altogether: they were looked for.

    What is parked keeps it: it may be sent in a month.
    """
    chosen = sa.select(posting.c.document_id).where(
        posting.c.reference == sa.any_(pg.array(sorted(references), type_=sa.Text))
    )
    is_open = (posting.c.document_id == document.c.document_id) & (
        posting.c.state != PostingState.BOOKED.value
    )
    connection.execute(
        sa.update(document)
        .where(document.c.document_id.in_(chosen), ~sa.exists().where(is_open))
        .values(perhaps_forgotten=False)
    )
