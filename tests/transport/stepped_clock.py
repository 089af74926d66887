"""A clock that stands still until a test moves it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class SteppedClock:
    """Sleeping moves it at once; what was slept is kept."""

    at: datetime = datetime(2026, 3, 31, 2, 0, tzinfo=UTC)
    up_s: float = 1000.0
    slept_s: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.at

    def boot_s(self) -> float:
        return self.up_s

    def sleep(self, seconds: float) -> None:
        self.slept_s.append(seconds)
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.up_s += seconds
