"""Hold calls back until the vendor's limits allow them, as long as that is a short while."""

import math

from finance_hooks.store.budgets import BudgetStore, Counter, Reading, Room, Window
from finance_hooks.transport.answer import NeverSent
from finance_hooks.transport.clock import Clock
from finance_hooks.transport.told import Told

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
        self._told = Told()

    def take(self, counter: Counter, n: int = 1, *, errors: Counter | None = None) -> NeverSent | None:
        """Count `n` calls, waiting for room; returns why not when one wait would outlast the patience.

        No call leaves, and none is waited for, while so many `errors` happened that the vendor blocks them.
        """
        while wait := self._store.take(
            counter,
            n,
            may_use_reserve=not self._is_backfill,
            errors=errors,
            learned=self._told.take_out(counter, self._clock.boot_s()),
        ):
            if errors is not None and wait.stopped_s:
                return NeverSent(
                    why=f"{errors.name}: so many errors that calls would be blocked",
                    retry_after_s=math.ceil(wait.stopped_s),
                )
            if wait.for_room_s > self._patience_s:
                return NeverSent(
                    why=f"the limit of {counter.name} is used up", retry_after_s=math.ceil(wait.for_room_s)
                )
            self._clock.sleep(wait.for_room_s)
        return None

    def room(self, counter: Counter) -> list[Room]:
        """Say how many calls each window still takes."""
        if readings := self._told.take_out(counter, self._clock.boot_s()):
            self._store.learn(counter, *readings)
        return self._store.room(counter)

    def add(self, counter: Counter, n: int = 1) -> None:
        """Count what has happened, such as an error."""
        self._store.add(counter, n)

    def learn(self, counter: Counter, *readings: Reading) -> None:
        """Take over what the vendor's answer says of windows: with the next call, which counts in any case.

        The first answer, and one after which nothing may leave, is taken over at once.
        """
        if self._told.may_keep(counter, readings):
            self._told.keep(counter, readings, self._clock.boot_s())
        else:
            self._store.learn(counter, *readings)
