"""Read what somebody may have to be told of one administration, without looking at all that is booked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from finance_hooks.model.park_reason import Reason
from finance_hooks.model.plain import reasons_from_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.documents import document
from finance_hooks.store.events import event
from finance_hooks.store.findings import finding
from finance_hooks.store.following import is_void
from finance_hooks.store.postings import posting
from finance_hooks.store.proof import withdrawn_unbooked
from finance_hooks.store.runs import run

P = PostingState


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDocument:
    """A document that is not booked, and where it stands."""

    posting_id: int
    document: str
    state: PostingState
    gross: Decimal | None
    reasons: tuple[Reason, ...]
    created_at: datetime
    not_before: datetime | None
    waiting_why: str | None
    sent_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFinding:
    """What was found about a booked document and nothing has settled; `decision` is what a person said."""

    finding_id: int
    kind: str
    document: str
    decision: str | None
    is_kept_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStanding:
    """How far a run is; `is_nightly` says that it asks for all that changed, not for given dates."""

    run_id: str
    started_at: datetime
    concluded_at: datetime | None
    is_nightly: bool
    report: Mapping[str, Any]


def open_documents(connection: sa.Connection, sync_id: str) -> list[OpenDocument]:
    """Read what is not booked, oldest first."""
    chosen = (
        sa.select(
            posting.c.posting_id,
            sa.func.coalesce(document.c.number, document.c.document_key).label("document"),
            posting.c.state,
            document.c.gross,
            posting.c.reasons,
            posting.c.created_at,
            posting.c.not_before,
            posting.c.waiting_why,
            posting.c.sent_until,
        )
        .join(document, document.c.document_id == posting.c.document_id)
        .where(
            posting.c.sync_id == sync_id,
            posting.c.state != P.BOOKED.value,
            posting.c.gone_at.is_(None),
            ~withdrawn_unbooked(),
            ~is_void(),
        )
        .order_by(posting.c.posting_id)
    )
    return [
        OpenDocument(
            posting_id=row.posting_id,
            document=row.document,
            state=P(row.state),
            gross=row.gross,
            reasons=reasons_from_plain(row.reasons),
            created_at=row.created_at,
            not_before=row.not_before,
            waiting_why=row.waiting_why,
            sent_until=row.sent_until,
        )
        for row in connection.execute(chosen)
    ]


def open_findings_of(connection: sa.Connection, sync_id: str) -> list[OpenFinding]:
    """Read the findings about an administration's bookings that nothing has settled, oldest first."""
    chosen = (
        sa.select(
            finding.c.finding_id,
            finding.c.kind,
            sa.func.coalesce(document.c.number, document.c.document_key).label("document"),
            finding.c.decision,
            finding.c.kept_back.is_not(None).label("is_kept_back"),
        )
        .join(posting, posting.c.posting_id == finding.c.posting_id)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(posting.c.sync_id == sync_id, finding.c.settled_at.is_(None))
        .order_by(finding.c.finding_id)
    )
    return [OpenFinding(**row._mapping) for row in connection.execute(chosen)]  # noqa: SLF001 - SQLAlchemy's public name


def count_booked_by(connection: sa.Connection, sync_id: str, run_id: str) -> int:
    """Count the documents that a run has booked so far."""
    adopted = event.c.detail["adopted"].as_boolean()
    chosen = (
        sa.select(sa.func.count())
        .select_from(event)
        .join(posting, posting.c.posting_id == event.c.posting_id)
        .where(
            event.c.run_id == run_id,
            event.c.name == P.BOOKED.value,
            posting.c.sync_id == sync_id,
            ~sa.func.coalesce(adopted, sa.false()),
        )
    )
    return int(connection.execute(chosen).scalar_one())


def last_concluded(connection: sa.Connection, sync_id: str) -> RunStanding | None:
    """Return the newest run that has a report."""
    chosen = _runs(sync_id).where(run.c.concluded_at.is_not(None)).limit(1)
    found = connection.execute(chosen).one_or_none()
    return None if found is None else _standing(found)


def read_concluded(connection: sa.Connection, sync_id: str, run_id: str) -> RunStanding | None:
    """Return a run that has a report."""
    chosen = _runs(sync_id).where(run.c.run_id == run_id, run.c.concluded_at.is_not(None))
    found = connection.execute(chosen).one_or_none()
    return None if found is None else _standing(found)


def runs_since(connection: sa.Connection, sync_id: str, since: datetime) -> list[RunStanding]:
    """Read the runs that started since an instant, newest first."""
    chosen = _runs(sync_id).where(run.c.started_at >= since)
    return [_standing(row) for row in connection.execute(chosen)]


def _runs(sync_id: str) -> sa.Select[Any]:
    return sa.select(run).where(run.c.sync_id == sync_id).order_by(run.c.started_at.desc())


def _standing(row: sa.Row[Any]) -> RunStanding:
    selection = row.selection
    return RunStanding(
        run_id=row.run_id,
        started_at=row.started_at,
        concluded_at=row.concluded_at,
        # A run that failed before it chose what to ask for wanted everything, as far as anybody knows.
        is_nightly=selection is None or bool(selection.get("moves_watermark")),
        report=row.report or {},
    )
