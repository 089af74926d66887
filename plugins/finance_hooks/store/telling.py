"""Note what the source is told about documents, before it is sent, and what it answers."""

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.model.export_result import Acceptance
from finance_hooks.store.events import Stamp, Told, append_events
from finance_hooks.store.export_results import Standing, export_result
from finance_hooks.store.findings import FindingKind, note_finding, settle_findings

TOLD = ("posting_id", "status", "digest", "n", "sent_at", "run_id")
ANSWERED = ("accepted", "message")


def note_telling(connection: sa.Connection, standings: Sequence[Standing], books: str, stamp: Stamp) -> None:
    """Note, before they are sent, which results are told: their answer may be lost."""
    told = [
        {
            "document_id": standing.document_id,
            "books": books,
            "posting_id": standing.posting_id,
            "status": standing.status.value,
            "digest": standing.digest,
            "n": standing.n,
            "sent_at": stamp.at,
            "run_id": stamp.run_id,
        }
        for standing in standings
    ]
    insert = pg.insert(export_result)
    same = export_result.c.digest == insert.excluded.digest
    changes = {name: insert.excluded[name] for name in TOLD}
    kept = {name: sa.case((same, export_result.c[name]), else_=None) for name in ANSWERED}
    key = ["document_id", "books"]
    connection.execute(insert.on_conflict_do_update(index_elements=key, set_=changes | kept), told)


def note_answers(
    connection: sa.Connection,
    answers: Sequence[tuple[Standing, Acceptance]],
    books: str,
    stamp: Stamp,
) -> None:
    """Note what the source said; a refusal is an event when it is new, and a finding while it stands."""
    in_books = export_result.c.books == books
    told_of = [standing.document_id for standing, _ in answers]
    known = connection.execute(
        sa.select(export_result).where(
            in_books, export_result.c.document_id == sa.any_(pg.array(told_of, type_=sa.BigInteger))
        )
    )
    before = {row.document_id: (row.accepted, row.message) for row in known}
    by_name: dict[str, list[Told]] = defaultdict(list)
    for standing, acceptance in answers:
        said = (acceptance.accepted, acceptance.message)
        if before[standing.document_id] == said:
            continue
        connection.execute(
            sa.update(export_result)
            .where(in_books, export_result.c.document_id == standing.document_id)
            .values(accepted=said[0], message=said[1])
        )
        name = "told_source" if acceptance.accepted else "source_refused_result"
        by_name[name].append(Told(posting_id=standing.posting_id, detail=_said(standing, acceptance)))
    for name, told in by_name.items():
        append_events(connection, name, stamp, told)
    accepted = [standing.posting_id for standing, acceptance in answers if acceptance.accepted]
    settle_findings(connection, (FindingKind.RESULT_REFUSED,), accepted, before=stamp.at)
    for standing, acceptance in answers:
        if not acceptance.accepted:
            note_finding(
                connection,
                FindingKind.RESULT_REFUSED,
                standing.posting_id,
                subject=str(standing.key),
                detail=_said(standing, acceptance),
                stamp=stamp,
            )


def _said(standing: Standing, acceptance: Acceptance) -> dict[str, object]:
    return {"status": standing.status.value, "message": acceptance.message}
