"""One time for everybody in a simulation: whoever sleeps lets another go on, and only one runs at a time."""

import heapq
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import greenlet

from emulators.clock import EmulatorClock


class SimulationEndedError(BaseException):
    """Ends everybody who still sleeps when the simulation is over."""


class Timeline:
    """A clock on which waiting costs nothing, and the order in which those who wait go on.

    Of several who may go on at one instant, chance chooses; the same seed chooses the same. Whoever made the
    timeline takes part in it: while it sleeps, all others live.
    """

    def __init__(self, *, seed: str, begin: datetime = datetime(2026, 3, 31, tzinfo=UTC)) -> None:
        """Begin with one who runs, the caller."""
        self.random = random.Random(seed)  # noqa: S311 - repeatable chance, not secrets
        self._begin = begin
        self._passed_s = 0.0
        self.clock = EmulatorClock(self.now)
        self._asleep: list[tuple[float, float, int, greenlet.greenlet]] = []
        self._went_to_sleep = 0
        self._alive = {greenlet.getcurrent()}
        self._ended = False

    def now(self) -> datetime:
        """Return the instant that everybody agrees on."""
        return self._begin + timedelta(seconds=self._passed_s)

    def passed_s(self) -> float:
        """Return how many seconds have passed."""
        return self._passed_s

    def takes_part(self) -> bool:
        """Say whether the caller lives on this timeline."""
        return greenlet.getcurrent() in self._alive

    def sleep(self, seconds: float) -> None:
        """Let the others live for a while; 0 only gives them the chance."""
        if not self._ended:
            self._lay_down(greenlet.getcurrent(), seconds)
            wake_at_s, _, _, following = heapq.heappop(self._asleep)
            self._passed_s = max(self._passed_s, wake_at_s)
            following.switch()
        if self._ended:
            raise SimulationEndedError

    def start(self, life: Callable[[], None]) -> None:
        """Let somebody begin to live, now, and for ever."""

        def live() -> None:
            try:
                life()
            except SimulationEndedError:
                return

        own = greenlet.greenlet(live)
        self._alive.add(own)
        self._lay_down(own, 0)

    def end(self) -> None:
        """End everybody but the caller, one after the other."""
        self._ended = True
        for _, _, _, own in sorted(self._asleep):
            if own:
                own.switch()
        self._asleep.clear()

    def _lay_down(self, own: greenlet.greenlet, seconds: float) -> None:
        self._went_to_sleep += 1
        heapq.heappush(
            self._asleep, (self._passed_s + seconds, self.random.random(), self._went_to_sleep, own)
        )
