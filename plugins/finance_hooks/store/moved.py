"""Give an entry another day in the store: only one that is certainly not in the books."""

import sqlalchemy as sa

from finance_hooks.model.entry import Entry
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.events import Stamp, append_event
from finance_hooks.store.postings import posting
from finance_hooks.store.prepared import entry_columns


def rewrite_pending(
    connection: sa.Connection, posting_id: int, entry: Entry, why: str, stamp: Stamp, *, instead_of: str
) -> str | None:
    """Put another entry in the place of a pending posting's, say in an event why, and return its digest.

    `None` when the posting is not pending any more, or its entry has another digest than `instead_of`: it was
    mapped anew. Pending means never sent, refused, or proven absent: its entry may be thawed.
    """
    mine = (
        (posting.c.posting_id == posting_id)
        & (posting.c.state == PostingState.PENDING.value)
        & (posting.c.entry_digest == instead_of)
    )
    thawed = connection.execute(
        sa.update(posting).where(mine).values(frozen_at=None).returning(posting.c.posting_id)
    ).one_or_none()
    if thawed is None:
        return None
    columns = entry_columns(entry)
    connection.execute(sa.update(posting).where(mine).values(**columns))
    detail: dict[str, object] = {
        "why": why,
        "from": None if entry.moved_from is None else entry.moved_from.isoformat(),
        "to": entry.entry_date.isoformat(),
    }
    append_event(connection, "moved", stamp, posting_id=posting_id, detail=detail)
    return str(columns["entry_digest"])
