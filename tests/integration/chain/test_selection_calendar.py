"""Nights follow each other over clock changes and the turn of the year without a gap and without a double."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from airflow.timetables.base import DataInterval, TimeRestriction
from airflow.timetables.interval import CronDataIntervalTimetable

from finance_hooks.operators.sync_dag import NIGHTLY, ZONE
from tests.integration.chain.nights import AMSTERDAM, Nights

CHANGES = {
    "to summer time": (date(2026, 3, 27), date(2026, 3, 29), 23),
    "to winter time": (date(2026, 10, 23), date(2026, 10, 25), 25),
}


def intervals(first: date, count: int) -> list[DataInterval]:
    """Let Airflow's own timetable say the intervals of the nightly runs after a day."""
    timetable = CronDataIntervalTimetable(NIGHTLY, timezone=ZONE)
    earliest = datetime(first.year, first.month, first.day, tzinfo=UTC)
    restriction = TimeRestriction(earliest=earliest, latest=None, catchup=True)  # type: ignore[arg-type]
    found: list[DataInterval] = []
    for _ in range(count):
        following = timetable.next_dagrun_info(
            last_automated_data_interval=found[-1] if found else None, restriction=restriction
        )
        assert following is not None
        assert following.data_interval is not None
        found.append(following.data_interval)
    return found


@pytest.mark.parametrize(("first", "changes_on", "hours"), CHANGES.values(), ids=CHANGES.keys())
def test_intervals_join_over_a_change_of_clocks_and_each_run_starts_at_four(
    first: date, changes_on: date, hours: int
) -> None:
    nights = intervals(first, 4)

    assert all(earlier.end == later.start for earlier, later in pairwise(nights))
    assert {night.end.astimezone(AMSTERDAM).hour for night in nights} == {4}
    lengths = [(night.end - night.start).total_seconds() / 3600 for night in nights]
    assert sorted(lengths) == sorted([24, 24, 24, hours])
    assert changes_on in {night.end.astimezone(AMSTERDAM).date() for night in nights}


@pytest.mark.parametrize(("first", "changes_on", "hours"), CHANGES.values(), ids=CHANGES.keys())
def test_backfill_over_a_change_of_clocks_asks_for_every_day_once(
    nights: Nights, first: date, changes_on: date, hours: int
) -> None:
    del changes_on, hours

    days = [nights.dated_by(interval.start).dated_from for interval in intervals(first, 5)]

    assert days == [first + timedelta(days=number) for number in range(5)]


def test_night_of_each_hour_on_the_day_the_clocks_change_is_booked_once(nights: Nights) -> None:
    nights.night(date(2027, 3, 27))
    change = datetime(2027, 3, 28, 1, tzinfo=UTC)
    for minutes in (-1, 0, 1):
        nights.at(change + timedelta(minutes=minutes))
        nights.issue(date(2027, 3, 28))

    reports = [nights.night(date(2027, 3, 28)), nights.night(date(2027, 3, 29))]

    assert [report.booked for report in reports] == [3, 0]
    assert set(nights.chain.times_booked().values()) == {1}


def test_last_and_first_day_of_the_year_are_booked_in_their_own_years(nights: Nights) -> None:
    december = nights.issue(date(2026, 12, 31), ChangedDate=datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC))
    nights.at(datetime(2026, 12, 31, 23, 0, 1, tzinfo=UTC))
    january = nights.issue(date(2027, 1, 1))

    report = nights.night(date(2027, 1, 1))

    booked = {entry["document"]: entry["date"] for entry in nights.chain.exact.books()}
    assert booked == {december: "2026-12-31", january: "2027-01-01"}
    assert [(one["fiscal_year"], one["period"]) for one in report.journals] == [(2026, 12), (2027, 1)]
    assert (report.booked, report.red) == (2, ())


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 1, 1)])
def test_backfill_of_a_day_at_the_turn_of_the_year_takes_that_day_alone(nights: Nights, day: date) -> None:
    numbers = {wanted: nights.issue(wanted) for wanted in (date(2026, 12, 31), date(2027, 1, 1))}
    nights.at(datetime(2027, 1, 3, 3, tzinfo=UTC))

    report = nights.backfill(day)

    assert report.booked == 1
    assert nights.states() == {numbers[day]: "booked"}


def test_run_shortly_after_midnight_asks_for_the_day_that_has_begun_in_amsterdam(nights: Nights) -> None:
    nights.night(date(2026, 12, 31))
    nights.at(datetime(2026, 12, 31, 23, 5, tzinfo=UTC))
    number = nights.issue(date(2027, 1, 1), ChangedDate=datetime(2026, 11, 1, tzinfo=UTC))

    nights.triggered("five past midnight", {})

    assert nights.states() == {number: "booked"}
