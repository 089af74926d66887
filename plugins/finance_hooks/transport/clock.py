"""Tell the time through an argument, so that tests and simulations can own it."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the project asks of time."""

    def now(self) -> datetime:
        """Return the wall-clock instant, with its zone."""
        ...

    def boot_s(self) -> int | float:
        """Return seconds that also count while the machine is suspended and never jump."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the wall-clock instant in UTC."""
        return datetime.now(UTC)

    def boot_s(self) -> float:
        """Return CLOCK_BOOTTIME where it exists, else the monotonic clock."""
        clock_id = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
        return time.clock_gettime(clock_id)

    def sleep(self, seconds: float) -> None:
        """Wait for real."""
        time.sleep(seconds)
