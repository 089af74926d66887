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
    sa.UniqueConstraint("kind", "posting_id", "subject"),
)
"""One row per kind, posting and subject (the digest or the booking it is about)."""


def note_finding(
    connection: sa.Connection,
    kind: FindingKind,
    posting_id: int,
    *,
    subject: str,
    detail: dict[str, object],
    stamp: Stamp,
) -> None:
    """Note a finding, or that an earlier one still stands."""
    insert = pg.insert(finding).values(
        kind=kind.value,
        posting_id=posting_id,
        subject=subject,
        detail=detail,
        first_run_id=stamp.run_id,
        first_found_at=stamp.at,
        last_found_at=stamp.at,
    )
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=["kind", "posting_id", "subject"],
            set_={"last_found_at": stamp.at, "detail": detail, "settled_at": None},
        )
    )


def open_findings(connection: sa.Connection, books: str) -> list[sa.Row[Any]]:
    """Read the findings about one set of books that nothing has settled yet, oldest first."""
    posting = metadata.tables["posting"]
    chosen = (
        sa.select(finding, posting.c.document_id)
        .join(posting, posting.c.posting_id == finding.c.posting_id)
        .where(posting.c.books == books, finding.c.settled_at.is_(None))
        .order_by(finding.c.finding_id)
    )
    return list(connection.execute(chosen))


def missing_in_books() -> sa.Select[tuple[int]]:
    """Choose the postings whose booking is known to have gone from the books."""
    return sa.select(finding.c.posting_id).where(
        finding.c.kind == FindingKind.MISSING_IN_BOOKS.value, finding.c.settled_at.is_(None)
    )


def settle_findings(
    connection: sa.Connection, kinds: tuple[FindingKind, ...], compared: Sequence[int], *, before: datetime
) -> None:
    """Settle findings of these kinds that the present run, begun at `before`, no longer made.

    What it did not compare stays as it was found.
    """
    connection.execute(
        sa.update(finding)
        .where(
            finding.c.kind.in_([kind.value for kind in kinds]),
            finding.c.settled_at.is_(None),
            finding.c.last_found_at < before,
            finding.c.posting_id == sa.any_(pg.array(compared, type_=sa.BigInteger)),
        )
        .values(settled_at=before)
    )
