"""Look at the postings that a run would meet, to say what it would do with them; write nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import Purpose
from finance_hooks.model.park_reason import Reason
from finance_hooks.model.plain import entry_from_plain, entry_to_plain, reasons_from_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.decisions import held_reasons
from finance_hooks.store.documents import document
from finance_hooks.store.outbox import UNSETTLED
from finance_hooks.store.postings import posting
from finance_hooks.store.prepared import Prepared, digest_entry, stays_refused

P = PostingState


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
