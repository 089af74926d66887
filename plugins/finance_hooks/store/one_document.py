"""Read all that is known of one posting of a document; a long history takes no more statements than none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.attachments import attachment
from finance_hooks.store.document_search import Found, found_of, lines
from finance_hooks.store.file_decisions import is_in_file
from finance_hooks.store.findings import finding
from finance_hooks.store.possible_bookings import possible_bookings
from finance_hooks.store.postings import posting
from finance_hooks.store.provenance import Provenance, read_provenance

P = PostingState


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Who holds a posting back, since when and why."""

    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one posting stands, besides its state.

    `released` says that it was held and no run has seen since that it is no more. `can_retry` says that it
    was refused tonight, or waits for an instant. `bookings` are those it may be,
    and `confirmed` the one that a person says it is. `is_in_file` says that it went into a file, and that
    nobody knows whether that was imported.
    """

    journal: str | None
    fiscal_year: int | None
    period: int | None
    entry_id: str | None
    entry_number: str | None
    adopted: bool
    gone_at: datetime | None
    held: Hold | None
    released: bool
    can_retry: bool
    waits_until: datetime | None
    waits_why: str | None
    warnings: Sequence[str]
    bookings: Sequence[str]
    confirmed: str | None
    is_in_file: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedFinding:
    """What was found about one posting, and what a person decided about it."""

    kind: str
    reference: str
    detail: Mapping[str, Any]
    first_found_at: datetime
    last_found_at: datetime
    settled_at: datetime | None
    decision: str | None
    decided_by: str | None
    decided_why: str | None
    decided_at: datetime | None
    kept_back: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedFile:
    """How far the file of a booking is."""

    state: str
    why: str | None
    size_bytes: int | None
    sha256: str | None
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OneDocument:
    """One posting of a document: its line, its origin, and the others of the same document in those books."""

    line: Found
    standing: Standing
    provenance: Provenance
    chain: Sequence[Found]
    findings: Sequence[NotedFinding]
    file: NotedFile | None


def read_one(connection: sa.Connection, reference: str, *, sync_id: str) -> OneDocument | None:
    """Read the posting of a reference, `None` where the administration has none."""
    provenance = read_provenance(connection, reference, sync_id=sync_id)
    if provenance is None:
        return None
    rows = _chain(connection, reference)
    row = next(row for row in rows if row.reference == reference)
    posting_ids = [one.posting_id for one in rows]
    return OneDocument(
        line=found_of(row),
        standing=_standing(row),
        provenance=provenance,
        chain=[found_of(one) for one in rows],
        findings=_findings(connection, posting_ids),
        file=_file(connection, row.posting_id),
    )


def _chain(connection: sa.Connection, reference: str) -> list[sa.Row[Any]]:
    mine = posting.alias("mine")
    same = (mine.c.document_id == posting.c.document_id) & (mine.c.books == posting.c.books)
    chosen = lines().join(mine, same).where(mine.c.reference == reference).order_by(posting.c.posting_id)
    return list(connection.execute(chosen))


def _findings(connection: sa.Connection, posting_ids: Sequence[int]) -> list[NotedFinding]:
    chosen = (
        sa.select(finding, posting.c.reference)
        .join(posting, posting.c.posting_id == finding.c.posting_id)
        .where(finding.c.posting_id.in_(posting_ids))
        .order_by(finding.c.settled_at.is_not(None), finding.c.finding_id)
    )
    return [
        NotedFinding(
            kind=row.kind,
            reference=row.reference,
            detail=row.detail,
            first_found_at=row.first_found_at,
            last_found_at=row.last_found_at,
            settled_at=row.settled_at,
            decision=row.decision,
            decided_by=row.decided_by,
            decided_why=row.decided_why,
            decided_at=row.decided_at,
            kept_back=row.kept_back or (),
        )
        for row in connection.execute(chosen)
    ]


def _file(connection: sa.Connection, posting_id: int) -> NotedFile | None:
    chosen = sa.select(attachment).where(attachment.c.posting_id == posting_id)
    row = connection.execute(chosen).one_or_none()
    if row is None:
        return None
    return NotedFile(
        state=row.state,
        why=row.why,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        changed_at=row.changed_at,
    )


def _standing(row: sa.Row[Any]) -> Standing:
    held = None if row.held_at is None else Hold(by=row.held_by, at=row.held_at, why=row.held_why)
    codes = {reason["code"] for reason in row.reasons}
    return Standing(
        journal=row.journal,
        fiscal_year=row.fiscal_year,
        period=row.period,
        entry_id=row.target_entry_id,
        entry_number=row.target_entry_number,
        adopted=row.adopted,
        gone_at=row.gone_at,
        held=held,
        released=held is None and row.state == P.PARKED.value and ReasonCode.ON_HOLD in codes,
        can_retry=row.refused_on is not None or row.not_before is not None,
        waits_until=row.not_before,
        waits_why=row.waiting_why,
        warnings=row.warnings,
        bookings=possible_bookings(row),
        confirmed=row.is_booking,
        is_in_file=is_in_file(row),
    )
