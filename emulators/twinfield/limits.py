"""Credits a minute: per client, and per client and organisation.

Source: the vendor's fair use policy (a query costs 1, everything else 3; 429 with Retry-After).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

QUERY, OTHER = 1, 3
WINDOW = timedelta(minutes=1)
PER_ORGANISATION = {True: 500, False: 25}
PER_CLIENT = {True: 1000, False: 50}


@dataclass(slots=True, kw_only=True)
class Window:
    """Credits spent since the window began."""

    began_at: datetime
    spent: int = 0


@dataclass(slots=True, kw_only=True)
class Limits:
    """The credits of every client, and of every client with an organisation."""

    windows: dict[tuple[str, str], Window] = field(default_factory=dict)

    def take(
        self, client: str, organisation: str, *, certified: bool, cost: int, now: datetime, scale: float
    ) -> tuple[bool, dict[str, str]]:
        """Spend credits; return whether the call may go on, and the headers of its answer."""
        most = {
            (client, ""): round(PER_CLIENT[certified] * scale),
            (client, organisation): round(PER_ORGANISATION[certified] * scale),
        }
        windows = {key: self._window(key, now) for key in most}
        full = [key for key in most if scale and windows[key].spent + cost > most[key]]
        key = full[0] if full else (client, organisation)
        if not full:
            for window in windows.values():
                window.spent += cost
        limit = most[key] or PER_ORGANISATION[certified]
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(limit - windows[key].spent, 0)),
            "X-RateLimit-Credited": "0" if full else str(cost),
        }
        if full:
            left = windows[key].began_at + WINDOW - now
            headers["Retry-After"] = str(max(1, int(left.total_seconds())))
        return not full, headers

    def _window(self, key: tuple[str, str], now: datetime) -> Window:
        found = self.windows.get(key)
        if found is None or now - found.began_at >= WINDOW or now < found.began_at:
            found = self.windows[key] = Window(began_at=now)
        return found
