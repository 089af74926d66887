"""Describe what is told to the source about one document, and what it answers."""

from dataclasses import dataclass
from datetime import datetime

from finance_hooks.model.document import ExportStatus
from finance_hooks.model.keys import DocumentKey


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportResult:
    """What became of one document: booked under an id and a number, or parked for what `message` says.

    `n` counts the different results about one document; the same result told again keeps its count, so that
    the source knows it again. `target` is our name for the package. `status` is exported or failed.
    """

    key: DocumentKey
    n: int
    target: str
    status: ExportStatus
    external_id: str | None
    external_number: str | None
    run_id: str
    exported_at: datetime | None
    message: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """What the source says about one result; `message` is why it did not take it."""

    accepted: bool
    message: str | None = None
