"""Look at what the store holds of some documents, to say what a run would do with them; write nothing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.keys import DocumentKey
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.arrival import Arrival, party_of_number
from finance_hooks.store.documents import document
from finance_hooks.store.following import may_stand
from finance_hooks.store.postings import posting

P = PostingState

NumberKey = tuple[str, str, str | None, int]
"""What a number is unique within: document type, party, the number, export sequence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A document as the store holds it; `number_reused_of` is the key of the document that has its number."""

    document_id: int
    content_digest: str
    withdrawn_why: str | None
    number_reused_of: str | None


def known_documents(connection: sa.Connection, keys: Sequence[str]) -> dict[str, Known]:
    """Return what the store holds of documents, by key."""
    holder = document.alias("holder")
    chosen = (
        sa.select(document, holder.c.document_key.label("holder_key"))
        .select_from(document)
        .join(holder, holder.c.document_id == document.c.number_reused_of, isouter=True)
        .where(document.c.document_key == sa.any_(_texts(keys)))
    )
    return {
        row.document_key: Known(
            document_id=row.document_id,
            content_digest=row.content_digest,
            withdrawn_why=row.withdrawn_why,
            number_reused_of=row.holder_key,
        )
        for row in connection.execute(chosen)
    }


def number_key(arrival: Arrival) -> NumberKey:
    """Return what the number of a document is unique within."""
    key = arrival.key
    return key.document_type, party_of_number(arrival), arrival.number, key.export_sequence


def number_holders(
    connection: sa.Connection, source_id: str, organisation: str, numbers: Collection[str]
) -> dict[NumberKey, str]:
    """Return the keys of the documents that have these numbers."""
    chosen = sa.select(document).where(
        document.c.source_id == source_id,
        document.c.organisation == organisation,
        document.c.number == sa.any_(_texts(sorted(numbers))),
        document.c.number_reused_of.is_(None),
    )
    return {
        (row.document_type, row.party, row.number, row.export_sequence): row.document_key
        for row in connection.execute(chosen)
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherExport:
    """Another document with the same id in the source; `booked_as` while it stands in the books."""

    document_id: int
    source_document_id: str
    document_type: str
    export_sequence: int
    is_withdrawn: bool
    booked_as: str | None

    def is_replaced_by(self, key: DocumentKey, resource: str) -> bool:
        """Say whether it is an earlier export, or stood for the document while that was unreadable."""
        earlier = self.document_type == key.document_type and self.export_sequence < key.export_sequence
        return not self.is_withdrawn and (earlier or self.document_type == resource)

    def stands_before(self, key: DocumentKey) -> bool:
        """Say whether an earlier export of the document still stands in the books."""
        earlier = self.document_type == key.document_type and self.export_sequence < key.export_sequence
        return earlier and self.booked_as is not None


def other_exports(
    connection: sa.Connection, books: str, keys: Sequence[DocumentKey]
) -> dict[str, list[OtherExport]]:
    """Find other documents of one organisation that have the same ids in the source, by that id."""
    if not keys:
        return {}
    stands = (posting.c.document_id == document.c.document_id) & (posting.c.books == books) & may_stand()
    ids = _texts([key.source_document_id for key in keys])
    chosen = (
        sa.select(document, posting.c.target_entry_number, posting.c.reference)
        .select_from(document)
        .join(posting, stands, isouter=True)
        .where(
            document.c.source_id == keys[0].source_id,
            document.c.organisation == keys[0].organisation,
            document.c.source_document_id == sa.any_(ids),
            document.c.document_key != sa.all_(_texts([str(key) for key in keys])),
        )
    )
    found: dict[str, list[OtherExport]] = {}
    for row in connection.execute(chosen):
        other = OtherExport(
            document_id=row.document_id,
            source_document_id=row.source_document_id,
            document_type=row.document_type,
            export_sequence=row.export_sequence,
            is_withdrawn=row.withdrawn_at is not None,
            booked_as=row.target_entry_number or row.reference,
        )
        found.setdefault(other.source_document_id, []).append(other)
    return found


def _texts(values: Sequence[str]) -> sa.ColumnElement[Sequence[str]]:
    return sa.literal(list(values), pg.ARRAY(sa.Text))
