"""Ask a connection whether it still answers, but only after nobody used it for a while."""

import time

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

IDLE_S = 1.0
"""A server that goes away takes longer to come back: asking before every transaction would save none."""


def check_after_idling(engine: sa.Engine) -> None:
    """Open all connections of an engine anew when one that was idle does not answer any more."""
    sa.event.listen(engine, "checkin", _note_use)
    sa.event.listen(engine, "checkout", _check)


def _note_use(_connection: object, entry: ConnectionPoolEntry) -> None:
    entry.info["used_at_s"] = time.monotonic()


def _check(connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: object) -> None:
    used_at_s = entry.info.get("used_at_s")
    if used_at_s is None or time.monotonic() - used_at_s < IDLE_S:
        return
    try:
        connection.cursor().execute("SELECT 1")
        connection.rollback()
    except Exception as error:
        # Caught by the pool, which tries again with a new connection.
        raise sa.exc.InvalidatePoolError(type(error).__name__) from error
