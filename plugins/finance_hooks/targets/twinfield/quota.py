"""Keep to Twinfield's credits a minute, per client and per organisation, all workers together.

Twinfield developer portal, "Fair use policy".
"""

from dataclasses import dataclass

from finance_hooks.targets.twinfield.connection import TwinfieldConnection
from finance_hooks.targets.twinfield.limits import read_stated, throttled_for_s
from finance_hooks.targets.twinfield.settings import (
    CREDITS_PER_CLIENT,
    CREDITS_PER_ORGANISATION,
    MINUTE_S,
    RESERVED_SHARE,
)
from finance_hooks.transport.answer import Answer, NeverSent
from finance_hooks.transport.budget import Budget, Counter, Reading, Window

THROTTLED = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """Count the credits of one client in one organisation; all its administrations share them."""

    budget: Budget
    connection: TwinfieldConnection

    def hold_back(self, price: int) -> NeverSent | None:
        """Wait until a call of so many credits may leave; returns why it may not when that takes too long."""
        return self.budget.take(self._organisation, price) or self.budget.take(self._client, price)

    def learn(self, answer: Answer) -> None:
        """Take over what an answer says about the limits."""
        if answer.status == THROTTLED:
            used_up = Reading(
                length_s=MINUTE_S, remaining=0, resets_in_s=min(throttled_for_s(answer.headers), MINUTE_S)
            )
            self.budget.learn(self._organisation, used_up)
            return
        stated = read_stated(answer.headers)
        if stated is not None and stated.just_began:
            # Twinfield tells no minute's end; the first call of one does.
            whose = self._client if stated.limit == self._client.windows[0].limit else self._organisation
            began = Reading(
                length_s=MINUTE_S, remaining=stated.remaining, resets_in_s=MINUTE_S, limit=stated.limit
            )
            self.budget.learn(whose, began)

    def describe_left(self) -> str:
        """Say how many credits are left this minute."""
        (room,) = self.budget.room(self._organisation)
        return f"{room.remaining} of {room.limit} credits this minute"

    def counters(self) -> tuple[Counter, ...]:
        """Return what the credits of calls count in."""
        return (self._organisation, self._client)

    @property
    def _organisation(self) -> Counter:
        limit = CREDITS_PER_ORGANISATION[self.connection.is_certified]
        return _counter(f"twinfield|{self.connection.client_id}|{self.connection.organisation}", limit)

    @property
    def _client(self) -> Counter:
        return _counter(
            f"twinfield|{self.connection.client_id}", CREDITS_PER_CLIENT[self.connection.is_certified]
        )


def _counter(name: str, limit: int) -> Counter:
    window = Window(length_s=MINUTE_S, limit=limit, reserve=limit // RESERVED_SHARE)
    return Counter(name=name, windows=(window,))
