"""Hold one row of the source as it arrived, before anyone tried to understand it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedDocument:
    """One document as received; `body` is its JSON with sorted keys.

    `source_document_id` is the source's own id, or `digest:` and the digest of the body where it has none.
    `changed_at` is `None` when the row does not say.
    """

    resource: str
    organisation: str
    source_document_id: str
    body: bytes
    changed_at: datetime | None


def digest_id(body: bytes) -> str:
    """Name a row that has no id of its own by what it says."""
    return f"digest:{hashlib.sha256(body).hexdigest()}"
