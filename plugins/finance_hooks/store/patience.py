"""Write what cannot be had a second time: through outages of the store, as long as a task may wait."""

import logging
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa

logger = logging.getLogger(__name__)

Sleep = Callable[[float], None]
Written = TypeVar("Written")
PATIENCE_S = 900
"""As for any wait inside a task; until it is written, what the vendor gave lives in this process only."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 2, 10
OUTAGES = (
    sa.exc.OperationalError,
    sa.exc.InterfaceError,
    # A standby that became reachable in place of its primary refuses writes with this.
    sa.exc.InternalError,
    sa.exc.TimeoutError,
)


def write_patiently(engine: sa.Engine, write: Callable[[sa.Connection], Written], *, sleep: Sleep) -> Written:
    """Write in one transaction, again and again until the store takes it; raises when patience ends.

    `write` may be carried out a second time after a commit whose acknowledgement was lost.
    """
    waited_s, pause_s = 0, FIRST_PAUSE_S
    while True:
        try:
            with engine.begin() as connection:
                return write(connection)
        except OUTAGES as outage:
            if waited_s >= PATIENCE_S:
                raise
            logger.warning("Not written to the store yet: %s", type(outage).__name__)
        sleep(pause_s)
        waited_s += pause_s
        pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
