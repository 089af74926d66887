"""One time for everybody in a simulation: whoever sleeps lets another go on, and only one runs at a time."""

import heapq
import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from emulators.clock import EmulatorClock


class SimulationEndedError(BaseException):
    """Ends everybody who still sleeps when the simulation is over."""


class _Baton:
    """Who holds it runs; whoever does not waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lock.acquire()

    def give(self) -> None:
        self._lock.release()

    def wait(self) -> None:
        self._lock.acquire()


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
        self._asleep: list[tuple[float, float, int, _Baton]] = []
        self._went_to_sleep = 0
        self._own = threading.local()
        self._own.baton = _Baton()
        self._threads: list[threading.Thread] = []
        self._ended = False

    def now(self) -> datetime:
        """Return the instant that everybody agrees on."""
        return self._begin + timedelta(seconds=self._passed_s)

    def passed_s(self) -> float:
        """Return how many seconds have passed."""
        return self._passed_s

    def takes_part(self) -> bool:
        """Say whether the calling thread lives on this timeline."""
        return hasattr(self._own, "baton")

    def sleep(self, seconds: float) -> None:
        """Let the others live for a while; 0 only gives them the chance."""
        if self._ended:
            raise SimulationEndedError
        own: _Baton = self._own.baton
        self._lay_down(own, seconds)
        following = self._wake_next()
        if following is not own:
            following.give()
            own.wait()
        if self._ended:
            raise SimulationEndedError

    def start(self, name: str, life: Callable[[], None]) -> None:
        """Let somebody begin to live, now."""
        own = _Baton()

        def live() -> None:
            self._own.baton = own
            own.wait()
            try:
                if not self._ended:
                    life()
            except SimulationEndedError:
                pass
            finally:
                if not self._ended:
                    self._wake_next().give()

        thread = threading.Thread(target=live, name=name, daemon=True)
        self._threads.append(thread)
        self._lay_down(own, 0)
        thread.start()

    def end(self) -> None:
        """End everybody but the caller, one after the other."""
        self._ended = True
        while self._asleep:
            heapq.heappop(self._asleep)[-1].give()
        for thread in self._threads:
            thread.join()

    def _lay_down(self, baton: _Baton, seconds: float) -> None:
        self._went_to_sleep += 1
        place = (self._passed_s + seconds, self.random.random(), self._went_to_sleep, baton)
        heapq.heappush(self._asleep, place)

    def _wake_next(self) -> _Baton:
        wake_at_s, _, _, baton = heapq.heappop(self._asleep)
        self._passed_s = max(self._passed_s, wake_at_s)
        return baton
