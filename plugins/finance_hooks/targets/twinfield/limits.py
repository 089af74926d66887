"""Know what calls cost, and read Twinfield's own count from the headers of its answers.

Twinfield developer portal, "Fair use policy".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from finance_hooks.targets.twinfield.settings import MINUTE_S

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
        headers.get(f"X-RateLimit-{name}", "").strip() for name in ("Limit", "Remaining", "Credited")
    )
    if not (limit.isdecimal() and remaining.isdecimal() and credited.isdecimal()):
        return None
    return Stated(limit=int(limit), remaining=int(remaining), credited=int(credited))


def throttled_for_s(headers: Mapping[str, str]) -> int:
    """Say how long a 429 lasts, by Retry-After in seconds or as a date, else a minute."""
    asked = headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        return max(int(asked), 1)
    try:
        until = parsedate_to_datetime(asked)
        server_now = parsedate_to_datetime(headers.get("Date", ""))
    except ValueError:
        return UNEXPLAINED_PAUSE_S
    return max(int((until - server_now).total_seconds()), 1)
