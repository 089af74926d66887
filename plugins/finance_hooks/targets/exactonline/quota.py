"""Keep to Exact's limits: calls a minute and a day, and client errors an hour.

Exact Online support, "API limits".
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from finance_hooks.targets.exactonline.connection import ExactConnection
from finance_hooks.targets.exactonline.limits import Left, day_left, minute_left
from finance_hooks.targets.exactonline.settings import (
    CALLS_PER_DAY,
    CALLS_PER_MINUTE,
    CLIENT_ERRORS_PER_HOUR,
    COUNTED_ERRORS,
    NIGHTLY_RESERVE,
)
from finance_hooks.transport.answer import Answer, NeverSent
from finance_hooks.transport.budget import Budget, Counter, Reading, Window
from finance_hooks.transport.clock import Clock

NO_DIVISION = "current"
MINUTE_S = 60
HOUR_S = 3600
DAY_S = 86400
THROTTLED = 429

CALL_WINDOWS = (
    Window(length_s=MINUTE_S, limit=CALLS_PER_MINUTE),
    Window(length_s=DAY_S, limit=CALLS_PER_DAY, reserve=NIGHTLY_RESERVE),
)
ERROR_WINDOWS = (Window(length_s=HOUR_S, limit=CLIENT_ERRORS_PER_HOUR),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """Count the calls of one app and user on one site, with all workers together."""

    budget: Budget
    connection: ExactConnection
    clock: Clock

    def hold_back(self, division: str, resource: str) -> NeverSent | None:
        """Wait until a call may leave; returns why it may not when that takes too long."""
        if division == NO_DIVISION:
            return None  # Exact: calls without a division are not counted
        return self.budget.take(self._calls(division), errors=self._errors(division, resource))

    def learn(self, division: str, resource: str, answer: Answer) -> None:
        """Take over what an answer says about the limits, and count it when it is an error Exact counts."""
        if division == NO_DIVISION:
            return
        now = self.clock.now()
        minute, day = minute_left(answer.headers, now), day_left(answer.headers, now)
        readings = [
            _reading(length_s, left)
            for length_s, left in ((MINUTE_S, minute), (DAY_S, day))
            if left is not None
        ]
        if readings:
            self.budget.learn(self._calls(division), *readings)
        if answer.status in COUNTED_ERRORS:
            self.budget.add(self._errors(division, resource))
        elif answer.status == THROTTLED and all(left.remaining for left in (minute, day) if left):
            # Exact: throttled with calls left is the block after too many errors.
            blocked = Reading(length_s=HOUR_S, remaining=0, resets_in_s=HOUR_S)
            self.budget.learn(self._errors(division, resource), blocked)

    def describe_left(self, division: str) -> str:
        """Say how many calls of a division are left, by Exact's last word and our own count."""
        names = {MINUTE_S: "this minute", DAY_S: "today"}
        return ", ".join(
            f"{room.remaining} of {room.limit} {names[room.length_s]}"
            for room in self.budget.room(self._calls(division))
        )

    def counters(self, division: str) -> tuple[Counter, ...]:
        """Return what the calls in a division count in."""
        return (self._calls(division),)

    def _calls(self, division: str) -> Counter:
        return Counter(name=f"{self._app}|{division}", windows=CALL_WINDOWS)

    def _errors(self, division: str, resource: str) -> Counter:
        name = f"{self._app}|{self.connection.user_name}|{division}|{resource}|errors"
        return Counter(name=name, windows=ERROR_WINDOWS)

    @property
    def _app(self) -> str:
        return f"{urlsplit(self.connection.base_url).netloc}|{self.connection.client_id}"


def _reading(length_s: int, left: Left) -> Reading:
    return Reading(
        length_s=length_s, remaining=left.remaining, resets_in_s=left.resets_in_s, limit=left.limit
    )
