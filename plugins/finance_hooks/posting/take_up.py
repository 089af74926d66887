"""Decide which documents are stored that may be new: what the source offers, and what it cancelled unseen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from finance_hooks.model.document import DocumentStatus
from finance_hooks.model.selection import Selection
from finance_hooks.posting.work import Work
from finance_hooks.sources.qubz.parse import NOT_OFFERED, ParsedDocument
from finance_hooks.store.runs import read_last_started
from finance_hooks.store.watermarks import read_moved_at

MISSED_AFTER = timedelta(hours=26)
"""Nights follow each other within this time; after a longer one a restored store may lack one that was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """When a reading of the source began, and what the store may lack of what it had once.

    Since `missed_since` the store knows of no run: one that was put back from a backup does not, nor does a
    new one; `None` where it does. `is_behind` says that a nightly run found nothing that changed since then:
    after some quiet days, too.
    """

    at: datetime
    missed_since: datetime | None
    is_behind: bool


def begin_reading(work: Work, selection: Selection) -> Beginning:
    """Return when a reading begins and what the store may lack; it changes nothing."""
    sync_id = work.administration.sync_id
    with work.engine.begin() as connection:
        at = work.now(connection)
        started_at = read_last_started(connection, sync_id, but=work.run_id)
        moved_at = read_moved_at(connection, sync_id)
    missed_since = at - MISSED_AFTER
    return Beginning(
        at=at,
        missed_since=missed_since if _is_before(started_at, missed_since) else None,
        is_behind=selection.moves_watermark and _is_before(moved_at, missed_since),
    )


def _is_before(known_at: datetime | None, instant: datetime) -> bool:
    return known_at is None or known_at < instant


def takes_up(parsed: ParsedDocument, *, is_behind: bool) -> bool:
    """Say whether a document is stored: a cancelled one that is new only by a store that is behind.

    It may be booked, and forgotten, unless it never was ready. What was never offered leaves nothing behind.
    """
    was_offered = parsed.status is DocumentStatus.CANCELLED and parsed.export_status not in NOT_OFFERED
    return parsed.take_up or (is_behind and was_offered)
