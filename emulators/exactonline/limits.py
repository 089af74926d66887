"""Exact's limits: calls a minute and a day per app and division, and client errors per endpoint and hour.

Sources: vendor's API limits page; headers on a 429 from picqer/exact-php-client #609 and #646.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

PER_MINUTE = 60
PER_DAY = 5000
ERRORS_PER_HOUR = 10
COUNTED_ERRORS = frozenset({400, 401, 403, 404})

Counter = tuple[str, int]
Endpoint = tuple[str, str, int, str]
Key = TypeVar("Key")


@dataclass(slots=True, kw_only=True)
class Window:
    """Calls counted since the window began."""

    began_at: datetime
    calls: int = 0


@dataclass(slots=True, kw_only=True)
class Limits:
    """The counters of one host."""

    minutes: dict[Counter, Window] = field(default_factory=dict)
    days: dict[Counter, Window] = field(default_factory=dict)
    errors: dict[Endpoint, Window] = field(default_factory=dict)
    blocks: dict[Endpoint, tuple[datetime, int]] = field(default_factory=dict)

    def take(self, client: str, division: int, now: datetime, scale: float) -> tuple[bool, dict[str, str]]:
        """Count a call; return whether it may go on, and the headers of its answer."""
        this_minute = now.replace(second=0, microsecond=0)
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if not scale:
            # Without limits nobody may be told that a day is used up.
            unused = (
                _day_headers(Window(began_at=today), PER_DAY),
                _minute_headers(Window(began_at=this_minute), PER_MINUTE),
            )
            return True, unused[0] | unused[1]
        key = (client, division)
        minute = _window(self.minutes, key, this_minute)
        day = _window(self.days, key, today)
        per_minute, per_day = round(PER_MINUTE * scale), round(PER_DAY * scale)
        if day.calls >= per_day:
            return False, _day_headers(day, per_day)
        if minute.calls >= per_minute:
            return False, _minute_headers(minute, per_minute)
        minute.calls += 1
        day.calls += 1
        return True, _day_headers(day, per_day) | _minute_headers(minute, per_minute)

    def blocked(self, endpoint: Endpoint, now: datetime) -> bool:
        """Tell whether too many client errors closed this endpoint for this key, user and division."""
        until, _ = self.blocks.get(endpoint, (now, 0))
        return now < until

    def count_error(self, endpoint: Endpoint, status: int, now: datetime, scale: float) -> None:
        """Count a client error; the eleventh within an hour closes the endpoint, each time for longer."""
        if status not in COUNTED_ERRORS or not scale:
            return
        window = _window(self.errors, endpoint, now.replace(minute=0, second=0, microsecond=0))
        window.calls += 1
        if window.calls > round(ERRORS_PER_HOUR * scale):
            _, times = self.blocks.get(endpoint, (now, 0))
            self.blocks[endpoint] = (now + timedelta(hours=times + 1), times + 1)
            window.calls = 0


def _window(windows: dict[Key, Window], key: Key, began_at: datetime) -> Window:
    found = windows.get(key)
    if found is None or found.began_at != began_at:
        found = windows[key] = Window(began_at=began_at)
    return found


def _day_headers(day: Window, limit: int) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(max(limit - day.calls, 0)),
        "X-RateLimit-Reset": _milliseconds(day.began_at + timedelta(days=1)),
    }


def _minute_headers(minute: Window, limit: int) -> dict[str, str]:
    return {
        "X-RateLimit-Minutely-Limit": str(limit),
        "X-RateLimit-Minutely-Remaining": str(max(limit - minute.calls, 0)),
        "X-RateLimit-Minutely-Reset": _milliseconds(minute.began_at + timedelta(minutes=1)),
    }


def _milliseconds(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))
