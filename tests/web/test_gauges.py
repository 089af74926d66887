"""How much of a limit a bar shows as used."""

from decimal import Decimal

from finance_hooks.store.budgets import Room
from finance_hooks.web.gauges import gauges


def room(length_s: int, used: int, limit: int = 100, reserve: int = 0) -> Room:
    return Room(length_s=length_s, remaining=limit - used, limit=limit, reserve=reserve, left_s=1)


def test_gauge_shows_of_each_window_the_limit_that_is_nearest_the_longest_window_first() -> None:
    rooms = [room(60, 10), room(60, 90), room(60, 20), room(86400, 79, limit=5000, reserve=1500), room(7, 1)]

    day, minute, odd = gauges(rooms, 200)

    assert (day.used, day.limit, day.reserve, day.window) == (79, 5000, 1500, "nights.this_day")
    assert (day.filled, day.free_until) == (Decimal("3.2"), Decimal(140))
    assert (minute.used, minute.filled, minute.window) == (90, Decimal(180), "nights.this_minute")
    assert (odd.window, odd.length_s) == (None, 7)
