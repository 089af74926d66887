"""What a window of a vendor's limit still takes, and what is learned of it from an answer.

When a window ends is learned from the vendor's answers and carried on from there; until anything is learned,
windows are aligned with the clock (a minute starts at second 0).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
class Wait:
    """How many seconds to wait before a call: while errors stop all of them, and until there is room."""

    stopped_s: float = 0.0
    for_room_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One window of a counter as it stands now."""

    window: Window
    used: int
    ends_at: datetime
    left_s: float
    learned_limit: int | None = None

    @property
    def limit(self) -> int:
        """The vendor's own word, else what its pages say."""
        return self.learned_limit or self.window.limit


def taught(states: list[State], readings: Sequence[Reading]) -> list[State]:
    """Take over what a vendor said of windows; what we counted ourselves stays where it is more."""
    by_length = {reading.length_s: reading for reading in readings}
    return [
        _learned(state, by_length[state.window.length_s]) if state.window.length_s in by_length else state
        for state in states
    ]


def _learned(state: State, reading: Reading) -> State:
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
        left_s=reading.resets_in_s,
        used=spent if is_next else max(spent, state.used),
        learned_limit=limit,
    )


def state_at(window: Window, row: sa.Row[Any] | None, at: datetime) -> State:
    """Return a window as it stands at an instant, from the row of the store, if it has one."""
    length = timedelta(seconds=window.length_s)
    if row is None:
        ends_at = EPOCH + ((at - EPOCH) // length + 1) * length
        left_s = (ends_at - at).total_seconds()
        return State(window=window, used=0, ends_at=ends_at, left_s=left_s)
    windows_over = max((at - row.ends_at) // length + 1, 0)
    ends_at = row.ends_at + windows_over * length
    return State(
        window=window,
        learned_limit=row.learned_limit,
        used=0 if windows_over else row.used,
        ends_at=ends_at,
        left_s=(ends_at - at).total_seconds(),
    )


def rooms(states: list[State]) -> list[Room]:
    """Say how many calls each window still takes."""
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


def wait_s(states: list[State], n: int, *, may_use_reserve: bool) -> float:
    """Say how many seconds it takes until every window has room for `n` more."""
    waits = [0.0]
    for state in states:
        kept = 0 if may_use_reserve else state.window.reserve
        if n > state.limit - state.used - kept:
            waits.append(state.left_s)
    return max(waits)
