"""Keep what a person says of entries that went into a file: it was imported, or it never will be."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from finance_hooks.model.outcome import Booked, Totals
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.decisions import Decision
from finance_hooks.store.events import append_event
from finance_hooks.store.export_files import export_file
from finance_hooks.store.posting_moves import to_booked, to_delivered, to_parked, to_pending
from finance_hooks.store.postings import posting

P = PostingState
Decide = Callable[[sa.Connection, sa.Row[Any], str, Decision], None]


def imported(connection: sa.Connection, found: Sequence[sa.Row[Any]], decision: Decision) -> frozenset[int]:
    """Believe that what stands in a file is in the books; returns which postings were in one."""
    return _decide(connection, found, decision, "imported", _book)


def withdraw(connection: sa.Connection, found: Sequence[sa.Row[Any]], decision: Decision) -> frozenset[int]:
    """Believe that a file is gone and was not imported: the next run delivers anew; returns which."""
    return _decide(connection, found, decision, "withdrawn_file", _park)


def is_in_file(found: sa.Row[Any]) -> bool:
    """Say whether a person may decide so about a posting."""
    missing = any(reason["code"] == ReasonCode.FILE_MISSING for reason in found.reasons)
    return found.file_id is not None and (P(found.state) is P.DELIVERED or missing)


def _decide(
    connection: sa.Connection,
    found: Sequence[sa.Row[Any]],
    decision: Decision,
    name: str,
    decide: Decide,
) -> frozenset[int]:
    able = [one for one in found if is_in_file(one)]
    wanted = {one.file_id for one in able}
    chosen = sa.select(export_file.c.file_id, export_file.c.name).where(export_file.c.file_id.in_(wanted))
    names = {row.file_id: row.name for row in connection.execute(chosen)}
    for one in able:
        file = names[one.file_id]
        decide(connection, one, file, decision)
        detail = decision.detail | {"file": file}
        append_event(connection, name, decision.stamp, posting_id=one.posting_id, detail=detail)
    return frozenset(one.posting_id for one in able)


def _book(connection: sa.Connection, one: sa.Row[Any], file: str, decision: Decision) -> None:
    if P(one.state) is P.PARKED:
        to_pending(connection, one.posting_id, "the file was imported", decision.stamp)
        to_delivered(connection, one.posting_id, file, decision.stamp)
    booked = Booked(reference=one.reference, id=f"file:{file}", number="", totals=Totals())
    to_booked(connection, one.posting_id, booked, decision.stamp)


def _park(connection: sa.Connection, one: sa.Row[Any], file: str, decision: Decision) -> None:
    if P(one.state) is P.DELIVERED:
        reason = Reason(
            code=ReasonCode.FILE_WITHDRAWN,
            document=one.document_number,
            field="file",
            value=file,
            detail=decision.why,
        )
        to_parked(connection, one.posting_id, (reason,), decision.stamp)
    connection.execute(sa.update(posting).where(posting.c.posting_id == one.posting_id).values(file_id=None))
