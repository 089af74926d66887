"""Read the documents of one journal and period page by page, and what differs in its bookings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from finance_hooks.model.entry import Period
from finance_hooks.store.documents import document
from finance_hooks.store.findings import finding
from finance_hooks.store.postings import posting
from finance_hooks.store.proof import Standing, select_standings, standing_of

LISTED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One journal and period of one administration."""

    sync_id: str
    journal: str
    period: Period

    @property
    def holds(self) -> sa.ColumnElement[bool]:
        """Choose the postings that stand or will stand here."""
        return sa.and_(
            posting.c.sync_id == self.sync_id,
            posting.c.fiscal_year == self.period.fiscal_year,
            posting.c.period == self.period.number,
            posting.c.journal == self.journal,
            posting.c.journal.is_not(None),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """The last line of a page: when it was booked, `None` if it is not, and which posting it is."""

    booked_at: datetime | None
    posting_id: int

    @property
    def follow(self) -> sa.ColumnElement[bool]:
        """Choose what stands on the pages after this line."""
        if self.booked_at is None:
            unbooked = posting.c.booked_at.is_(None) & (posting.c.posting_id < self.posting_id)
            return unbooked | posting.c.booked_at.is_not(None)
        here = sa.literal(self.booked_at, sa.DateTime(timezone=True)), sa.literal(self.posting_id)
        return sa.tuple_(posting.c.booked_at, posting.c.posting_id) < sa.tuple_(*here)


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """A booking of the place that is not in the books as it was sent, or whose document changed since."""

    kind: str
    document: str
    reference: str
    first_found_at: datetime
    detail: dict[str, Any]


def read_period_documents(
    connection: sa.Connection, place: Place, after: Cursor | None = None, *, limit: int = LISTED
) -> Sequence[Standing]:
    """Read a page of the documents of a place: those not booked first, then the newest bookings."""
    newest = (posting.c.booked_at.desc(), posting.c.posting_id.desc())
    # Chosen first, so that what follows each posting is looked up for those of one page only.
    page = (
        sa.select(posting.c.posting_id)
        .where(place.holds, sa.true() if after is None else after.follow)
        .order_by(*newest)
        .limit(limit)
        .subquery("page")
    )
    chosen = (
        select_standings(None)
        .join(page, page.c.posting_id == posting.c.posting_id)
        .join(document, document.c.document_id == posting.c.document_id)
        .order_by(*newest)
    )
    return [standing_of(row) for row in connection.execute(chosen)]


def read_differing(connection: sa.Connection, place: Place, *, limit: int = LISTED) -> list[Differing]:
    """Read what was found about the bookings of a place and nothing has settled yet, oldest first."""
    chosen = (
        sa.select(
            finding.c.kind,
            sa.func.coalesce(document.c.number, document.c.document_key).label("document"),
            posting.c.reference,
            finding.c.first_found_at,
            finding.c.detail,
        )
        .join(posting, posting.c.posting_id == finding.c.posting_id)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(place.holds, finding.c.settled_at.is_(None))
        .order_by(finding.c.finding_id)
        .limit(limit)
    )
    return [Differing(**row._mapping) for row in connection.execute(chosen)]  # noqa: SLF001 - SQLAlchemy's way
