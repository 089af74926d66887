"""Remember what the source was told about each document, and find what it still has to be told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.digest import digest_of
from finance_hooks.model.document import DocumentType, ExportStatus
from finance_hooks.model.keys import DocumentKey, Purpose
from finance_hooks.model.park_reason import Reason
from finance_hooks.model.plain import reasons_from_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document, is_earlier_export
from finance_hooks.store.metadata import Instant, metadata
from finance_hooks.store.postings import posting
from finance_hooks.store.proof import Owned

P = PostingState
OF_POSTING = (
    "posting_id",
    "document_id",
    "state",
    "target_entry_id",
    "target_entry_number",
    "booked_at",
    "reasons",
)
OF_DOCUMENT = ("source_id", "organisation", "document_type", "source_document_id", "export_sequence")

export_result = sa.Table(
    "export_result",
    metadata,
    sa.Column("document_id", sa.BigInteger, sa.ForeignKey("document.document_id"), primary_key=True),
    sa.Column("books", sa.Text, primary_key=True),
    sa.Column("posting_id", sa.BigInteger, sa.ForeignKey("posting.posting_id"), nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("sent_at", Instant, nullable=False),
    sa.Column("run_id", sa.Text, nullable=False, index=True),
    sa.Column("accepted", sa.Boolean),
    sa.Column("message", sa.Text),
)
"""The result that was told last. `digest` tells whether another came since, `n` counts the different ones.

`accepted` is NULL while the source has not answered, `message` is why it did not accept.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One document whose outcome the source may still have to be told."""

    posting_id: int
    document_id: int
    key: DocumentKey
    status: ExportStatus
    digest: str
    entry_id: str | None
    entry_number: str | None
    booked_at: datetime | None
    reasons: tuple[Reason, ...]
    told_digest: str | None
    told_n: int
    accepted: bool | None

    @property
    def n(self) -> int:
        """The count of the result: that of the last one while nothing has changed."""
        return self.told_n if self.told_digest == self.digest else self.told_n + 1


def untold(connection: sa.Connection, owned: Owned, *, again: bool) -> list[int]:
    """Return the ids of the postings whose outcome the source does not know; `again` with what it refused."""
    standings = _standings(connection, _open(owned))
    return [standing.posting_id for standing in standings if _is_due(standing, again=again)]


def read_untold(connection: sa.Connection, owned: Owned, posting_ids: Sequence[int]) -> list[Standing]:
    """Read what has to be told about these postings; those told meanwhile are left out."""
    wanted = posting.c.posting_id == sa.any_(pg.array(posting_ids, type_=sa.BigInteger))
    standings = _standings(connection, _open(owned).where(wanted))
    return [standing for standing in standings if _is_due(standing, again=True)]


def count_told(connection: sa.Connection, owned: Owned, *, run_id: str) -> int:
    """Count the results of a run that the source accepted."""
    chosen = sa.select(sa.func.count()).where(
        export_result.c.books == owned.administration.books,
        export_result.c.run_id == run_id,
        export_result.c.accepted,
    )
    return int(connection.execute(chosen).scalar_one())


def _open(owned: Owned) -> sa.Select[Any]:
    """Choose booked postings that were not told as they stand, and parked ones.

    A parked posting's reasons are compared once they are read. Left out is what the source took back, what it
    exported again meanwhile, and what it gave no kind that could be named to it.
    """
    later_posting, later_export = posting.alias("later_posting"), document.alias("later_export")
    replaced = sa.exists().where(
        later_posting.c.document_id == posting.c.document_id,
        later_posting.c.books == posting.c.books,
        later_posting.c.purpose == posting.c.purpose,
        later_posting.c.n > posting.c.n,
    )
    exported_again = sa.exists().where(is_earlier_export(document, later_export))
    told = sa.and_(
        export_result.c.document_id == document.c.document_id, export_result.c.books == posting.c.books
    )
    known = sa.func.coalesce(
        export_result.c.accepted & (export_result.c.digest == _booked_digest()), sa.false()
    )
    return (
        sa.select(
            *(posting.c[name] for name in OF_POSTING),
            *(document.c[name] for name in OF_DOCUMENT),
            _booked_digest().label("booked_digest"),
            export_result.c.digest.label("told_digest"),
            sa.func.coalesce(export_result.c.n, 0).label("told_n"),
            export_result.c.accepted,
        )
        .select_from(posting)
        .join(document, document.c.document_id == posting.c.document_id)
        .join(export_result, told, isouter=True)
        .where(
            owned.in_books(),
            posting.c.purpose == Purpose.BOOK.value,
            ((posting.c.state == P.BOOKED.value) & ~known) | (posting.c.state == P.PARKED.value),
            document.c.withdrawn_at.is_(None),
            document.c.document_type.in_([each.value for each in DocumentType]),
            ~replaced,
            ~exported_again,
        )
        .order_by(posting.c.posting_id)
    )


def _booked_digest() -> sa.ColumnElement[str]:
    return sa.func.concat(
        ExportStatus.EXPORTED.value, "|", posting.c.target_entry_id, "|", posting.c.target_entry_number
    )


def _standings(connection: sa.Connection, chosen: sa.Select[Any]) -> Iterator[Standing]:
    for row in connection.execute(chosen.execution_options(yield_per=500)):
        yield _standing(row)


def _standing(row: sa.Row[Any]) -> Standing:
    is_booked = row.state == P.BOOKED.value
    return Standing(
        posting_id=row.posting_id,
        document_id=row.document_id,
        key=DocumentKey(
            source_id=row.source_id,
            organisation=row.organisation,
            document_type=row.document_type,
            source_document_id=row.source_document_id,
            export_sequence=row.export_sequence,
        ),
        status=ExportStatus.EXPORTED if is_booked else ExportStatus.FAILED,
        digest=row.booked_digest if is_booked else _parked_digest(row.reasons),
        entry_id=row.target_entry_id if is_booked else None,
        entry_number=row.target_entry_number if is_booked else None,
        booked_at=row.booked_at if is_booked else None,
        reasons=() if is_booked else reasons_from_plain(row.reasons),
        told_digest=row.told_digest,
        told_n=row.told_n,
        accepted=row.accepted,
    )


def _parked_digest(reasons: Sequence[dict[str, Any]]) -> str:
    # A package's own words differ from night to night, as by the number of its log.
    named = [{**reason, "detail": None} for reason in reasons]
    return f"{ExportStatus.FAILED.value}|{digest_of({'reasons': named})}"


def _is_due(standing: Standing, *, again: bool) -> bool:
    if standing.told_digest != standing.digest or standing.accepted is None:
        return True
    return again and not standing.accepted
