"""Say how far the limits of a package let a run come, and when it would be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from finance_hooks.transport.budget import PATIENCE_S, Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One window of a package's limit as it stands; `kept` of what is left is not for backfills.

    `room` and `kept` count what the package counts: calls, or credits.
    """

    name: str
    room: Room
    is_backfill: bool

    @property
    def left(self) -> int:
        """What this run may use of the window that is running."""
        return max(self.room.remaining - self._kept, 0)

    @property
    def outlasts_patience(self) -> bool:
        """Whether a run that uses the window up ends instead of waiting."""
        return self.room.left_s > PATIENCE_S

    def wait_s(self, units: int) -> float:
        """Return how long it takes until so many units could leave."""
        if units <= self.left:
            return 0.0
        whole = max(self.room.limit - self._kept, 1)
        return self.room.left_s + (ceil((units - self.left) / whole) - 1) * self.room.length_s

    @property
    def _kept(self) -> int:
        return self.room.reserve if self.is_backfill else 0


def affordable(limits: Iterable[Limit]) -> int | None:
    """Return how many units a run may use before a limit ends it, `None` when none does."""
    return min((limit.left for limit in limits if limit.outlasts_patience), default=None)


def done_at(
    begins_at: datetime, limits: Iterable[Limit], *, units: int, calls: int, pace_s: float
) -> datetime:
    """Return when so many calls are made at the earliest, at a pace and within the limits."""
    waits_s = max((limit.wait_s(units) for limit in limits), default=0.0)
    return begins_at + timedelta(seconds=max(waits_s, calls * pace_s))
