"""Read the parked documents that wait for rows of a mapping table, with all that keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from finance_hooks.store.documents import document
from finance_hooks.store.mapping_gaps import PARKED_MAX, Gaps, choose_parked, side_of
from finance_hooks.store.postings import posting


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedDocument:
    """One parked document with all its reasons as they are kept, and the word of its type."""

    posting_id: int
    side: str
    document_date: date | None
    gross: Decimal | None
    reasons: Sequence[Mapping[str, Any]]


def parked_for(connection: sa.Connection, sync_id: str, wanted: Gaps) -> list[ParkedDocument]:
    """Return the parked documents that have one of the reasons, by age, with all reasons they have."""
    parked = choose_parked([sync_id], PARKED_MAX)
    has_one = sa.or_(*(posting.c.reasons.contains([{"code": code.value}]) for code in sorted(wanted.codes)))
    chosen = (
        sa.select(
            posting.c.posting_id,
            posting.c.reasons,
            document.c.document_date,
            document.c.gross,
            side_of(wanted).label("side"),
        )
        .select_from(parked.join(posting, posting.c.posting_id == parked.c.posting_id))
        .join(document, document.c.document_id == posting.c.document_id)
        .where(has_one)
        .order_by(posting.c.posting_id)
    )
    return [
        ParkedDocument(
            posting_id=row.posting_id,
            side=row.side,
            document_date=row.document_date,
            gross=row.gross,
            reasons=row.reasons,
        )
        for row in connection.execute(chosen)
    ]
