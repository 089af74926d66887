"""Forget what is personal in documents settled long ago: bodies and texts go, what proves a booking stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.model.retention import Retention
from finance_hooks.store.documents import document, document_version
from finance_hooks.store.findings import finding
from finance_hooks.store.postings import posting

P = PostingState
SETTLED, FINDING, OUTSIDE = "settled", "finding_open", "never_in_books"
WITHDRAWN = [{"code": ReasonCode.WITHDRAWN.value}]

# The document's own words go from the entry; accounts, codes, parties' numbers and amounts stay.
WITHOUT_TEXTS = """
jsonb_set(
    entry || '{"description": ""}',
    '{lines}',
    (
        SELECT coalesce(jsonb_agg(line || '{"description": ""}' ORDER BY place), '[]')
        FROM jsonb_array_elements(entry -> 'lines') WITH ORDINALITY AS lines(line, place)
    )
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is due of one standing: `settled` is purged; every other is kept, and its name says why."""

    standing: str
    documents: int
    versions: int
    body_bytes: int


def count_due(connection: sa.Connection, retention: Retention, today: date) -> list[Due]:
    """Count the documents kept long enough that still have bodies, by where they stand."""
    standing = _standing().label("standing")
    with_standing = (
        sa.select(document.c.document_id, standing).where(_is_due(retention, today), _has_body()).subquery()
    )
    chosen = (
        sa.select(
            with_standing.c.standing,
            sa.func.count(sa.distinct(with_standing.c.document_id)).label("documents"),
            sa.func.count().label("versions"),
            sa.func.sum(sa.func.octet_length(document_version.c.body)).label("body_bytes"),
        )
        .join(document_version, document_version.c.document_id == with_standing.c.document_id)
        .where(document_version.c.body.is_not(None))
        .group_by(with_standing.c.standing)
        .order_by(with_standing.c.standing)
    )
    return [
        Due(
            standing=row.standing,
            documents=row.documents,
            versions=row.versions,
            body_bytes=int(row.body_bytes),
        )
        for row in connection.execute(chosen)
    ]


def lock_settled(
    connection: sa.Connection, retention: Retention, today: date, *, after: int, limit: int
) -> list[int]:
    """Lock settled documents that are due, in the order of their ids; those in use are left out."""
    chosen = (
        sa.select(document.c.document_id)
        .where(
            document.c.document_id > after,
            _is_due(retention, today),
            _has_body(),
            _standing() == SETTLED,
        )
        .order_by(document.c.document_id)
        .limit(limit)
        .with_for_update(of=document, skip_locked=True)
    )
    return [int(row.document_id) for row in connection.execute(chosen)]


def purge(connection: sa.Connection, document_ids: Sequence[int], *, at: datetime) -> Mapping[str, int]:
    """Take bodies, texts, mapping rows and sentences from documents; keys, digests and amounts stay."""
    ids = sa.any_(pg.array(document_ids, type_=sa.BigInteger))
    versions = connection.execute(
        sa.update(document_version)
        .where(document_version.c.document_id == ids, document_version.c.body.is_not(None))
        .values(body=None, purged_at=at)
    )
    only_withdrawn = sa.func.jsonb_path_query_array(
        posting.c.reasons, sa.cast(f'$[*] ? (@.code == "{ReasonCode.WITHDRAWN.value}")', pg.JSONPATH)
    )
    postings = connection.execute(
        sa.update(posting)
        .where(posting.c.document_id == ids)
        .values(
            entry=sa.case(
                (posting.c.entry.is_(None), None), else_=sa.literal_column(WITHOUT_TEXTS, pg.JSONB)
            ),
            mapping_rows={},
            warnings=[],
            reasons=only_withdrawn,
        )
    )
    return {"documents": len(document_ids), "versions": versions.rowcount, "postings": postings.rowcount}


def _is_due(retention: Retention, today: date) -> sa.ColumnElement[bool]:
    dated_on = sa.func.coalesce(document.c.document_date, sa.cast(document.c.received_at, sa.Date))
    due_before: sa.ColumnElement[Any] = sa.literal(retention.due_before(today))
    if retention.by_organisation:
        own = {one: retention.due_before(today, one) for one in retention.by_organisation}
        due_before = sa.case(own, value=document.c.organisation, else_=due_before)
    return dated_on < due_before


def _has_body() -> sa.ColumnElement[bool]:
    kept = sa.select(document_version.c.document_id).where(
        document_version.c.document_id == document.c.document_id, document_version.c.body.is_not(None)
    )
    return sa.exists(kept.correlate(document))


def _standing() -> sa.ColumnElement[str]:
    """Say where a document stands: settled, or the state, finding or place that keeps it."""
    open_state = (
        sa.select(sa.func.min(posting.c.state))
        .where(posting.c.document_id == document.c.document_id, ~_is_settled())
        .correlate(document)
        .scalar_subquery()
    )
    found = (
        sa.select(finding.c.finding_id)
        .join(posting, posting.c.posting_id == finding.c.posting_id)
        .where(posting.c.document_id == document.c.document_id, finding.c.settled_at.is_(None))
    )
    posted = sa.select(posting.c.posting_id).where(posting.c.document_id == document.c.document_id)
    return sa.case(
        (open_state.is_not(None), open_state),
        (sa.exists(found.correlate(document)), FINDING),
        (sa.exists(posted.correlate(document)) | document.c.withdrawn_at.is_not(None), SETTLED),
        else_=OUTSIDE,
    )


def _is_settled() -> sa.ColumnElement[bool]:
    """Choose postings that are booked, or parked for nothing but that the source took the document back."""
    withdrawn = (
        (posting.c.state == P.PARKED.value)
        & document.c.withdrawn_at.is_not(None)
        & posting.c.reasons.contains(WITHDRAWN)
        & posting.c.held_at.is_(None)
    )
    return (posting.c.state == P.BOOKED.value) | withdrawn
