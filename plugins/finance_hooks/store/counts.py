"""Count the documents a report accounts for, from their own side and beside its sum."""

from collections.abc import Collection

import sqlalchemy as sa

from finance_hooks.model.entry import Period
from finance_hooks.model.keys import Purpose
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.following import is_latest, is_void
from finance_hooks.store.postings import posting
from finance_hooks.store.proof import OPEN, Owned, Proving, in_periods, withdrawn_unbooked
from finance_hooks.store.scope import once, without_posting

P = PostingState


def count_documents(
    connection: sa.Connection, owned: Owned, reconciled: Collection[tuple[str, Period]], proving: Proving
) -> int:
    """Count the documents to account for, from the documents' side, so that one without posting counts.

    A document stands where its latest posting does, and nowhere once it was taken back.
    """
    administration = owned.administration
    in_books = sa.select(posting.c.document_id).where(posting.c.books == administration.books)
    in_question = once(
        without_posting(administration, owned.source_id),
        in_books.where(in_periods(reconciled)),
        in_books.where(posting.c.state.in_(OPEN)),
    )
    chosen = (
        sa.select(sa.func.count())
        .select_from(document)
        .join(
            posting,
            (posting.c.document_id == document.c.document_id)
            & (posting.c.books == administration.books)
            & is_latest(),
            isouter=True,
        )
        .where(
            *owned.in_source(),
            document.c.document_id.in_(in_question),
            proving.not_mapped() | in_periods(reconciled) | posting.c.state.in_(OPEN),
            ~withdrawn_unbooked(),
            ~sa.func.coalesce(_taken_back(), sa.false()),
            ~proving.booked_later(),
        )
    )
    return int(connection.execute(chosen).scalar_one())


def count_before_start(connection: sa.Connection, owned: Owned) -> int:
    """Count the documents dated before the administration starts; they are never booked."""
    chosen = sa.select(sa.func.count()).where(
        document.c.source_id == owned.source_id,
        document.c.organisation == owned.administration.organisation,
        document.c.document_date < owned.administration.starts_on,
    )
    return int(connection.execute(chosen).scalar_one())


def count_withdrawn(connection: sa.Connection, owned: Owned) -> int:
    """Count the documents that the source took back before they were booked, or that were reversed since."""
    chosen = (
        sa.select(sa.func.count())
        .select_from(posting)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(
            owned.in_books(),
            # Said once more for the indexes: what is parked, and reversals.
            (posting.c.state == P.PARKED.value) | (posting.c.purpose == Purpose.REVERSE.value),
            is_latest(),
            withdrawn_unbooked() | _taken_back(),
        )
    )
    return int(connection.execute(chosen).scalar_one())


def _taken_back() -> sa.ColumnElement[bool]:
    is_reversed = (posting.c.purpose == Purpose.REVERSE.value) & (posting.c.state == P.BOOKED.value)
    return is_reversed | is_void()
