"""Receive what the source offers: every document and every change of it, then move the watermark."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from itertools import islice

from finance_hooks.mapping.administrations import check_finance_link
from finance_hooks.model.digest import content_digest
from finance_hooks.model.document import Document
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.masters import Masters
from finance_hooks.model.money import round_half_up
from finance_hooks.model.selection import Selection
from finance_hooks.posting.source import Source
from finance_hooks.posting.take_up import begin_reading, takes_up
from finance_hooks.posting.work import Work
from finance_hooks.sources.qubz.parse import ParsedDocument
from finance_hooks.sources.qubz.received import ReceivedDocument
from finance_hooks.store import arrivals
from finance_hooks.store.arrival import Arrival
from finance_hooks.store.arrivals import Shown
from finance_hooks.store.documents import StoredDocument, read_unnamed
from finance_hooks.store.events import append_event
from finance_hooks.store.looked_places import forget_looked
from finance_hooks.store.statistics import documents_grew
from finance_hooks.store.watermarks import move_watermark

BATCH = 200
"""Documents stored in one transaction."""


def receive(work: Work, source: Source, selection: Selection) -> dict[str, int]:
    """Store what a selection brings; returns how many documents were read, stored, and found vanished.

    Each batch is stored as it comes, the watermarks move in the transaction of the last one: a run that
    breaks off reads again what it already stored, and nothing is passed over.
    """
    masters = source.read_masters(work.administration.organisation)
    check_link(work, masters)
    begun = begin_reading(work, selection)
    if begun.missed_since is not None:
        with work.engine.begin() as connection:
            forget_looked(connection, work.administration.books, before=begun.missed_since)
    counts: Counter[str] = Counter()
    shown: set[str] = set()
    newest: dict[str, datetime] = {}
    arriving = source.read_documents(work.administration.organisation, selection)
    for batch in _batches(arriving, BATCH):
        parsed = [(received, source.parse(received, masters)) for received in batch]
        counts["read"] += len(parsed)
        shown |= {str(one.key) for _, one in parsed}
        _note_newest(newest, batch)
        counts["stored"] += _store(work, parsed, masters, is_behind=begun.is_behind)
    documents_grew(work.engine, counts["stored"])
    if selection.moves_watermark:
        window = shown_window(work, source, selection, frozenset(shown), begun.at)
        counts["vanished"] = _finish(work, window, newest)
    return dict(counts)


def name_anew(work: Work, source: Source, masters: Masters) -> None:
    """Store again, under their own keys, the documents whose type can be read by now."""
    with work.engine.begin() as connection:
        for stored in read_unnamed(connection, source.source_id, work.administration.organisation):
            received = as_received(work, stored)
            parsed = source.parse(received, masters)
            if parsed.key_is_final:
                arrival = as_arrival(received, parsed, masters)
                arrivals.receive(connection, [arrival], work.stamp(connection))


def as_received(work: Work, stored: StoredDocument) -> ReceivedDocument:
    """Return a stored document as it was received."""
    return ReceivedDocument(
        resource=stored.resource,
        organisation=work.administration.organisation,
        source_document_id=stored.source_document_id,
        body=stored.body,
        changed_at=stored.changed_at,
    )


def check_link(work: Work, masters: Masters) -> None:
    """Raise ConfigurationError when the source's own link leads elsewhere than the administration's row."""
    problems = check_finance_link(work.administration, masters.organisation, today=work.business_date())
    if problems:
        raise ConfigurationError("; ".join(problems))


def _store(
    work: Work,
    parsed: list[tuple[ReceivedDocument, ParsedDocument]],
    masters: Masters,
    *,
    is_behind: bool,
) -> int:
    with work.engine.begin() as connection:
        known = set(arrivals.known_keys(connection, [str(one.key) for _, one in parsed]))
        arriving = []
        for received, one in parsed:
            # What was never offered is not taken up; what was offered before has been withdrawn.
            if takes_up(one, is_behind=is_behind) or str(one.key) in known:
                known.add(str(one.key))
                arriving.append(as_arrival(received, one, masters))
        return arrivals.receive(connection, arriving, work.stamp(connection))


def shown_window(
    work: Work, source: Source, selection: Selection, shown: frozenset[str], asked_at: datetime
) -> Shown | None:
    """Describe what the source showed of a range of dates, `None` when it was not asked for one."""
    if selection.dated_from is None or selection.dated_until is None:
        return None
    return Shown(
        source_id=source.source_id,
        organisation=work.administration.organisation,
        dated_from=selection.dated_from,
        dated_until=selection.dated_until,
        keys=shown,
        asked_at=asked_at,
    )


def _finish(work: Work, window: Shown | None, newest: dict[str, datetime]) -> int:
    with work.engine.begin() as connection:
        stamp = work.stamp(connection)
        vanished = [] if window is None else arrivals.mark_vanished(connection, window, at=stamp.at)
        for document_id in vanished:
            append_event(connection, "vanished", stamp, document_id=document_id)
        for resource, changed_until in newest.items():
            move_watermark(
                connection,
                work.administration.sync_id,
                resource,
                # A row dated in the future must not carry the watermark past changes still to come.
                changed_until=min(changed_until, stamp.at),
                at=stamp.at,
            )
    return len(vanished)


def as_arrival(received: ReceivedDocument, parsed: ParsedDocument, masters: Masters) -> Arrival:
    """Describe a document as it will be stored, with as much as could be read of it."""
    document = parsed.document
    party = masters.parties.get(parsed.party or "")
    raw_digest = f"raw:{hashlib.sha256(received.body).hexdigest()}"
    return Arrival(
        key=parsed.key,
        resource=received.resource,
        number=parsed.number,
        party=parsed.party,
        document_date=parsed.document_date,
        gross=None if document is None else _gross(document, masters.organisation.currency),
        content_digest=raw_digest if document is None else content_digest(document),
        body=received.body,
        changed_at=received.changed_at,
        withdrawn_why=None if parsed.take_up else (parsed.status or "not offered any more"),
        party_name=None if party is None else party.name,
    )


def _gross(document: Document, currency: str) -> Decimal | None:
    if document.currency == currency:
        return document.total_gross
    if document.exchange_rate is None:
        return None
    return round_half_up(document.total_gross * document.exchange_rate)


def _note_newest(newest: dict[str, datetime], batch: Iterable[ReceivedDocument]) -> None:
    for received in batch:
        if received.changed_at is not None:
            present = newest.get(received.resource, received.changed_at)
            newest[received.resource] = max(present, received.changed_at)


def _batches(arriving: Iterator[ReceivedDocument], size: int) -> Iterator[list[ReceivedDocument]]:
    while batch := list(islice(arriving, size)):
        yield batch
