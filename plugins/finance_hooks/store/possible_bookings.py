"""Keep what a person said about a booking that looks like a parked document: the same, or another one."""

from typing import Any

import sqlalchemy as sa

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.decisions import Decision
from finance_hooks.store.events import append_event
from finance_hooks.store.postings import posting


def possible_bookings(found: sa.Row[Any]) -> list[str]:
    """Return the bookings, by journal and number, for which a posting is parked."""
    if found.state != PostingState.PARKED.value:
        return []
    named = [reason["value"] for reason in found.reasons if reason["code"] == ReasonCode.PERHAPS_BOOKED.value]
    return [name for name in named if name]


def confirm(connection: sa.Connection, found: sa.Row[Any], decision: Decision, entry_number: str) -> bool:
    """Say that one of the named bookings is this document: the next run adopts it, when it is there."""
    wanted = [name for name in possible_bookings(found) if entry_number in {name, name.partition(" ")[2]}]
    if len(wanted) != 1:
        return False
    _write(connection, found, is_booking=wanted[0])
    detail = decision.detail | {"booking": wanted[0]}
    append_event(connection, "confirmed", decision.stamp, posting_id=found.posting_id, detail=detail)
    return True


def tell_apart(connection: sa.Connection, found: sa.Row[Any], decision: Decision) -> bool:
    """Say that none of the named bookings is this document: the next run books it beside them."""
    others = possible_bookings(found)
    if not others:
        return False
    _write(connection, found, told_apart=sorted({*found.told_apart, *others}), is_booking=None)
    detail = decision.detail | {"bookings": others}
    append_event(connection, "told_apart", decision.stamp, posting_id=found.posting_id, detail=detail)
    return True


def _write(connection: sa.Connection, found: sa.Row[Any], **columns: object) -> None:
    mine = posting.c.posting_id == found.posting_id
    connection.execute(sa.update(posting).where(mine).values(**columns))
