"""Count calls, and errors, against the limits of a vendor, for all workers together.

A counter has windows of fixed length. When a window ends is learned from the vendor's answers and carried on
from there; until anything is learned, windows are aligned with the clock (a minute starts at second 0).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from finance_hooks.store.engine import StoreConnection, ready_engine
from finance_hooks.store.metadata import Instant, Now, database_now, metadata

__all__ = ["BudgetStore", "Counter", "Reading", "Room", "StoreConnection", "Window", "budget", "open_budgets"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

budget = sa.Table(
    "budget",
    metadata,
    sa.Column("counter", sa.Text, primary_key=True),
    sa.Column("window_s", sa.Integer, primary_key=True),
    sa.Column("ends_at", Instant, nullable=False),
    sa.Column("used", sa.Integer, nullable=False),
    sa.Column("learned_limit", sa.Integer),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """So many calls in so many seconds; `reserve` of them is kept for nightly runs.

    The limit holds until the vendor states another one.
    """

    length_s: int
    limit: int
    reserve: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """What a vendor counts together, such as the calls of one app in one administration."""

    name: str
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a vendor's answer says of one window; `resets_in_s` is counted by the vendor's own clock."""

    length_s: int
    remaining: int
    resets_in_s: float
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How many calls one window still takes, the reserve for nightly runs included, and for how long."""

    length_s: int
    remaining: int
    limit: int
    reserve: int
    left_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """One window of a counter as it stands now."""

    window: Window
    used: int
    ends_at: datetime
    left_s: float
    learned_limit: int | None = None

    @property
    def limit(self) -> int:
        return self.learned_limit or self.window.limit


@dataclass(frozen=True, slots=True)
class BudgetStore:
    """Count for all workers together; every call is a transaction of its own."""

    engine: sa.Engine
    now: Now = database_now

    def take(self, counter: Counter, n: int = 1, *, may_use_reserve: bool = True) -> float:
        """Count `n` calls if every window has room and return 0; else return how many seconds to wait."""
        with self.engine.begin() as connection:
            states = _lock(connection, counter, self.now)
            wait_s = _wait_s(states, n, may_use_reserve=may_use_reserve)
            if not wait_s:
                _add(connection, counter, states, n)
        return wait_s

    def wait_for_room(self, counter: Counter, n: int = 1) -> float:
        """Return how many seconds it takes until `n` more fit, without counting or locking them."""
        with self.engine.begin() as connection:
            return _wait_s(_look(connection, counter, self.now), n, may_use_reserve=True)

    def room(self, counter: Counter) -> list[Room]:
        """Say how many calls each window of a counter still takes."""
        with self.engine.begin() as connection:
            return _rooms(_lock(connection, counter, self.now))

    def look(self, counter: Counter) -> list[Room]:
        """Say the same without writing or locking anything."""
        return self.look_at([counter])[counter.name]

    def look_at(self, counters: Sequence[Counter]) -> dict[str, list[Room]]:
        """Say the same of many counters, by their names, in as many statements as of one."""
        with self.engine.begin() as connection:
            rows = connection.execute(_rows(*counters)).all()
            at = self.now(connection)
        of_each = {one: [row for row in rows if row.counter == one.name] for one in counters}
        return {one.name: _rooms(_states(one, found, at)) for one, found in of_each.items()}

    def add(self, counter: Counter, n: int = 1) -> None:
        """Count what has happened, room or not."""
        with self.engine.begin() as connection:
            _add(connection, counter, _lock(connection, counter, self.now), n)

    def learn(self, counter: Counter, *readings: Reading) -> None:
        """Take over what the vendor counts; what we counted ourselves stays where it is more.

        An answer about a window that is over by now teaches nothing.
        """
        by_length = {reading.length_s: reading for reading in readings}
        with self.engine.begin() as connection:
            states = _lock(connection, counter, self.now)
            known = [state for state in states if state.window.length_s in by_length]
            _write(connection, counter, [_learned(one, by_length[one.window.length_s]) for one in known])


def open_budgets(connection: StoreConnection) -> BudgetStore:
    """Open the budgets of connection `finance_store`; ConfigurationError when the store is not in order."""
    return BudgetStore(ready_engine(connection))


def _learned(state: _State, reading: Reading) -> _State:
    # Both ends are a little off: the vendor's clock shows whole seconds, and answers travel.
    shift_s = reading.resets_in_s - state.left_s
    if shift_s < -reading.length_s / 2:
        return state
    is_next = shift_s > reading.length_s / 2
    limit = reading.limit or state.limit
    spent = limit - reading.remaining
    return replace(
        state,
        ends_at=state.ends_at + timedelta(seconds=shift_s),
        used=spent if is_next else max(spent, state.used),
        learned_limit=limit,
    )


def _lock(connection: sa.Connection, counter: Counter, now: Now) -> list[_State]:
    chosen = _rows(counter).order_by(budget.c.window_s).with_for_update()
    rows = connection.execute(chosen).all()
    if len(rows) < len(counter.windows):
        unused = [
            {"counter": counter.name, "window_s": window.length_s, "ends_at": EPOCH, "used": 0}
            for window in counter.windows
        ]
        connection.execute(insert(budget).values(unused).on_conflict_do_nothing())
        rows = connection.execute(chosen).all()
    return _states(counter, rows, now(connection))


def _look(connection: sa.Connection, counter: Counter, now: Now) -> list[_State]:
    return _states(counter, connection.execute(_rows(counter)).all(), now(connection))


def _rows(*counters: Counter) -> sa.Select[Any]:
    return sa.select(budget).where(budget.c.counter.in_([one.name for one in counters]))


def _states(counter: Counter, rows: Sequence[sa.Row[Any]], at: datetime) -> list[_State]:
    found = {row.window_s: row for row in rows}
    return [_state(window, found.get(window.length_s), at) for window in counter.windows]


def _state(window: Window, row: sa.Row[Any] | None, at: datetime) -> _State:
    length = timedelta(seconds=window.length_s)
    if row is None:
        ends_at = EPOCH + ((at - EPOCH) // length + 1) * length
        left_s = (ends_at - at).total_seconds()
        return _State(window=window, used=0, ends_at=ends_at, left_s=left_s)
    windows_over = max((at - row.ends_at) // length + 1, 0)
    ends_at = row.ends_at + windows_over * length
    return _State(
        window=window,
        learned_limit=row.learned_limit,
        used=0 if windows_over else row.used,
        ends_at=ends_at,
        left_s=(ends_at - at).total_seconds(),
    )


def _rooms(states: list[_State]) -> list[Room]:
    return [
        Room(
            length_s=state.window.length_s,
            remaining=max(state.limit - state.used, 0),
            limit=state.limit,
            reserve=state.window.reserve,
            left_s=state.left_s,
        )
        for state in states
    ]


def _wait_s(states: list[_State], n: int, *, may_use_reserve: bool) -> float:
    waits = [0.0]
    for state in states:
        kept = 0 if may_use_reserve else state.window.reserve
        if n > state.limit - state.used - kept:
            waits.append(state.left_s)
    return max(waits)


def _add(connection: sa.Connection, counter: Counter, states: list[_State], n: int) -> None:
    _write(connection, counter, [replace(state, used=state.used + n) for state in states])


def _write(connection: sa.Connection, counter: Counter, states: list[_State]) -> None:
    """Write windows as they are now, all in one statement."""
    if not states:
        return
    lengths = [state.window.length_s for state in states]
    connection.execute(
        sa.update(budget)
        .where(budget.c.counter == counter.name, budget.c.window_s.in_(lengths))
        .values({name: _of_each(states, name) for name in ("ends_at", "used", "learned_limit")})
    )


def _of_each(states: list[_State], name: str) -> sa.ColumnElement[Any]:
    typed = budget.c[name].type
    values = {state.window.length_s: sa.cast(getattr(state, name), typed) for state in states}
    return sa.case(values, value=budget.c.window_s)
