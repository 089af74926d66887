"""An entry whose period is closed goes into the next open one, with its own day in its texts."""

from dataclasses import replace
from datetime import date, timedelta

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Period
from finance_hooks.posting.open_periods import (
    Day,
    is_closed,
    is_first_day,
    move_entry,
    next_open_day,
    period_of,
)
from tests.posting.entries import ENTRY

ROOM = 46


def months(*closed: int, first: date = date(2026, 1, 1), count: int = 24) -> list[ChartPeriod]:
    """Make the months of book years that begin on a day; `closed` count from 1 on."""
    periods: list[ChartPeriod] = []
    begins = first
    for place in range(count):
        ends = (begins.replace(day=28) + timedelta(days=7)).replace(day=1)
        periods.append(
            ChartPeriod(
                fiscal_year=first.year + place // 12,
                number=place % 12 + 1,
                first_date=begins,
                last_date=ends - timedelta(days=1),
                is_open=place + 1 not in closed,
            )
        )
        begins = ends
    return periods


def untold(periods: list[ChartPeriod]) -> list[ChartPeriod]:
    return [replace(period, is_open=None) for period in periods]


def test_period_is_closed_only_where_the_package_says_so() -> None:
    assert is_closed(ENTRY, months(10))
    assert not is_closed(ENTRY, months(9))
    assert not is_closed(ENTRY, untold(months()))
    assert not is_closed(replace(ENTRY, fiscal_year=2040), months())


def test_only_the_first_day_of_a_period_is_one_that_entries_are_moved_to() -> None:
    first = Day(on=date(2026, 12, 1), fiscal_year=2026, period=12)

    assert is_first_day(first, months())
    assert not is_first_day(replace(first, on=date(2026, 12, 2)), months())
    assert not is_first_day(replace(first, period=11), months())


def test_next_open_day_is_the_first_of_the_first_open_period_after_its_own() -> None:
    day = next_open_day(ENTRY, months(10, 11), frozenset())

    assert day == Day(on=date(2026, 12, 1), fiscal_year=2026, period=12)


def test_closed_year_goes_into_the_next_one() -> None:
    day = next_open_day(ENTRY, months(*range(1, 13)), frozenset())

    assert day == Day(on=date(2027, 1, 1), fiscal_year=2027, period=1)


def test_missing_year_has_no_next_open_day() -> None:
    assert next_open_day(ENTRY, months(*range(10, 13), count=12), frozenset()) is None
    assert next_open_day(replace(ENTRY, fiscal_year=2040), months(10), frozenset()) is None


def test_broken_book_year_is_followed_by_its_own_next_period() -> None:
    entry = replace(ENTRY, entry_date=date(2027, 6, 30), fiscal_year=2026, period=12)

    day = next_open_day(entry, months(12, first=date(2026, 7, 1)), frozenset())

    assert day == Day(on=date(2027, 7, 1), fiscal_year=2027, period=1)


def test_two_next_periods_are_tried_where_the_package_does_not_tell() -> None:
    periods = untold(months())
    refused = [Period(fiscal_year=2026, number=number) for number in (10, 11, 12)]

    assert next_open_day(ENTRY, periods, frozenset(refused[:1])) == Day(
        on=date(2026, 11, 1), fiscal_year=2026, period=11
    )
    assert next_open_day(ENTRY, periods, frozenset(refused[:2])) == Day(
        on=date(2026, 12, 1), fiscal_year=2026, period=12
    )
    assert next_open_day(ENTRY, periods, frozenset(refused)) is None


def test_year_end_period_of_the_same_days_is_no_later_period() -> None:
    periods = months()
    year_end = replace(periods[11], number=13, first_date=date(2026, 12, 31))
    entry = replace(ENTRY, entry_date=date(2026, 12, 31), period=12)

    day = next_open_day(entry, [*periods, year_end], frozenset())

    assert day == Day(on=date(2027, 1, 1), fiscal_year=2027, period=1)


def test_moved_entry_says_its_own_day_and_keeps_its_amounts_and_codes() -> None:
    day = Day(on=date(2026, 12, 1), fiscal_year=2026, period=12)

    moved = move_entry(ENTRY, day, ROOM)

    assert (moved.entry_date, moved.moved_from) == (date(2026, 12, 1), date(2026, 10, 31))
    assert period_of(moved) == Period(fiscal_year=2026, number=12)
    assert moved.description == "Contract C-2201 (2026-10-31)"
    assert (moved.lines, moved.gross, moved.due_date) == (ENTRY.lines, ENTRY.gross, ENTRY.due_date)


def test_memorial_says_its_own_day_on_every_line() -> None:
    moved = move_entry(
        replace(ENTRY, kind=EntryKind.MEMORIAL), Day(on=date(2026, 12, 1), fiscal_year=2026, period=12), ROOM
    )

    assert [line.description for line in moved.lines] == ["Lediging (2026-10-31)"]


def test_entry_that_moves_on_keeps_the_day_it_first_had() -> None:
    once = move_entry(ENTRY, Day(on=date(2026, 11, 1), fiscal_year=2026, period=11), ROOM)

    twice = move_entry(once, Day(on=date(2026, 12, 1), fiscal_year=2026, period=12), ROOM)

    assert (twice.entry_date, twice.moved_from) == (date(2026, 12, 1), date(2026, 10, 31))
    assert twice.description == once.description
