"""Decide which documents are stored that may be new: what the source offers, and what it cancelled unseen."""

from datetime import datetime, timedelta

from finance_hooks.model.document import DocumentStatus
from finance_hooks.model.selection import Selection
from finance_hooks.posting.work import Work
from finance_hooks.sources.qubz.parse import NOT_OFFERED, ParsedDocument
from finance_hooks.store.watermarks import read_moved_at

MISSED_AFTER = timedelta(hours=26)
"""Nights follow each other within this time; after a longer one a restored store may lack one that was."""


def begin_reading(work: Work, selection: Selection) -> tuple[datetime, bool]:
    """Return the instant, and whether the store may lack a night that it had once: it knows of none lately.

    A store that was put back from a backup is behind; a new one is too, and one after some quiet days.
    """
    with work.engine.begin() as connection:
        at = work.now(connection)
        moved_at = read_moved_at(connection, work.administration.sync_id)
    return at, selection.moves_watermark and (moved_at is None or at - moved_at > MISSED_AFTER)


def takes_up(parsed: ParsedDocument, *, is_behind: bool) -> bool:
    """Say whether a document is stored: a cancelled one that is new only by a store that is behind.

    It may be booked, and forgotten, unless it never was ready. What was never offered leaves nothing behind.
    """
    was_offered = parsed.status is DocumentStatus.CANCELLED and parsed.export_status not in NOT_OFFERED
    return parsed.take_up or (is_behind and was_offered)
