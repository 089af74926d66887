"""When the environment takes no calls: maintenance hours, calls a minute, calls at once.

Sources: klant.afas.nl/sla/afas-online (maintenance at night), docs.afas.help/profit/nl/troubleshooting
(503 with retry_after); a limit per minute is inferred.
"""

import threading
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import TracebackType

from emulators.switches import Switches


@dataclass(slots=True, kw_only=True)
class Minute:
    """The calls of one minute."""

    began_at: datetime | None = None
    calls: int = 0

    def take(self, now: datetime, most: int) -> int:
        """Count a call; return after how many seconds it may come again, 0 when it may go on."""
        began_at = now.replace(second=0, microsecond=0)
        if began_at != self.began_at:
            self.began_at, self.calls = began_at, 0
        if self.calls >= most:
            return int((began_at + timedelta(minutes=1) - now).total_seconds()) + 1
        self.calls += 1
        return 0


class AtOnce:
    """The calls that are under way."""

    def __init__(self) -> None:
        """Start with none."""
        self._lock = threading.Lock()
        self.calls = 0

    def __enter__(self) -> None:
        """Count one in."""
        with self._lock:
            self.calls += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Count it out."""
        with self._lock:
            self.calls -= 1


def maintenance_left_s(switches: Switches, now: datetime) -> int:
    """Return how many seconds of maintenance are left at a Dutch time, 0 outside its hours."""
    hours = switches.text("maintenance")
    if not hours:
        return 0
    start, end = (time.fromisoformat(part) for part in hours.split("-"))
    until = datetime.combine(now.date(), end)
    since = datetime.combine(now.date(), start)
    if start > end:
        until, since = (
            (until + timedelta(days=1), since) if now.time() >= start else (until, since - timedelta(days=1))
        )
    return int((until - now).total_seconds()) + 1 if since <= now < until else 0
