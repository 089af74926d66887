"""Documents that are not booked and findings that are open, for the tests of what people are told."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.problems import Seen
from finance_hooks.store.findings import FindingKind
from finance_hooks.store.to_tell import OpenDocument, OpenFinding

AT = datetime(2026, 11, 5, 3, 30, tzinfo=UTC)
EARLIER = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
"""The second of November where the books are kept."""


def reason(code: ReasonCode = ReasonCode.JOURNAL_UNMAPPED, **said: Any) -> Reason:
    return Reason(code=code, **{"document": "2026100001", **said})


def document(state: PostingState, posting_id: int = 1, **changed: Any) -> OpenDocument:
    """Return a document that stands somewhere; a parked one has a reason."""
    reasons = (reason(document=f"202610{posting_id:04}"),) if state is PostingState.PARKED else ()
    values: dict[str, Any] = {
        "posting_id": posting_id,
        "document": f"202610{posting_id:04}",
        "state": state,
        "gross": Decimal("121.00"),
        "reasons": reasons,
        "created_at": EARLIER,
        "not_before": None,
        "waiting_why": None,
        "sent_until": None,
    }
    return OpenDocument(**{**values, **changed})


def finding(kind: FindingKind, **changed: Any) -> OpenFinding:
    values: dict[str, Any] = {
        "finding_id": 7,
        "kind": kind.value,
        "document": "2026100001",
        "decision": None,
        "is_kept_back": False,
    }
    return OpenFinding(**{**values, **changed})


def journal(difference: str = "0.00", **changed: Any) -> dict[str, Any]:
    return {"journal": "70", "fiscal_year": 2026, "period": 10, "difference": difference, **changed}


def report(**changed: Any) -> dict[str, Any]:
    """Return the report of a run as the store keeps it: five documents, all booked."""
    counts = {"booked": 3, "already_booked": 2, "parked": 0, "waiting": 0, "unknown": 0}
    return {"documents": 5, **counts, "difference": "0.00", "journals": [], **changed}


def seen(*documents: OpenDocument, **changed: Any) -> Seen:
    values: dict[str, Any] = {"at": AT, "documents": documents, "findings": (), "report": report()}
    return Seen(**{**values, **changed})


def long_ago(days: int) -> datetime:
    return AT - timedelta(days=days)
