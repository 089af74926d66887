"""Keep what was found about booked documents: a posting's state never changes for it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.store.events import Stamp
from finance_hooks.store.metadata import metadata


class FindingKind(StrEnum):
    """What can be found about a booked document."""

    DRIFT = "drift"
    WITHDRAWN = "withdrawn"
    MISSING_IN_BOOKS = "missing_in_books"
    AMOUNT_DIFFERS = "amount_differs"
    BOOKED_TWICE = "booked_twice"
    RESULT_REFUSED = "result_refused"


class FindingDecision(StrEnum):
    """What a person may decide about a finding."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REBOOK = "rebook"


finding = sa.Table(
    "finding",
    metadata,
    sa.Column("finding_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("posting_id", sa.BigInteger, sa.ForeignKey("posting.posting_id"), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("detail", pg.JSONB, nullable=False, server_default="{}"),
    sa.Column("first_run_id", sa.Text, nullable=False),
    sa.Column("first_found_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("last_found_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("settled_at", sa.DateTime(timezone=True)),
    sa.Column("decision", sa.Text),
    sa.Column("decided_at", sa.DateTime(timezone=True)),
    sa.Column("decided_by", sa.Text),
    sa.Column("decided_why", sa.Text),
    sa.Column("kept_back", pg.JSONB(none_as_null=True)),
    sa.UniqueConstraint("kind", "posting_id", "subject"),
)
"""One row per kind, posting and subject (the digest or the booking it is about).

`decision` is what a person decided about it, with when, who and why. `kept_back` are the reasons for which a
correction could not be made.
"""

sa.Index("ix_finding_posting_id", finding.c.posting_id)

BOOKS_DIFFER = (FindingKind.MISSING_IN_BOOKS, FindingKind.AMOUNT_DIFFERS, FindingKind.BOOKED_TWICE)
"""What says that a booking is not in the books as it was sent."""

SOURCE_CHANGED = (FindingKind.DRIFT, FindingKind.WITHDRAWN)
"""What says that the source has changed its mind since."""


def note_finding(
    connection: sa.Connection,
    kind: FindingKind,
    posting_id: int,
    *,
    subject: str,
    detail: dict[str, object],
    stamp: Stamp,
) -> None:
    """Note a finding, or that an earlier one still stands; one that was accepted as it is stays settled.

    What changed field by field is told from both versions, and no longer once a body is purged: it is the
    same finding without.
    """
    insert = pg.insert(finding).values(
        kind=kind.value,
        posting_id=posting_id,
        subject=subject,
        detail=detail,
        first_run_id=stamp.run_id,
        first_found_at=stamp.at,
        last_found_at=stamp.at,
    )
    accepted = sa.func.coalesce(
        (finding.c.decision == FindingDecision.ACCEPT.value)
        & (_without_changes(finding.c.detail) == _without_changes(insert.excluded.detail)),
        sa.false(),
    )
    other = finding.c.decision != FindingDecision.ACCEPT.value
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=["kind", "posting_id", "subject"],
            set_={
                "last_found_at": stamp.at,
                "detail": detail,
                "settled_at": sa.case((accepted, finding.c.settled_at)),
                "decision": sa.case((accepted | other, finding.c.decision)),
            },
        )
    )


def _without_changes(detail: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return detail.op("-", return_type=pg.JSONB())(sa.cast("changes", sa.Text))


def open_findings(connection: sa.Connection, books: str) -> list[sa.Row[Any]]:
    """Read the findings about one set of books that nothing has settled yet, oldest first."""
    posting, document = metadata.tables["posting"], metadata.tables["document"]
    number = sa.func.coalesce(document.c.number, document.c.document_key)
    chosen = (
        sa.select(finding, posting.c.document_id, posting.c.sync_id, number.label("document"))
        .join(posting, posting.c.posting_id == finding.c.posting_id)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(posting.c.books == books, finding.c.settled_at.is_(None))
        .order_by(finding.c.finding_id)
    )
    return list(connection.execute(chosen))


def missing_in_books() -> sa.Select[tuple[int]]:
    """Choose the postings whose booking is known to have gone from the books."""
    return sa.select(finding.c.posting_id).where(
        finding.c.kind == FindingKind.MISSING_IN_BOOKS.value, finding.c.settled_at.is_(None)
    )


def keep_back(connection: sa.Connection, posting_id: int, why: list[dict[str, Any]] | None) -> None:
    """Note why a booking is not corrected, with every open finding that the source changed it."""
    connection.execute(
        sa.update(finding)
        .where(
            finding.c.posting_id == posting_id,
            finding.c.kind.in_([kind.value for kind in SOURCE_CHANGED]),
            finding.c.settled_at.is_(None),
        )
        .values(kept_back=why)
    )


def settle_unfound(
    connection: sa.Connection, books: str, kinds: tuple[FindingKind, ...], *, before: datetime
) -> None:
    """Settle what a look at all of the books, begun at `before`, no longer found."""
    posting = metadata.tables["posting"]
    in_books = sa.select(posting.c.posting_id).where(posting.c.books == books)
    _settle(connection, kinds, finding.c.posting_id.in_(in_books), before)


def settle_findings(
    connection: sa.Connection, kinds: tuple[FindingKind, ...], compared: Sequence[int], *, before: datetime
) -> None:
    """Settle findings of these kinds that the present run, begun at `before`, no longer made.

    What it did not compare stays as it was found.
    """
    was_compared = finding.c.posting_id == sa.any_(pg.array(compared, type_=sa.BigInteger))
    _settle(connection, kinds, was_compared, before)


def _settle(
    connection: sa.Connection,
    kinds: tuple[FindingKind, ...],
    chosen: sa.ColumnElement[bool],
    before: datetime,
) -> None:
    connection.execute(
        sa.update(finding)
        .where(
            finding.c.kind.in_([kind.value for kind in kinds]),
            finding.c.settled_at.is_(None),
            finding.c.last_found_at < before,
            chosen,
        )
        .values(settled_at=before)
    )
