"""Stop all sending, or that of one administration, for as long as a person wants; reading goes on."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from finance_hooks.store.decisions import Decision
from finance_hooks.store.events import append_event
from finance_hooks.store.metadata import metadata

EVERY = "*"
"""All administrations."""

sending_stop = sa.Table(
    "sending_stop",
    metadata,
    sa.Column("sync_id", sa.Text, primary_key=True),
    sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("stopped_by", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
)


def stop(connection: sa.Connection, sync_id: str, decision: Decision) -> bool:
    """Stop sending before the next batch; returns whether it was not stopped already."""
    values = {"stopped_at": decision.at, "stopped_by": decision.who, "why": decision.why}
    insert = pg.insert(sending_stop).values(sync_id=sync_id, **values).on_conflict_do_nothing()
    made = connection.execute(insert.returning(sending_stop.c.sync_id)).one_or_none()
    if made is not None:
        _note(connection, "sending_stopped", sync_id, decision)
    return made is not None


def resume(connection: sa.Connection, sync_id: str, decision: Decision) -> bool:
    """Send again; returns whether it was stopped."""
    doomed = sa.delete(sending_stop).where(sending_stop.c.sync_id == sync_id)
    gone = connection.execute(doomed.returning(sending_stop.c.sync_id)).one_or_none()
    if gone is not None:
        _note(connection, "sending_resumed", sync_id, decision)
    return gone is not None


def why_stopped(connection: sa.Connection, sync_id: str) -> sa.Row[Any] | None:
    """Return the stop that holds for an administration, `None` when it may send."""
    chosen = sa.select(sending_stop).where(sending_stop.c.sync_id.in_((sync_id, EVERY)))
    return connection.execute(chosen.order_by(sending_stop.c.sync_id).limit(1)).one_or_none()


def _note(connection: sa.Connection, name: str, sync_id: str, decision: Decision) -> None:
    append_event(connection, name, decision.stamp, detail={"sync_id": sync_id, **decision.detail})
