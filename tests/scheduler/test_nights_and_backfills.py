"""Runs that want the same books at once, on a real scheduler: the night comes first, nobody books twice."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from finance_hooks.targets.exactonline.settings import NIGHTLY_RESERVE
from tests.scheduler.scene import AMSTERDAM, DIVISION, Scene

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("airflow")]

USED_TODAY = "SELECT used FROM budget WHERE window_s = 86400 AND counter LIKE :counter"
USE = "UPDATE budget SET used = :used WHERE window_s = 86400 AND counter LIKE :counter"
USE_ALL_BUT = (
    "UPDATE budget SET used = learned_limit - :left WHERE window_s = 86400 AND counter LIKE :counter"
)
JOURNALS_OF_PURCHASES = {"60", "61", "65"}
SOME_OF_EACH_KIND = 3
"""A seed by which eight documents are six sales invoices, one purchase invoice and one memorial."""


@pytest.fixture(autouse=True)
def nothing_is_booked_twice_and_no_limit_is_exceeded(scene: Scene) -> Iterator[None]:
    yield
    assert set(scene.booked().values()) == {1}
    assert all(call["status"] != 429 for call in scene.listed("calls", "calls"))


@pytest.fixture
def long_ago() -> date:
    """Return a day outside the open window, so that no night takes what a backfill is asked for."""
    return datetime.now(AMSTERDAM).date() - timedelta(days=71)


@pytest.fixture
def last_week() -> date:
    return datetime.now(AMSTERDAM).date() - timedelta(days=7)


@pytest.fixture(name="no_call_above_the_reserve")
def _no_call_above_the_reserve(scene: Scene) -> Iterator[None]:
    """Let all calls of today be used but those that are kept for the nightly run."""
    counter = f"%|{DIVISION}"
    [(used,)] = scene.stored(USED_TODAY, counter=counter)
    scene.change_stored(USE_ALL_BUT, counter=counter, left=NIGHTLY_RESERVE)
    yield
    scene.change_stored(USE, counter=counter, used=used)


def test_backfill_cancelled_half_way_is_resumed_and_two_nights_beside_it_come_through(
    scene: Scene, long_ago: date, last_week: date
) -> None:
    days = [long_ago + timedelta(days=number) for number in range(4)]
    scene.issue(*days)
    ended_before, of_the_night = len(scene.runs_in({"success"})), scene.in_books(last_week)

    backfill = scene.ask_backfill(days)
    scene.wait(lambda: len(scene.runs_in({"success"})) > ended_before, "the first run of the backfill")
    scene.issue(last_week)
    nights = [scene.ended(run_id) for run_id in [scene.trigger(), scene.trigger()]]
    scene.let_the_night_be_over()
    left = scene.runs_in({"queued", "running"})
    scene.call("PUT", f"/backfills/{backfill}/cancel")
    scene.finish(backfill)
    cancelled = len(scene.runs_in({"failed"}))
    resumed = scene.ask_backfill(days, reprocess_behavior="failed")
    scene.finish(resumed)

    for night in nights:
        assert night["state"] == "success", scene.account(night["dag_run_id"])
    assert scene.in_books(last_week) == of_the_night + 2
    assert left
    assert cancelled > 0
    assert [scene.in_books(day) for day in days] == [2] * len(days)


@pytest.mark.usefixtures("no_call_above_the_reserve")
def test_backfill_leaves_the_calls_of_the_day_that_are_kept_for_the_night(
    scene: Scene, long_ago: date
) -> None:
    day = long_ago - timedelta(days=20)
    scene.issue(day)
    calls = len(scene.listed("calls", "calls"))

    scene.finish(scene.ask_backfill([day]))
    run = scene.backfilled(day)
    waiting = scene.report(run["dag_run_id"])["waiting"]
    made = len(scene.listed("calls", "calls")) - calls
    night = scene.ended(scene.trigger())

    assert (run["state"], waiting, made) == ("success", 2, 0)
    assert night["state"] == "success"
    assert scene.report(night["dag_run_id"])["booked"] == 2
    assert scene.in_books(day) == 2


def test_run_for_one_kind_moves_no_watermark_and_the_night_takes_the_rest(
    scene: Scene, last_week: date
) -> None:
    present = {entry["number"] for entry in scene.entries()}
    watermark = scene.stored("SELECT * FROM watermark")
    scene.issue(last_week, count=8, seed=SOME_OF_EACH_KIND)

    chosen = scene.ended(scene.trigger({"kinds": ["purchase"]}))["dag_run_id"]
    purchases = [entry for entry in scene.entries() if entry["number"] not in present]
    stays = scene.stored("SELECT * FROM watermark")
    rest = scene.ended(scene.trigger())["dag_run_id"]

    booked = [scene.report(run_id)["booked"] for run_id in (chosen, rest)]
    assert booked == [len(purchases), 8 - len(purchases)]
    assert {entry["journal"] for entry in purchases} <= JOURNALS_OF_PURCHASES
    assert 0 < len(purchases) < 8
    assert stays == watermark
