"""Hold calls back until the vendor's limits allow them, within the patience of one task."""

import math

import sqlalchemy as sa

from finance_hooks.store import budgets
from finance_hooks.store.budgets import Counter, Reading, Window
from finance_hooks.store.metadata import Now, database_now
from finance_hooks.transport.answer import NeverSent
from finance_hooks.transport.clock import Clock

__all__ = ["Budget", "Counter", "Reading", "Window"]

PATIENCE_S = 900
"""The longest a task waits for limits, all waits together; beyond that a later run goes on."""


class Budget:
    """The budgets of one task: it asks before every call and says afterwards what the vendor counted."""

    def __init__(
        self,
        engine: sa.Engine,
        clock: Clock,
        *,
        is_backfill: bool = False,
        patience_s: float = PATIENCE_S,
        now: Now = database_now,
    ) -> None:
        """Start with all patience; a backfill leaves the reserve of every window alone."""
        self._engine = engine
        self._clock = clock
        self._is_backfill = is_backfill
        self._patience_s = patience_s
        self._now = now

    def take(self, counter: Counter, n: int = 1) -> NeverSent | None:
        """Count `n` calls, waiting for room; returns why not when that would outlast the task's patience."""
        while wait_s := self._try(counter, n):
            if wait_s > self._patience_s:
                return NeverSent(
                    why=f"the limit of {counter.name} is used up", retry_after_s=math.ceil(wait_s)
                )
            self._patience_s -= wait_s
            self._clock.sleep(wait_s)
        return None

    def stopped(self, errors: Counter) -> NeverSent | None:
        """Say whether so many errors happened that calls are held back, without waiting."""
        with self._engine.begin() as connection:
            wait_s = budgets.wait_for_room(connection, errors, 1, self._now)
        if not wait_s:
            return None
        return NeverSent(
            why=f"{errors.name}: so many errors that calls would be blocked", retry_after_s=math.ceil(wait_s)
        )

    def add(self, counter: Counter, n: int = 1) -> None:
        """Count what has happened, such as an error."""
        with self._engine.begin() as connection:
            budgets.add(connection, counter, n, self._now)

    def learn(self, counter: Counter, reading: Reading) -> None:
        """Take over what the vendor's answer says of one window."""
        with self._engine.begin() as connection:
            budgets.learn(connection, counter, reading, self._now)

    def _try(self, counter: Counter, n: int) -> float:
        with self._engine.begin() as connection:
            return budgets.take(connection, counter, n, may_use_reserve=not self._is_backfill, now=self._now)
