"""The three ways to ask for a longer range, on a real scheduler: by day, by one run, by night."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import requests

from tests.scheduler.scene import AMSTERDAM, Scene

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("airflow")]


@pytest.fixture(scope="module")
def yesterday(scene: Scene) -> date:
    """Return the day of the nightly run that Airflow started itself."""
    return scene.days_of("scheduled")[-1]


@pytest.fixture(autouse=True)
def nothing_is_booked_twice(scene: Scene) -> Iterator[None]:
    yield
    assert set(scene.booked().values()) == {1}


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

    assert scene.days_of("backfill") == days[:2]
    assert [scene.in_books(day) - before[day] for day in days] == [2, 2, 0]


def test_backfill_until_one_minute_to_midnight_has_its_last_day(scene: Scene, yesterday: date) -> None:
    last = yesterday - timedelta(days=4)
    first = last - timedelta(days=1)
    before = [scene.in_books(day) for day in (first, last)]
    scene.issue(first, last)

    backfill = scene.backfill(str(first), f"{last}T23:59")
    scene.finish(backfill)

    assert {first, last} <= set(scene.days_of("backfill"))
    assert [scene.in_books(day) for day in (first, last)] == [count + 2 for count in before]


def test_days_that_had_a_run_are_skipped_unless_asked_for_again(scene: Scene, yesterday: date) -> None:
    first = yesterday - timedelta(days=1)
    booked, runs = sum(scene.booked().values()), len(scene.runs())

    skipping = scene.backfill(str(first), f"{yesterday}T23:59")
    scene.finish(skipping)
    skipped = (len(scene.runs()), sum(scene.booked().values()))
    again = scene.backfill(str(first), f"{yesterday}T23:59", "--reprocess-behavior", "completed")
    scene.finish(again)

    assert skipped == (runs, booked)
    assert yesterday in scene.days_of("backfill")
    assert sum(scene.booked().values()) == booked + 2
    assert yesterday not in scene.days_of("scheduled")


def test_one_triggered_run_takes_a_month_and_the_second_books_nothing(scene: Scene) -> None:
    first = (datetime.now(AMSTERDAM).date().replace(day=1) - timedelta(days=80)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    scene.issue(first, first + timedelta(days=14), last)
    asked = {"from": str(first), "to": str(last)}

    runs = [scene.ended(scene.trigger(asked)) for _ in range(2)]

    reports = [scene.report(run["dag_run_id"]) for run in runs]
    assert [run["state"] for run in runs] == ["success", "success"]
    assert [report["booked"] for report in reports] == [6, 0]
    assert [scene.in_books(day) for day in (first, last)] == [2, 2]


def test_typo_in_the_conf_fails_extract_at_once(scene: Scene) -> None:
    booked = sum(scene.booked().values())

    run = scene.ended(scene.trigger({"form": "2026-01-01", "to": "2026-01-31"}))

    tasks = scene.tasks(run["dag_run_id"])
    assert run["state"] == "failed"
    assert (tasks["extract"], tasks["load"]) == ("failed", "upstream_failed")
    assert sum(scene.booked().values()) == booked


@pytest.mark.parametrize("conf", [{"kinds": ["invoices"]}, {"kinds": []}, {"from": "1 October"}])
def test_form_refuses_what_is_no_date_or_no_kind(scene: Scene, conf: dict[str, object]) -> None:
    with pytest.raises(requests.HTTPError, match=r"400|422"):
        scene.trigger(conf)


def test_backfill_cancelled_half_way_is_resumed_and_a_night_beside_it_comes_through(
    scene: Scene, yesterday: date
) -> None:
    # Outside the open window, so that the night does not take what the backfill is asked for.
    first = yesterday - timedelta(days=70)
    days = [first + timedelta(days=number) for number in range(4)]
    scene.issue(*days)
    ended_before = len(scene.runs_in({"success"}))

    backfill = scene.backfill(str(days[0]), f"{days[-1]}T23:59")
    scene.wait(lambda: len(scene.runs_in({"success"})) > ended_before, "the first run of the backfill")
    night = scene.ended(scene.trigger())
    scene.let_the_night_be_over()
    left = scene.runs_in({"queued", "running"})
    scene.call("PUT", f"/backfills/{backfill}/cancel")
    scene.finish(backfill)
    cancelled = len(scene.runs_in({"failed"}))
    resumed = scene.backfill(str(days[0]), f"{days[-1]}T23:59", "--reprocess-behavior", "failed")
    scene.finish(resumed)

    assert night["state"] == "success"
    assert left
    assert cancelled > 0
    assert [scene.in_books(day) for day in days] == [2] * len(days)
