"""The clock of one emulator, which tests move without waiting."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

Now = Callable[[], datetime]


def utc_now() -> datetime:
    """Read the machine's clock."""
    return datetime.now(tz=UTC)


class EmulatorClock:
    """A clock that ticks with its base and stands a settable distance away from it."""

    def __init__(self, base: Now = utc_now) -> None:
        """Start level with the base; a base that stands still makes a clock that stands still."""
        self._base = base
        self.offset = timedelta()
        self._pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)

    def now(self) -> datetime:
        """Read the emulator's time, in UTC."""
        return self._pretended.get() or self._base().astimezone(UTC) + self.offset

    @contextmanager
    def at(self, instant: datetime) -> Iterator[None]:
        """Let whoever works in this block read an instant that is past, and nobody else."""
        token = self._pretended.set(instant)
        try:
            yield
        finally:
            self._pretended.reset(token)

    def set(self, instant: datetime) -> None:
        """Move to an instant, which carries a zone; the clock ticks on from there."""
        self.offset = instant.astimezone(UTC) - self._base().astimezone(UTC)

    def advance(self, seconds: float) -> None:
        """Move by a number of seconds, back when negative."""
        self.offset += timedelta(seconds=seconds)
