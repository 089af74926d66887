"""Look at what the store holds of some documents, to say what a run would do with them; write nothing."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import DocumentKey, Purpose
from finance_hooks.model.park_reason import Reason
from finance_hooks.model.plain import entry_from_plain, entry_to_plain, reasons_from_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.arrivals import Arrival, party_of_number
from finance_hooks.store.decisions import held_reasons
from finance_hooks.store.documents import document
from finance_hooks.store.following import may_stand
from finance_hooks.store.outbox import UNSETTLED
from finance_hooks.store.postings import posting
from finance_hooks.store.prepared import Prepared, digest_entry, stays_refused

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """A posting as it stands; `held` is the reason for which a person holds it back, if one does.

    `follows` is the id of the posting of the document before it. `is_booking` and `told_apart` name bookings
    (journal and number) that a person said are this document, or are not.
    """

    posting_id: int
    posting_key: str
    reference: str
    document_id: int
    document_key: str
    document_type: str
    number: str
    dated_on: date | None
    party: str
    state: PostingState
    is_frozen: bool
    entry: Entry | None
    content_digest: str
    entry_digest: str | None
    entry_number: str | None
    reasons: tuple[Reason, ...]
    held: tuple[Reason, ...]
    refused_on: date | None
    refused_digest: str | None
    not_before: datetime | None
    waiting_why: str | None
    sent_until: datetime | None
    purpose: Purpose
    n: int
    follows: int | None
    is_booking: str | None
    told_apart: frozenset[str]

    @property
    def is_settled_or_sent(self) -> bool:
        """Whether mapping the document anew changes nothing about it."""
        return self.is_frozen or self.state not in {P.PENDING, P.PARKED}

    def would_park_for(self, prepared: Prepared, business_date: date) -> tuple[Reason, ...]:
        """Return why a document mapped anew stays parked; nothing when it would be pending."""
        reasons = prepared.reasons + self.held
        if reasons or self.state is not P.PARKED or prepared.entry is None:
            return reasons
        digest = digest_entry(entry_to_plain(prepared.entry))
        refused = (self.refused_on, self.refused_digest)
        return self.reasons if stays_refused(refused, digest, business_date) else ()

    def was_refused(self, prepared: Prepared | None) -> bool:
        """Say whether the package refused this very entry before, so that it goes last."""
        if self.refused_digest is None:
            return False
        entry = None if prepared is None else prepared.entry
        digest = self.entry_digest if entry is None else digest_entry(entry_to_plain(entry))
        return digest == self.refused_digest


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


def postings_of(connection: sa.Connection, books: str, document_ids: Sequence[int]) -> dict[str, Present]:
    """Return the postings of some documents in one set of books, by posting key."""
    of_these = posting.c.document_id == sa.any_(sa.literal(list(document_ids), pg.ARRAY(sa.BigInteger)))
    return {found.posting_key: found for found in _read(connection, books, of_these)}


def unsettled_postings(connection: sa.Connection, books: str) -> dict[str, Present]:
    """Return every posting of one set of books that is to be sent or asked for, by posting key."""
    return {found.posting_key: found for found in _read(connection, books, posting.c.state.in_(UNSETTLED))}


def _read(connection: sa.Connection, books: str, *wanted: sa.ColumnElement[bool]) -> Iterator[Present]:
    number = sa.func.coalesce(document.c.number, document.c.source_document_id)
    described = (
        document.c.document_key,
        document.c.document_type,
        document.c.document_date,
        document.c.party,
    )
    chosen = (
        sa.select(posting, number.label("document_number"), *described)
        .select_from(posting)
        .join(document, document.c.document_id == posting.c.document_id)
        .where(posting.c.books == books, *wanted)
    )
    for row in connection.execute(chosen):
        yield _present(row)


def _present(row: sa.Row[Any]) -> Present:
    return Present(
        posting_id=row.posting_id,
        posting_key=row.posting_key,
        reference=row.reference,
        document_id=row.document_id,
        document_key=row.document_key,
        document_type=row.document_type,
        number=row.document_number,
        dated_on=row.document_date,
        party=row.party,
        state=P(row.state),
        is_frozen=row.frozen_at is not None,
        entry=None if row.entry is None else entry_from_plain(row.entry),
        content_digest=row.content_digest,
        entry_digest=row.entry_digest,
        entry_number=row.target_entry_number,
        reasons=reasons_from_plain(row.reasons),
        held=held_reasons(row),
        refused_on=row.refused_on,
        refused_digest=row.refused_digest,
        not_before=row.not_before,
        waiting_why=row.waiting_why,
        sent_until=row.sent_until,
        purpose=Purpose(row.purpose),
        n=row.n,
        follows=row.follows,
        is_booking=row.is_booking,
        told_apart=frozenset(row.told_apart),
    )


def _texts(values: Sequence[str]) -> sa.ColumnElement[Sequence[str]]:
    return sa.literal(list(values), pg.ARRAY(sa.Text))
