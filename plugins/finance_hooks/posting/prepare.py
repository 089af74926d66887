"""Prepare postings: read what is stored, check it, map it with today's tables, and name all that is wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from finance_hooks.mapping.map_documents import MappedDocument, map_documents
from finance_hooks.mapping.tables import Tables
from finance_hooks.model.administration import RelationsPolicy
from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.document import Document
from finance_hooks.model.document_warning import DocumentWarning, warning_sentence
from finance_hooks.model.entry import Entry, Period
from finance_hooks.model.keys import PostingKey, make_reference
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.party import PartyKey
from finance_hooks.model.posting_state import PostingState
from finance_hooks.model.preflight_fault import PreflightFault
from finance_hooks.posting.corrections import Reversing, correct, find_changes, take_back
from finance_hooks.posting.open_periods import period_of
from finance_hooks.posting.periods import name_year
from finance_hooks.posting.preflight import last_checked
from finance_hooks.posting.preflight_reasons import add_faults
from finance_hooks.posting.receive import as_received, check_link, name_anew
from finance_hooks.posting.reversal import mark_again
from finance_hooks.posting.source import Source
from finance_hooks.posting.unread_place import unread_place
from finance_hooks.posting.work import Work
from finance_hooks.sources.qubz.parse import ParsedDocument
from finance_hooks.sources.qubz.rules import check_document
from finance_hooks.store.documents import StoredDocument, read_documents
from finance_hooks.store.engine import Connection
from finance_hooks.store.party_links import StoredLink, read_links
from finance_hooks.store.preflights import Checked
from finance_hooks.store.prepared import Prepared, write_prepared, write_together
from finance_hooks.store.statistics import postings_grew
from finance_hooks.store.to_prepare import FIRST, Wanted, booked_before, documents_to_prepare
from finance_hooks.targets.base import TargetSettings

BATCH = 500
"""Documents in memory at once."""

JANUARY = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What documents are mapped with: the source's masters, today's tables, the target's limits.

    `faults` are those of the tables that preflight knows of, `periods` the target's as it read them.
    """

    masters: Masters
    tables: Tables
    settings: TargetSettings
    faults: tuple[PreflightFault, ...] = ()
    periods: tuple[ChartPeriod, ...] = ()


def prepare(work: Work, source: Source, mapping: Mapping) -> dict[str, int]:
    """Map every document that is new, waiting unsent, or parked; returns how many ended in which state.

    A document that changed or was withdrawn after it was booked becomes a finding. Where the policy or a
    person says so, the booking is reversed and the document as it is now is booked anew.

    Raises ConfigurationError when the administration's row leads elsewhere than the source says: it may have
    been changed since documents were received.
    """
    check_link(work, mapping.masters)
    name_anew(work, source, mapping.masters)
    mapping = with_checked(mapping, last_checked(work))
    changed = find_changes(work, source, mapping.masters)
    reversing = Reversing(work=work, settings=mapping.settings, masters=mapping.masters)
    states: Counter[str] = Counter({"changed_after_booking": changed})
    states["taken_back"] = take_back(reversing, source.source_id)
    with work.engine.begin() as connection:
        wanted = documents_to_prepare(connection, work.administration, source.source_id)
        mapping = with_links(work, mapping, read_links(connection, work.administration))
    for place in range(0, len(wanted), BATCH):
        batch = wanted[place : place + BATCH]
        made = list(zip(batch, _prepare_batch(work, source, mapping, batch), strict=True))
        done = _write_together(work, [prepared for one, prepared in made if one.corrects is None])
        states.update(state.value for state in done.values())
        for one, prepared in made:
            if prepared.posting_key in done:
                continue
            with work.engine.begin() as connection:
                state = _write(connection, reversing, one, prepared)
            if state is not None:
                states[state.value] += 1
    postings_grew(work.engine, len(wanted))
    return dict(states)


def _write_together(work: Work, prepared: Sequence[Prepared]) -> dict[str, PostingState]:
    with work.engine.begin() as connection:
        return write_together(connection, work.administration, prepared, work.stamp(connection))


def _write(
    connection: Connection, reversing: Reversing, wanted: Wanted, prepared: Prepared
) -> PostingState | None:
    if wanted.corrects is not None:
        return correct(connection, reversing, wanted.corrects, prepared)
    work = reversing.work
    return write_prepared(
        connection,
        work.administration,
        prepared,
        business_date=work.business_date(),
        stamp=work.stamp(connection),
    )


def with_checked(mapping: Mapping, checked: Checked) -> Mapping:
    """Add what a preflight read and found."""
    return replace(mapping, faults=checked.faults, periods=checked.periods)


def with_links(work: Work, mapping: Mapping, links: dict[PartyKey, StoredLink]) -> Mapping:
    """Add what is known of parties; what nobody looks after any more keeps no document from being booked."""
    known = {key: link.for_mapping for key, link in links.items()}
    if work.administration.relations_policy is RelationsPolicy.OFF:
        known = {key: replace(link, faults=()) for key, link in known.items()}
    return replace(mapping, tables=replace(mapping.tables, party_links=known))


def _prepare_batch(
    work: Work, source: Source, mapping: Mapping, batch: Sequence[Wanted]
) -> Iterator[Prepared]:
    wanted = {one.document_id: one for one in batch}
    with work.engine.begin() as connection:
        stored = list(read_documents(connection, list(wanted)))
        standing = booked_before(connection, work.administration.books, list(wanted))
    return map_stored(work, source, mapping, stored, wanted, standing)


def map_stored(
    work: Work,
    source: Source,
    mapping: Mapping,
    stored: Sequence[StoredDocument],
    wanted: dict[int, Wanted],
    standing: dict[int, str],
) -> Iterator[Prepared]:
    """Map documents as they were received, and name all that is wrong; nothing is written.

    `wanted` says for which booking of theirs, `standing` of which an earlier export stands in the books.
    """
    parsed = {one.document_id: source.parse(as_received(work, one), mapping.masters) for one in stored}
    readable = [one.document for one in parsed.values() if one.document is not None]
    counts = {str(parsed[one.document_id].key): wanted[one.document_id].n for one in stored}
    mapped = {str(one.document.key): one for one in _map(work, mapping, readable, counts)}
    for one in stored:
        found, asked = parsed[one.document_id], wanted[one.document_id]
        prepared = _prepared(
            _posting_key(work, one.document_key, asked.n),
            mapping.masters,
            one,
            found,
            mapped.get(str(found.key)),
            standing.get(one.document_id),
        )
        if found.document is None:
            place = unread_place(
                found, mapping.tables, mapping.masters, mapping.periods, work.business_date()
            )
            prepared = replace(prepared, would_stand=place)
        entry = prepared.entry
        if entry is not None and asked.is_correction:
            entry = mark_again(entry, n=asked.n, settings=mapping.settings)
        yield replace(prepared, n=asked.n, follows=asked.follows, entry=entry)


def _map(
    work: Work, mapping: Mapping, documents: Sequence[Document], counts: dict[str, int]
) -> Iterator[MappedDocument]:
    mapped = map_documents(
        documents,
        tables=mapping.tables,
        administration=work.administration,
        masters=mapping.masters,
        settings=mapping.settings,
        posting_key=lambda document: _posting_key(work, str(document.key), counts[str(document.key)]),
    )
    for one in mapped:
        faulty = add_faults(one, mapping.faults)
        if mapping.masters.organisation.fiscal_year_start_month != JANUARY:
            faulty = replace(faulty, would_be=name_year(faulty.would_be, mapping.periods))
        yield faulty


def _prepared(
    posting_key: str,
    masters: Masters,
    stored: StoredDocument,
    parsed: ParsedDocument,
    mapped: MappedDocument | None,
    standing: str | None,
) -> Prepared:
    reasons = [*parsed.reasons, *_stored_reasons(stored, standing)]
    warnings: list[DocumentWarning] = []
    if parsed.document is not None:
        checked = check_document(parsed.document, masters)
        reasons += checked.reasons
        warnings += checked.warnings
    if mapped is not None:
        named = {reason.code for reason in reasons}
        reasons += [reason for reason in mapped.reasons if reason.code not in named]
        warnings += mapped.warnings
    return Prepared(
        document_id=stored.document_id,
        posting_key=posting_key,
        reference=make_reference(posting_key),
        n=FIRST,
        content_digest=stored.content_digest,
        mapping_digest=None if mapped is None else mapped.mapping_digest,
        mapping_rows={} if mapped is None else mapped.mapping_rows,
        entry=None if mapped is None or reasons else mapped.entry,
        reasons=tuple(dict.fromkeys(reasons)),
        warnings=tuple(warning_sentence(warning) for warning in warnings),
        parties=() if mapped is None else mapped.parties,
        would_stand=None if mapped is None else _place(mapped.would_be),
    )


def _place(would_be: Entry) -> tuple[str, Period] | None:
    return (would_be.journal, period_of(would_be)) if would_be.journal else None


def _stored_reasons(stored: StoredDocument, standing: str | None) -> Iterator[Reason]:
    name = stored.number or stored.document_key
    if stored.withdrawn_why is not None:
        yield Reason(code=ReasonCode.WITHDRAWN, document=name, detail=stored.withdrawn_why)
    if standing is not None:
        yield Reason(code=ReasonCode.REEXPORT_WHILE_BOOKED, document=name, detail=standing)
    if stored.number_reused_of is not None:
        yield Reason(
            code=ReasonCode.NUMBER_REUSED,
            document=name,
            field="number",
            value=stored.number,
            detail=stored.number_reused_of,
        )


def _posting_key(work: Work, document_key: str, n: int) -> str:
    return str(PostingKey(document_key=document_key, administration=work.administration.books, n=n))
