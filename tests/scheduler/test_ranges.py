"""The three ways to ask for a longer range, on a real scheduler: by day, by one run, by a run a month."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.scheduler.scene import Scene

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("airflow")]


@pytest.fixture(scope="module")
def yesterday(scene: Scene) -> date:
    """Return the day of the nightly run that Airflow started itself."""
    return scene.days_of("scheduled")[-1]


@pytest.fixture(autouse=True)
def nothing_is_booked_twice(scene: Scene) -> Iterator[None]:
    yield
    assert set(scene.booked().values()) == {1}


def months_before(day: date, count: int) -> list[tuple[date, date]]:
    """Return the first and the last day of so many whole months that ended before the month of a day."""
    months: list[tuple[date, date]] = []
    for _ in range(count):
        last = day.replace(day=1) - timedelta(days=1)
        day = last.replace(day=1)
        months.append((day, last))
    return months[::-1]


def test_last_night_runs_by_itself_and_accounts_for_everything(scene: Scene) -> None:
    run = scene.runs()[0]

    report = scene.report(run["dag_run_id"])

    assert run["run_type"] == "scheduled"
    assert report["booked"] > 0
    assert report["documents"] == report["booked"] + report["parked"]
    assert report["difference"] == "0.00"


def test_backfill_whose_end_has_no_time_leaves_its_last_day_out(scene: Scene, yesterday: date) -> None:
    first = yesterday - timedelta(days=2)
    days = [first, first + timedelta(days=1), yesterday]
    scene.issue(*days)
    before = {day: scene.in_books(day) for day in days}

    backfill = scene.backfill(str(first), str(yesterday))
    scene.finish(backfill)

    backfilled = set(scene.days_of("backfill"))
    assert backfilled & set(days) == set(days[:2])
    assert [scene.in_books(day) - before[day] for day in days] == [2, 2, 0]


def test_backfill_until_one_minute_to_midnight_has_the_last_day_of_the_month(
    scene: Scene, yesterday: date
) -> None:
    [(_, last)] = months_before(yesterday - timedelta(days=46), 1)
    first = last - timedelta(days=1)
    scene.issue(first, last)

    backfill = scene.backfill(str(first), f"{last}T23:59")
    scene.finish(backfill)

    assert last.day == monthrange(last.year, last.month)[1]
    assert {first, last} <= set(scene.days_of("backfill"))
    assert [scene.in_books(day) for day in (first, last)] == [2, 2]


def test_same_backfill_again_runs_and_books_nothing_new(scene: Scene, yesterday: date) -> None:
    days = [yesterday - timedelta(days=number) for number in (2, 1)]
    done, booked, runs = scene.days_of("backfill"), scene.booked(), len(scene.runs())

    scene.finish(scene.ask_backfill(days))
    skipped = len(scene.runs())
    scene.finish(scene.ask_backfill(days[:1], reprocess_behavior="completed"))

    assert set(days) <= set(done)
    assert skipped == len(scene.runs()) == runs
    assert scene.booked() == booked


def test_day_that_had_its_night_is_skipped_unless_it_is_asked_for_again(
    scene: Scene, yesterday: date
) -> None:
    runs, booked = len(scene.runs()), sum(scene.booked().values())

    scene.finish(scene.ask_backfill([yesterday]))
    skipped = (len(scene.runs()), sum(scene.booked().values()))
    scene.finish(scene.backfill(str(yesterday), f"{yesterday}T23:59", "--reprocess-behavior", "completed"))

    assert skipped == (runs, booked)
    assert yesterday in scene.days_of("backfill")
    assert yesterday not in scene.days_of("scheduled")
    assert sum(scene.booked().values()) == booked + 2


def test_run_for_each_of_three_months_takes_that_month_and_a_second_one_nothing(
    scene: Scene, yesterday: date
) -> None:
    months = months_before(yesterday - timedelta(days=110), 3)
    for first, last in months:
        scene.issue(first, first + timedelta(days=14), last)

    asked = [{"from": str(first), "to": str(last)} for first, last in (*months, months[0])]
    runs = [scene.ended(scene.trigger(each)) for each in asked]

    reports = [scene.report(run["dag_run_id"]) for run in runs]
    assert {run["state"] for run in runs} == {"success"}
    assert [report["booked"] for report in reports] == [6, 6, 6, 0]
    assert [scene.in_books(day) for month in months for day in month] == [2] * 6
