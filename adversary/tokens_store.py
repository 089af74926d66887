"""The store as one worker reaches it: sometimes not at all, and never after its death."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from adversary.tokens_hazards import Hazards
from adversary.tokens_someone import Someone


class ReachedStore(sa.Engine):
    """An engine on the connections of another; others live between any two of its transactions.

    One connection serves all, since nobody waits within a transaction.
    """

    def __init__(self, real: sa.Engine, someone: Someone, hazards: Hazards) -> None:
        """Reach the store of `real` as somebody who may be dead or cut off."""
        super().__init__(real.pool, real.dialect, real.url)
        self._someone = someone
        self._hazards = hazards

    @contextmanager
    def begin(self) -> Iterator[sa.Connection]:
        """Begin a transaction, unless the store cannot be reached."""
        someone, hazards = self._someone, self._hazards
        someone.point("transaction")
        if someone.is_dead or hazards.store_is_away(someone.timeline.passed_s()):
            hazards.count("transactions that found no store", someone.timeline.passed_s())
            raise _outage()
        with super().begin() as connection:
            yield connection
        if hazards.loses_acknowledgement(someone.timeline.passed_s()):
            hazards.count("transactions that were committed unnoticed", someone.timeline.passed_s())
            raise _outage()


def _outage() -> sa.exc.OperationalError:
    return sa.exc.OperationalError("(not shown)", None, ConnectionError("the store cannot be reached"))
