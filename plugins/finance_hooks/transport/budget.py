"""Hold calls back until the vendor's limits allow them, as long as that is a short while."""

import math

from finance_hooks.store.budgets import BudgetStore, Counter, Reading, Room, Window
from finance_hooks.transport.answer import NeverSent
from finance_hooks.transport.clock import Clock

__all__ = ["Budget", "Counter", "Reading", "Room", "Window"]

PATIENCE_S = 900
"""The longest a task waits for one window to end; a minute's limit never takes that long, a day's does."""


class Budget:
    """The budgets of one task: it asks before every call and says afterwards what the vendor counted."""

    def __init__(
        self,
        store: BudgetStore,
        clock: Clock,
        *,
        is_backfill: bool = False,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Wait at most `patience_s` at a time; a backfill leaves the reserve of every window alone."""
        self._store = store
        self._clock = clock
        self._is_backfill = is_backfill
        self._patience_s = patience_s

    def take(self, counter: Counter, n: int = 1) -> NeverSent | None:
        """Count `n` calls, waiting for room; returns why not when one wait would outlast the patience."""
        while wait_s := self._store.take(counter, n, may_use_reserve=not self._is_backfill):
            if wait_s > self._patience_s:
                return NeverSent(
                    why=f"the limit of {counter.name} is used up", retry_after_s=math.ceil(wait_s)
                )
            self._clock.sleep(wait_s)
        return None

    def stopped(self, errors: Counter) -> NeverSent | None:
        """Say whether so many errors happened that calls are held back, without waiting."""
        wait_s = self._store.wait_for_room(errors)
        if not wait_s:
            return None
        return NeverSent(
            why=f"{errors.name}: so many errors that calls would be blocked", retry_after_s=math.ceil(wait_s)
        )

    def room(self, counter: Counter) -> list[Room]:
        """Say how many calls each window still takes."""
        return self._store.room(counter)

    def add(self, counter: Counter, n: int = 1) -> None:
        """Count what has happened, such as an error."""
        self._store.add(counter, n)

    def learn(self, counter: Counter, *readings: Reading) -> None:
        """Take over what the vendor's answer says of windows."""
        self._store.learn(counter, *readings)
