"""Somebody in a simulation: may be killed or freeze at every point where others may go on."""

from dataclasses import dataclass
from datetime import datetime

from adversary.tokens_hazards import FROZEN_S, Hazards
from adversary.tokens_timeline import Timeline


class KilledError(BaseException):
    """Ends a worker past every `except` of the product."""


@dataclass(slots=True, kw_only=True)
class Someone:
    """A process on the timeline; it is its own clock.

    `is_dead` since it was killed: nothing of it reaches anything any more. One that was only told to end
    still gives back what it holds.
    """

    timeline: Timeline
    hazards: Hazards
    mortal: bool = True
    is_dead: bool = False
    is_ending: bool = False

    def now(self) -> datetime:
        """Return the wall-clock instant."""
        return self.timeline.now()

    def boot_s(self) -> float:
        """Return the seconds since the simulation began."""
        return self.timeline.passed_s()

    def sleep(self, seconds: float) -> None:
        """Wait, and let others live."""
        self.timeline.sleep(seconds)

    def point(self, place: str, seconds: float = 0) -> None:
        """Let others live, for so many seconds at least; may kill or freeze this one."""
        if self.is_dead or self.is_ending or not self.timeline.takes_part():
            return
        self.timeline.sleep(seconds)
        struck = self.hazards.strikes(place, self.timeline.passed_s()) if self.mortal else None
        if struck is None:
            return
        self.hazards.count(f"{struck} at {place}", self.timeline.passed_s())
        if struck == "frozen":
            self.timeline.sleep(self.hazards.random.uniform(*FROZEN_S))
            return
        self.is_ending = True
        self.is_dead = self.hazards.random.random() < 0.5
        raise KilledError

    def rise(self) -> None:
        """Live anew, as the next try of the same work."""
        self.is_dead = self.is_ending = False
