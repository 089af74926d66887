"""Read what the source changed after it was booked, and what has to be reversed for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import Purpose
from finance_hooks.model.plain import entry_from_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document, is_earlier_export, may_differ_from_first
from finance_hooks.store.findings import SOURCE_CHANGED, FindingKind, finding
from finance_hooks.store.following import is_gone, is_undone
from finance_hooks.store.postings import posting

P = PostingState


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversible:
    """One booking that is to be reversed: the entry that was really sent, its id and number in the books."""

    posting_id: int
    document_id: int
    document_key: str
    n: int
    content_digest: str
    mapping_digest: str | None
    mapping_rows: Mapping[str, str]
    entry: Entry
    entry_id: str | None = None
    entry_number: str | None = None


def changed_after_booking(connection: sa.Connection, books: str) -> list[sa.Row[Any]]:
    """Find bookings that still count and whose document has another content, or was withdrawn, since."""
    chosen = (
        sa.select(
            posting.c.posting_id,
            posting.c.document_id,
            posting.c.content_digest.label("booked_digest"),
            document.c.content_digest.label("present_digest"),
            document.c.withdrawn_why,
        )
        .join(document, document.c.document_id == posting.c.document_id)
        .where(
            posting.c.books == books,
            posting.c.purpose == Purpose.BOOK.value,
            posting.c.state == P.BOOKED.value,
            posting.c.gone_at.is_(None),
            may_differ_from_first(),
            (document.c.content_digest != posting.c.content_digest) | document.c.withdrawn_at.is_not(None),
            ~is_undone(),
        )
        .order_by(posting.c.posting_id)
    )
    return list(connection.execute(chosen))


def read_reversible(connection: sa.Connection, posting_id: int) -> Reversible:
    """Read one booking that is to be reversed."""
    return reversible_of(connection.execute(reversibles().where(posting.c.posting_id == posting_id)).one())


def unsent_reversals(connection: sa.Connection, books: str) -> list[Reversible]:
    """Read the bookings whose reversal was made but never sent, or is parked: it is made anew each night."""
    reversal = posting.alias("reversal")
    unsent = (reversal.c.state == P.PARKED.value) | (
        (reversal.c.state == P.PENDING.value) & reversal.c.frozen_at.is_(None)
    )
    chosen = (
        reversibles()
        .join(reversal, reversal.c.follows == posting.c.posting_id)
        .where(
            posting.c.books == books,
            reversal.c.purpose == Purpose.REVERSE.value,
            reversal.c.gone_at.is_(None),
            unsent,
        )
        .order_by(posting.c.posting_id)
    )
    return [reversible_of(row) for row in connection.execute(chosen)]


def posting_id_of(connection: sa.Connection, posting_key: str) -> int:
    """Return the id of a posting."""
    chosen = sa.select(posting.c.posting_id).where(posting.c.posting_key == posting_key)
    return int(connection.execute(chosen).scalar_one())


def settle_dealt_with(connection: sa.Connection, books: str, *, at: datetime) -> None:
    """Settle what a booked correction has answered: changes of what is undone, the loss of what has gone.

    A booking has gone, too, when a later export of the same document was booked after it was found missing.
    """
    _replace_by_later_export(connection, books, at)
    undone = sa.select(posting.c.posting_id).where(posting.c.books == books, is_undone())
    gone = sa.select(posting.c.posting_id).where(posting.c.books == books, is_gone())
    for kinds, chosen in (
        (SOURCE_CHANGED, undone),
        ((FindingKind.MISSING_IN_BOOKS, *SOURCE_CHANGED), gone),
    ):
        connection.execute(
            sa.update(finding)
            .where(
                finding.c.kind.in_([kind.value for kind in kinds]),
                finding.c.settled_at.is_(None),
                finding.c.posting_id.in_(chosen),
            )
            .values(settled_at=at)
        )


def _replace_by_later_export(connection: sa.Connection, books: str, at: datetime) -> None:
    old, new = document.alias("old"), document.alias("new")
    booked = posting.alias("booked")
    missing = (
        sa.select(posting.c.posting_id)
        .join(finding, finding.c.posting_id == posting.c.posting_id)
        .join(old, old.c.document_id == posting.c.document_id)
        .join(new, is_earlier_export(old, new))
        .join(booked, (booked.c.document_id == new.c.document_id) & (booked.c.books == books))
        .where(
            posting.c.books == books,
            posting.c.gone_at.is_(None),
            finding.c.kind == FindingKind.MISSING_IN_BOOKS.value,
            finding.c.settled_at.is_(None),
            booked.c.purpose == Purpose.BOOK.value,
            booked.c.state == P.BOOKED.value,
        )
    )
    connection.execute(sa.update(posting).where(posting.c.posting_id.in_(missing)).values(gone_at=at))


def reversibles() -> sa.Select[Any]:
    """Choose what `reversible_of` reads."""
    return sa.select(posting, document.c.document_key).join(
        document, document.c.document_id == posting.c.document_id
    )


def reversible_of(row: sa.Row[Any]) -> Reversible:
    """Read a row of `posting` with its document's key."""
    return Reversible(
        posting_id=row.posting_id,
        document_id=row.document_id,
        document_key=row.document_key,
        n=row.n,
        content_digest=row.content_digest,
        mapping_digest=row.mapping_digest,
        mapping_rows=row.mapping_rows,
        entry=entry_from_plain(row.entry),
        entry_id=row.target_entry_id,
        entry_number=row.target_entry_number,
    )
