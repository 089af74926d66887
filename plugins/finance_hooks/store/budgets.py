"""Count calls, and errors, against the limits of a vendor, for all workers together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from finance_hooks.store.engine import StoreConnection, ready_engine
from finance_hooks.store.metadata import Instant, Now, database_now, metadata
from finance_hooks.store.windows import (
    EPOCH,
    Counter,
    Reading,
    Room,
    State,
    Wait,
    Window,
    rooms,
    state_at,
    taught,
    wait_s,
)

__all__ = ["BudgetStore", "Counter", "Reading", "Room", "StoreConnection", "Window", "budget", "open_budgets"]

budget = sa.Table(
    "budget",
    metadata,
    sa.Column("counter", sa.Text, primary_key=True),
    sa.Column("window_s", sa.Integer, primary_key=True),
    sa.Column("ends_at", Instant, nullable=False),
    sa.Column("used", sa.Integer, nullable=False),
    sa.Column("learned_limit", sa.Integer),
)


@dataclass(frozen=True, slots=True)
class BudgetStore:
    """Count for all workers together; every call is a transaction of its own."""

    engine: sa.Engine
    now: Now = database_now

    def take(
        self,
        counter: Counter,
        n: int = 1,
        *,
        may_use_reserve: bool = True,
        errors: Counter | None = None,
        learned: Sequence[Reading] = (),
    ) -> Wait | None:
        """Count `n` calls and return None if every window has room; else return how long to wait.

        Nothing is counted where another of these `errors` would be too many. What the vendor said before,
        `learned`, is taken over first.
        """
        with self.engine.begin() as connection:
            counters = (counter,) if errors is None else (counter, errors)
            states, *wrong = _locked(connection, counters, self.now)
            known = taught(states, learned)
            wait = Wait(
                stopped_s=max((wait_s(one, 1, may_use_reserve=True) for one in wrong), default=0.0),
                for_room_s=wait_s(known, n, may_use_reserve=may_use_reserve),
            )
            fits = wait == Wait()
            if fits or known != states:
                _add(connection, counter, known, n if fits else 0)
        return None if fits else wait

    def room(self, counter: Counter) -> list[Room]:
        """Say how many calls each window of a counter still takes."""
        with self.engine.begin() as connection:
            return rooms(_lock(connection, counter, self.now))

    def look(self, counter: Counter) -> list[Room]:
        """Say the same without writing or locking anything."""
        return self.look_at([counter])[counter.name]

    def look_at(self, counters: Sequence[Counter]) -> dict[str, list[Room]]:
        """Say the same of many counters, by their names, in as many statements as of one."""
        with self.engine.begin() as connection:
            rows = connection.execute(_rows(*counters)).all()
            at = self.now(connection)
        of_each = {one: [row for row in rows if row.counter == one.name] for one in counters}
        return {one.name: rooms(_states(one, found, at)) for one, found in of_each.items()}

    def add(self, counter: Counter, n: int = 1) -> None:
        """Count what has happened, room or not."""
        with self.engine.begin() as connection:
            _add(connection, counter, _lock(connection, counter, self.now), n)

    def learn(self, counter: Counter, *readings: Reading) -> None:
        """Take over what the vendor counts; what we counted ourselves stays where it is more.

        An answer about a window that is over by now teaches nothing.
        """
        with self.engine.begin() as connection:
            _write(connection, counter, taught(_lock(connection, counter, self.now), readings))


def open_budgets(connection: StoreConnection) -> BudgetStore:
    """Open the budgets of connection `finance_store`; ConfigurationError when the store is not in order."""
    return BudgetStore(ready_engine(connection))


def _lock(connection: sa.Connection, counter: Counter, now: Now) -> list[State]:
    return _locked(connection, (counter,), now)[0]


def _locked(connection: sa.Connection, counters: Sequence[Counter], now: Now) -> list[list[State]]:
    """Lock the windows of counters, always in the same order, and return them as they stand now."""
    chosen = _rows(*counters).order_by(budget.c.counter, budget.c.window_s).with_for_update()
    rows = connection.execute(chosen).all()
    if len(rows) < sum(len(counter.windows) for counter in counters):
        unused = [
            {"counter": counter.name, "window_s": window.length_s, "ends_at": EPOCH, "used": 0}
            for counter in sorted(counters, key=lambda counter: counter.name)
            for window in counter.windows
        ]
        connection.execute(insert(budget).values(unused).on_conflict_do_nothing())
        rows = connection.execute(chosen).all()
    at = now(connection)
    return [_states(one, [row for row in rows if row.counter == one.name], at) for one in counters]


def _rows(*counters: Counter) -> sa.Select[Any]:
    return sa.select(budget).where(budget.c.counter.in_([one.name for one in counters]))


def _states(counter: Counter, rows: Sequence[sa.Row[Any]], at: datetime) -> list[State]:
    found = {row.window_s: row for row in rows}
    return [state_at(window, found.get(window.length_s), at) for window in counter.windows]


def _add(connection: sa.Connection, counter: Counter, states: list[State], n: int) -> None:
    _write(connection, counter, [replace(state, used=state.used + n) for state in states])


def _write(connection: sa.Connection, counter: Counter, states: list[State]) -> None:
    """Write windows as they are now, all in one statement."""
    if not states:
        return
    lengths = [state.window.length_s for state in states]
    connection.execute(
        sa.update(budget)
        .where(budget.c.counter == counter.name, budget.c.window_s.in_(lengths))
        .values({name: _of_each(states, name) for name in ("ends_at", "used", "learned_limit")})
    )


def _of_each(states: list[State], name: str) -> sa.ColumnElement[Any]:
    typed = budget.c[name].type
    values = {state.window.length_s: sa.cast(getattr(state, name), typed) for state in states}
    return sa.case(values, value=budget.c.window_s)
