"""Prepare postings: read what is stored, check it, map it with today's tables, and name all that is wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from finance_hooks.mapping.map_documents import MappedDocument, map_documents
from finance_hooks.mapping.tables import Tables
from finance_hooks.model.document import Document
from finance_hooks.model.document_warning import DocumentWarning, warning_sentence
from finance_hooks.model.keys import PostingKey, make_reference
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.preflight_fault import PreflightFault
from finance_hooks.posting.preflight import known_faults
from finance_hooks.posting.preflight_reasons import add_faults
from finance_hooks.posting.receive import as_received, name_anew
from finance_hooks.posting.source import Source
from finance_hooks.posting.work import Work
from finance_hooks.sources.qubz.parse import ParsedDocument
from finance_hooks.sources.qubz.rules import check_document
from finance_hooks.store import prepared
from finance_hooks.store.documents import StoredDocument, read_documents
from finance_hooks.store.findings import FindingKind, note_finding
from finance_hooks.store.prepared import Prepared
from finance_hooks.targets.base import TargetSettings

BATCH = 500
"""Documents in memory at once."""

FIRST = 1
"""The number of a document's first posting in a set of books."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What documents are mapped with: the source's masters, today's tables, the target's limits.

    `faults` are those of the tables that preflight knows of.
    """

    masters: Masters
    tables: Tables
    settings: TargetSettings
    faults: tuple[PreflightFault, ...] = ()


def prepare(work: Work, source: Source, mapping: Mapping) -> dict[str, int]:
    """Map every document that is new, waiting unsent, or parked; returns how many ended in which state.

    Documents that changed or were withdrawn after they were booked become findings, never postings.
    """
    name_anew(work, source, mapping.masters)
    mapping = replace(mapping, faults=known_faults(work))
    with work.engine.begin() as connection:
        ids = prepared.documents_to_prepare(connection, work.administration, source.source_id)
    states: Counter[str] = Counter()
    for place in range(0, len(ids), BATCH):
        for one in _prepare_batch(work, source, mapping, ids[place : place + BATCH]):
            with work.engine.begin() as connection:
                state = prepared.write_prepared(
                    connection,
                    work.administration,
                    one,
                    business_date=work.business_date(),
                    stamp=work.stamp(connection),
                )
            states[state.value] += 1
    states["changed_after_booking"] = _find_changes(work)
    return dict(states)


def _prepare_batch(work: Work, source: Source, mapping: Mapping, ids: Sequence[int]) -> Iterator[Prepared]:
    with work.engine.begin() as connection:
        stored = list(read_documents(connection, ids))
        standing = prepared.booked_before(connection, work.administration.books, ids)
    return map_stored(work, source, mapping, stored, standing)


def map_stored(
    work: Work,
    source: Source,
    mapping: Mapping,
    stored: Sequence[StoredDocument],
    standing: dict[int, str],
) -> Iterator[Prepared]:
    """Map documents as they were received, and name all that is wrong; nothing is written.

    `standing` says of which documents an earlier export stands in the books, and under which number.
    """
    parsed = {one.document_id: source.parse(as_received(work, one), mapping.masters) for one in stored}
    readable = [one.document for one in parsed.values() if one.document is not None]
    mapped = {str(one.document.key): one for one in _map(work, mapping, readable)}
    for one in stored:
        found = parsed[one.document_id]
        booking = standing.get(one.document_id)
        yield _prepared(work, mapping.masters, one, found, mapped.get(str(found.key)), booking)


def _map(work: Work, mapping: Mapping, documents: Sequence[Document]) -> Iterator[MappedDocument]:
    mapped = map_documents(
        documents,
        tables=mapping.tables,
        administration=work.administration,
        masters=mapping.masters,
        settings=mapping.settings,
        posting_key=lambda document: _posting_key(work, str(document.key)),
    )
    return (add_faults(one, mapping.faults) for one in mapped)


def _prepared(
    work: Work,
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
    posting_key = _posting_key(work, stored.document_key)
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
    )


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


def _posting_key(work: Work, document_key: str) -> str:
    return str(PostingKey(document_key=document_key, administration=work.administration.books))


def _find_changes(work: Work) -> int:
    """Name every document that changed, or was withdrawn, after it was booked."""
    with work.engine.begin() as connection:
        changes = prepared.changed_after_booking(connection, work.administration.books)
        for change in changes:
            withdrawn = change.withdrawn_why is not None
            note_finding(
                connection,
                FindingKind.WITHDRAWN if withdrawn else FindingKind.DRIFT,
                change.posting_id,
                subject=change.present_digest,
                detail={
                    "booked": change.booked_digest,
                    "now": change.present_digest,
                    "why": change.withdrawn_why,
                },
                stamp=work.stamp(connection),
            )
    return len(changes)
