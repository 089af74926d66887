"""Know what calls cost, and read Twinfield's own count from the headers of its answers.

Twinfield developer portal, "Fair use policy".
"""

from collections.abc import Mapping
from dataclasses import dataclass

from finance_hooks.targets.twinfield.settings import MINUTE_S
from finance_hooks.transport.headers import WAIT_MAX_S, read_instant, read_wait_s, read_whole

UNEXPLAINED_PAUSE_S = MINUTE_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What an answer says of a limit: credits a minute, how many are left, what the call cost."""

    limit: int
    remaining: int
    credited: int

    @property
    def just_began(self) -> bool:
        """Whether this was the first call of its minute, so that the minute ends a minute from now."""
        return self.remaining + self.credited >= self.limit


def read_stated(headers: Mapping[str, str]) -> Stated | None:
    """Read the limit an answer states, `None` when it does not state it whole."""
    limit, remaining, credited = (
        read_whole(headers.get(f"X-RateLimit-{name}", "")) for name in ("Limit", "Remaining", "Credited")
    )
    if limit is None or remaining is None or credited is None:
        return None
    return Stated(limit=limit, remaining=remaining, credited=credited)


def throttled_for_s(headers: Mapping[str, str]) -> int:
    """Say how long a 429 lasts, by Retry-After in seconds or as a date, else a minute."""
    asked = headers.get("Retry-After", "")
    asked_s = read_wait_s(asked)
    if asked_s is not None:
        return max(asked_s, 1)
    until, server_now = read_instant(asked), read_instant(headers.get("Date", ""))
    if until is None or server_now is None:
        return UNEXPLAINED_PAUSE_S
    return min(max(int((until - server_now).total_seconds()), 1), WAIT_MAX_S)
