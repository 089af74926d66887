"""What arrives from the source: one document as it came in, and the columns that it fills."""

import zlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from finance_hooks.model.document import DocumentType
from finance_hooks.model.keys import DocumentKey
from finance_hooks.store.events import Stamp

OF_SUPPLIERS = frozenset({DocumentType.PURCHASE_INVOICE, DocumentType.PURCHASE_CREDIT_NOTE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One document as it came in, with as much as could be read of it.

    `withdrawn_why` is given when the source no longer wants it booked (cancelled, set back). `party_name` is
    what the source calls the party today.
    """

    key: DocumentKey
    resource: str
    number: str | None
    party: str | None
    document_date: date | None
    gross: Decimal | None
    content_digest: str
    body: bytes
    changed_at: datetime | None
    withdrawn_why: str | None = None
    party_name: str | None = None


def party_of_number(arrival: Arrival) -> str:
    """Return within whose numbers a number is unique: a supplier's on a purchase, else our own."""
    # Suppliers number their invoices themselves, so a purchase number is unique per party only.
    return (arrival.party or "") if arrival.key.document_type in OF_SUPPLIERS else ""


def key_columns(arrival: Arrival) -> dict[str, Any]:
    """Return by what a document is known for ever."""
    key = arrival.key
    return {
        "document_key": str(key),
        "source_id": key.source_id,
        "organisation": key.organisation,
        "document_type": key.document_type,
        "source_document_id": key.source_document_id,
        "export_sequence": key.export_sequence,
    }


def content_columns(arrival: Arrival, at: datetime) -> dict[str, Any]:
    """Return what may change about a document; `at` is when it was received."""
    return {
        "number": arrival.number,
        "party": party_of_number(arrival),
        "party_code": arrival.party,
        "document_date": arrival.document_date,
        "gross": arrival.gross,
        "content_digest": arrival.content_digest,
        "withdrawn_at": at if arrival.withdrawn_why else None,
        "withdrawn_why": arrival.withdrawn_why,
    }


def version_columns(document_id: int, arrival: Arrival, stamp: Stamp) -> dict[str, Any]:
    """Return one version of a document, its body compressed."""
    return {
        "document_id": document_id,
        "content_digest": arrival.content_digest,
        "resource": arrival.resource,
        "body": zlib.compress(arrival.body),
        "changed_at": arrival.changed_at,
        "received_at": stamp.at,
        "run_id": stamp.run_id,
    }
