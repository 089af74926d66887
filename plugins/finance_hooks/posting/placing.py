"""Keep entries out of closed periods before they are sent: parked, or moved to the next open one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from finance_hooks.mapping.fitting import text_room
from finance_hooks.model.administration import ClosedPeriodPolicy
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.loading import Loading, read_more
from finance_hooks.posting.open_periods import (
    Day,
    is_closed,
    is_first_day,
    move_entry,
    next_open_day,
    period_of,
)
from finance_hooks.store import posting_moves
from finance_hooks.store.engine import Connection
from finance_hooks.store.moved import rewrite_pending
from finance_hooks.store.outbox import OpenPosting

NOWHERE = "no later period could be booked in"


def moves_on(loading: Loading) -> bool:
    """Say whether what belongs in a closed period goes into the next open one."""
    return loading.work.administration.closed_period_policy is ClosedPeriodPolicy.NEXT_OPEN


def was_refused(loading: Loading, entry: Entry) -> bool:
    """Say whether the package refused this period for this kind of entry in this load."""
    return (entry.kind, period_of(entry)) in loading.closed


def is_shut_out(loading: Loading, posting: OpenPosting) -> bool:
    """Say whether an entry must not be sent as it is: its period is closed, for all that is known.

    What the chart tells and nothing moves is left to the package's own check, which reads the chart anew.
    """
    if posting.state is not PostingState.PENDING:
        return False
    if was_refused(loading, posting.entry):
        return True
    return moves_on(loading) and is_closed(posting.entry, loading.periods)


def take_over_place(
    connection: Connection, loading: Loading, posting: OpenPosting, found: BookedEntry
) -> None:
    """Hold an entry of ours as it stands, where an earlier load moved it and the store has forgotten that."""
    entry = posting.entry
    if posting.state is not PostingState.PENDING or not moves_on(loading):
        return
    day = Day(on=found.entry_date, fiscal_year=found.period.fiscal_year, period=found.period.number)
    if day.on > entry.entry_date and found.period != period_of(entry) and is_first_day(day, loading.periods):
        room = text_room(loading.hook.settings.description_length)
        rewrite_pending(
            connection,
            posting.posting_id,
            move_entry(entry, day, room),
            "found where it was moved to before",
            loading.work.stamp(connection),
            instead_of=posting.entry_digest,
        )


def place_entries(loading: Loading, postings: Sequence[OpenPosting]) -> list[OpenPosting]:
    """Move or park entries whose period is closed; returns those that may be looked for and sent."""
    planned = [(posting, _plan(loading, posting)) for posting in postings]
    read_more(loading, [entry for _, entry in planned if entry is not None])
    with loading.work.engine.begin() as connection:
        loading.lease.assert_held(connection)
        written = [_write(connection, loading, posting, entry) for posting, entry in planned]
    return [posting for posting in written if posting is not None]


def closed_reason(origin: Entry) -> Reason:
    """Say that an entry's own period is closed."""
    period = period_of(origin)
    return Reason(
        code=ReasonCode.PERIOD_CLOSED,
        document=origin.number,
        field="period",
        value=f"{period.fiscal_year}-{period.number:02d}",
    )


def _plan(loading: Loading, posting: OpenPosting) -> Entry | None:
    """Return the entry in its new period, `None` when it has to be parked."""
    if not moves_on(loading):
        return None
    origin = loading.origins.setdefault(posting.posting_id, posting.entry)
    day = next_open_day(origin, loading.periods, frozenset(_refused_periods(loading, origin)))
    room = text_room(loading.hook.settings.description_length)
    return None if day is None else move_entry(origin, day, room)


def _write(
    connection: Connection, loading: Loading, posting: OpenPosting, entry: Entry | None
) -> OpenPosting | None:
    stamp = loading.work.stamp(connection)
    origin = loading.origins.get(posting.posting_id, posting.entry)
    if entry is not None:
        loading.happened["moved"] += 1
        why = "the period is closed"
        digest = rewrite_pending(
            connection, posting.posting_id, entry, why, stamp, instead_of=posting.entry_digest
        )
        return None if digest is None else replace(posting, entry=entry, entry_digest=digest)
    if origin != posting.entry:
        rewrite_pending(
            connection, posting.posting_id, origin, NOWHERE, stamp, instead_of=posting.entry_digest
        )
    was_sent = posting.posting_id in loading.refused
    posting_moves.to_parked(
        connection,
        posting.posting_id,
        (_reason(loading, origin),),
        stamp,
        refused_on=loading.work.business_date() if was_sent else None,
    )
    loading.happened["parked"] += 1
    return None


def _refused_periods(loading: Loading, entry: Entry) -> Iterator[Period]:
    return (period for kind, period in loading.closed if kind is entry.kind)


def _reason(loading: Loading, origin: Entry) -> Reason:
    """Say that an entry's own period is closed, in the package's words where it said so."""
    reason = loading.closed.get((origin.kind, period_of(origin))) or closed_reason(origin)
    said = [reason.detail] if reason.detail else []
    nowhere = [NOWHERE] if moves_on(loading) else []
    return replace(reason, document=origin.number, detail="; ".join([*said, *nowhere]) or None)
