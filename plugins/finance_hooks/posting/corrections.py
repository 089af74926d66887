"""Name what the source changed after it was booked, and make the reversals that answer it."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from finance_hooks.mapping.fitting import text_room
from finance_hooks.model.document import Document
from finance_hooks.model.keys import PostingKey, Purpose
from finance_hooks.model.masters import Masters
from finance_hooks.model.plain import reasons_to_plain
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.document_changes import compare_documents
from finance_hooks.posting.receive import as_received
from finance_hooks.posting.reversal import date_reversal, reverse_entry
from finance_hooks.posting.source import Source
from finance_hooks.posting.work import Work
from finance_hooks.store import corrections
from finance_hooks.store.corrections import Reversible
from finance_hooks.store.documents import read_version
from finance_hooks.store.engine import Connection
from finance_hooks.store.findings import SOURCE_CHANGED, FindingKind, keep_back, note_finding, settle_unfound
from finance_hooks.store.prepared import Prepared, write_prepared
from finance_hooks.store.to_prepare import bookings_to_take_back
from finance_hooks.targets.base import TargetSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversing:
    """What reversals are made with: the run, the target's limits, the source's masters."""

    work: Work
    settings: TargetSettings
    masters: Masters


def find_changes(work: Work, source: Source, masters: Masters) -> int:
    """Name every document that changed, or was withdrawn, after it was booked, with before and after.

    What was found before and is no longer so is settled: the source changed it back, or somebody acted.
    """
    books = work.administration.books
    with work.engine.begin() as connection:
        started_at = work.now(connection)
        corrections.settle_dealt_with(connection, books, at=started_at)
        changes = corrections.changed_after_booking(connection, books)
    for change in changes:
        withdrawn = change.withdrawn_why is not None
        with work.engine.begin() as connection:
            note_finding(
                connection,
                FindingKind.WITHDRAWN if withdrawn else FindingKind.DRIFT,
                change.posting_id,
                subject=change.present_digest,
                detail={
                    "booked": change.booked_digest,
                    "now": change.present_digest,
                    "why": change.withdrawn_why,
                    "changes": _changes(connection, work, source, masters, change),
                },
                stamp=work.stamp(connection),
            )
    with work.engine.begin() as connection:
        settle_unfound(connection, books, SOURCE_CHANGED, before=started_at)
    return len(changes)


def take_back(reversing: Reversing, source_id: str) -> int:
    """Reverse what the source no longer wants booked, and make unsent reversals anew by today's policy."""
    work = reversing.work
    with work.engine.begin() as connection:
        wanted = bookings_to_take_back(connection, work.administration, source_id)
        unsent = corrections.unsent_reversals(connection, work.administration.books)
    for posting_id in wanted:
        with work.engine.begin() as connection:
            _write_reversal(connection, reversing, corrections.read_reversible(connection, posting_id))
    for booked in unsent:
        with work.engine.begin() as connection:
            _write_reversal(connection, reversing, booked)
    return len(wanted)


def correct(
    connection: Connection, reversing: Reversing, corrected: int, prepared: Prepared
) -> PostingState | None:
    """Reverse a booking and prepare the new one that follows: both or, when that cannot be booked, neither.

    The finding then says why, and the old booking stands.
    """
    if prepared.entry is None:
        keep_back(connection, corrected, reasons_to_plain(prepared.reasons))
        return None
    keep_back(connection, corrected, None)
    reversal = _write_reversal(connection, reversing, corrections.read_reversible(connection, corrected))
    work = reversing.work
    return write_prepared(
        connection,
        work.administration,
        replace(prepared, follows=corrections.posting_id_of(connection, reversal)),
        business_date=work.business_date(),
        stamp=work.stamp(connection),
    )


def _write_reversal(connection: Connection, reversing: Reversing, booked: Reversible) -> str:
    """Make or refresh the reversal of a booking, and return its posting key."""
    work = reversing.work
    prepared = mirror(reversing, booked)
    write_prepared(
        connection,
        work.administration,
        prepared,
        business_date=work.business_date(),
        stamp=work.stamp(connection),
    )
    return prepared.posting_key


def mirror(reversing: Reversing, booked: Reversible) -> Prepared:
    """Make the posting that takes back a booking; nothing is written."""
    work, settings = reversing.work, reversing.settings
    key = str(
        PostingKey(
            document_key=booked.document_key,
            administration=work.administration.books,
            purpose=Purpose.REVERSE,
            n=booked.n,
        )
    )
    entry, reasons = date_reversal(
        reverse_entry(booked.entry, key, n=booked.n, settings=settings),
        work.administration,
        reversing.masters.organisation.fiscal_year_start_month,
        text_room(settings.description_length),
    )
    return Prepared(
        document_id=booked.document_id,
        posting_key=key,
        reference=entry.reference,
        n=booked.n,
        content_digest=booked.content_digest,
        mapping_digest=booked.mapping_digest,
        mapping_rows=booked.mapping_rows,
        entry=entry,
        reasons=reasons,
        warnings=(),
        purpose=Purpose.REVERSE,
        follows=booked.posting_id,
    )


def _changes(
    connection: Connection,
    work: Work,
    source: Source,
    masters: Masters,
    change: Any,  # noqa: ANN401 - a row of the store has no type of its own
) -> list[dict[str, Any]] | None:
    """List what differs between the version that was booked and the present one, `None` if unreadable."""
    versions: list[Document] = []
    for digest in (change.booked_digest, change.present_digest):
        stored = read_version(connection, change.document_id, digest)
        document = None if stored is None else source.parse(as_received(work, stored), masters).document
        if document is None:
            return None
        versions.append(document)
    return [asdict(one) for one in compare_documents(*versions)]
