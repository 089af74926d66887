"""Forget what is personal in documents settled long ago: bodies and texts go, what proves a booking stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.party import PartyState
from finance_hooks.model.posting_state import PostingState
from finance_hooks.model.retention import Retention
from finance_hooks.store.documents import document, document_version
from finance_hooks.store.findings import FindingDecision, finding
from finance_hooks.store.following import is_latest, is_void
from finance_hooks.store.party_links import party_link
from finance_hooks.store.postings import posting

P = PostingState
SETTLED, FINDING, OUTSIDE = "settled", "finding_open", "never_in_books"
TO_REBOOK = "to_be_booked_anew"
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


def forget_proposals(connection: sa.Connection, *, before: datetime, dry_run: bool = False) -> int:
    """Take names and addresses proposed for parties out of links nobody touched since; the links stay."""
    old = (
        (party_link.c.changed_at < before)
        & (party_link.c.state == PartyState.LINKED.value)
        & party_link.c.proposal.is_not(None)
    )
    if dry_run:
        counted = sa.select(sa.func.count()).select_from(party_link).where(old)
        return int(connection.execute(counted).scalar_one())
    return connection.execute(sa.update(party_link).where(old).values(proposal=None)).rowcount


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
        sa.select(sa.func.min(sa.case((posting.c.state == P.BOOKED.value, TO_REBOOK), else_=posting.c.state)))
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
    """Choose postings booked and not to be booked anew, parked as withdrawn by the source, and void ones."""
    withdrawn = (
        (posting.c.state == P.PARKED.value)
        & document.c.withdrawn_at.is_not(None)
        & posting.c.reasons.contains(WITHDRAWN)
        & posting.c.held_at.is_(None)
    )
    rebook = sa.select(finding.c.finding_id).where(
        finding.c.posting_id == posting.c.posting_id, finding.c.decision == FindingDecision.REBOOK.value
    )
    waits = posting.c.gone_at.is_not(None) & sa.exists(rebook.correlate(posting)) & is_latest()
    return ((posting.c.state == P.BOOKED.value) & ~waits) | withdrawn | is_void()
