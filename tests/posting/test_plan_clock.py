"""How far limits let a run come, and when it is done, follows from what is left of each window."""

from datetime import UTC, datetime, timedelta

import pytest

from finance_hooks.posting.plan_clock import Limit, affordable, done_at
from finance_hooks.transport.budget import Room

BEGIN = datetime(2026, 11, 6, 3, 0, tzinfo=UTC)


def minute(left: int = 60) -> Limit:
    room = Room(length_s=60, remaining=left, limit=60, reserve=0, left_s=30.0)
    return Limit(name="calls", room=room, is_backfill=False)


def day(left: int = 5000, *, is_backfill: bool = False, left_s: float = 75600.0) -> Limit:
    room = Room(length_s=86400, remaining=left, limit=5000, reserve=1500, left_s=left_s)
    return Limit(name="calls", room=room, is_backfill=is_backfill)


@pytest.mark.parametrize(
    ("units", "wait_s"), [(0, 0.0), (60, 0.0), (61, 30.0), (120, 30.0), (121, 90.0), (180, 90.0)]
)
def test_wait_ends_with_the_window_in_which_the_last_call_fits(units: int, wait_s: float) -> None:
    assert minute().wait_s(units) == wait_s


def test_backfill_leaves_the_reserve_alone() -> None:
    assert (day(2000).left, day(2000, is_backfill=True).left) == (2000, 500)
    assert day(1000, is_backfill=True).left == 0
    assert day(0, is_backfill=True).wait_s(3501) == 75600.0 + 86400


def test_limit_of_a_minute_ends_no_run_and_that_of_a_day_does() -> None:
    assert affordable([minute()]) is None
    assert affordable([minute(), day(40), day(30)]) == 30
    assert affordable([day(40, left_s=600.0)]) is None
    assert affordable([]) is None


def test_run_is_done_after_the_longest_wait_or_at_its_pace() -> None:
    assert done_at(BEGIN, [minute(), day()], units=100, calls=100, pace_s=0.1) == BEGIN + timedelta(
        seconds=30
    )
    assert done_at(BEGIN, [minute()], units=100, calls=100, pace_s=1.0) == BEGIN + timedelta(seconds=100)
    assert done_at(BEGIN, [], units=4, calls=4, pace_s=0.5) == BEGIN + timedelta(seconds=2)
