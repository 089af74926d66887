"""What an operator does to runs by hand, on a real scheduler, books nothing twice and loses nothing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from tests.scheduler.hands import clear, delete_run, fault, mark_run, mark_task, paused
from tests.scheduler.scene import AMSTERDAM, Scene

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("airflow")]

WATERMARKS = "SELECT * FROM watermark ORDER BY sync_id, resource"
POSTS = {"method": "POST", "path": "/api/v1/*"}
READS_OF_THE_LEDGER = {"method": "GET", "path": "/api/v1/*/TransactionLines*"}


@pytest.fixture(autouse=True)
def nothing_is_booked_twice_or_lost(scene: Scene) -> Iterator[None]:
    yield
    assert set(scene.booked().values()) == {1}
    assert scene.stored("SELECT state FROM posting WHERE state NOT IN ('booked', 'parked')") == []


@pytest.fixture
def day() -> date:
    return datetime.now(AMSTERDAM).date() - timedelta(days=9)


def issue_and_run(scene: Scene, day: date) -> str:
    scene.issue(day)
    return str(scene.ended(scene.trigger())["dag_run_id"])


def test_load_cleared_alone_books_nothing_again_and_leaves_the_verdict(scene: Scene, day: date) -> None:
    run_id = issue_and_run(scene, day)
    booked, report = scene.booked(), scene.report(run_id)

    clear(scene, run_id, "load", downstream=False)

    assert report["booked"] == 2
    assert scene.booked() == booked
    assert scene.report(run_id) == report


def test_extract_cleared_with_downstream_books_only_what_came_since(scene: Scene, day: date) -> None:
    run_id = issue_and_run(scene, day)
    booked = sum(scene.booked().values())
    scene.issue(day)

    clear(scene, run_id, "extract", downstream=True)

    assert sum(scene.booked().values()) == booked + 2
    assert scene.report(run_id)["booked"] == 4
    assert scene.run(run_id)["state"] == "success"


def test_failed_load_that_is_marked_as_success_books_nothing_and_the_next_run_does(
    scene: Scene, day: date
) -> None:
    booked = sum(scene.booked().values())
    with fault(scene, **READS_OF_THE_LEDGER, effect="status", status=403, times=1):
        run_id = issue_and_run(scene, day)
    failed = (scene.run(run_id)["state"], scene.tasks(run_id)["load"], scene.report(run_id)["waiting"])

    mark_task(scene, run_id, "load", "success")
    marked = scene.ended(run_id)["state"]
    left = sum(scene.booked().values()) - booked
    following = scene.ended(scene.trigger())["dag_run_id"]

    assert failed == ("failed", "failed", 2)
    # Airflow lets conclude judge again, which finds nothing worse than documents that wait.
    assert (marked, left) == ("success", 0)
    assert scene.report(following)["booked"] == 2


def test_load_marked_as_failed_while_it_sends_is_looked_up_when_it_is_cleared(
    scene: Scene, day: date
) -> None:
    scene.issue(day)
    before = len(scene.entries())
    with fault(scene, **POSTS, effect="slow", delay_s=15, times=1):
        run_id = scene.trigger()
        scene.wait(lambda: len(scene.entries()) > before, "a booking whose answer is slow")
        mark_task(scene, run_id, "load", "failed")
        stopped = scene.ended(run_id)
    on_its_way = scene.stored("SELECT state FROM posting WHERE state IN ('sending', 'unknown')")

    clear(scene, run_id, "load", downstream=True)

    assert stopped["state"] == "failed"
    assert len(on_its_way) == 1
    assert len(scene.entries()) == before + 2
    assert scene.run(run_id)["state"] == "success"


def test_paused_dag_starts_no_task_and_goes_on_where_it_was(scene: Scene, day: date) -> None:
    scene.issue(day)
    before = len(scene.entries())
    with fault(scene, **POSTS, effect="slow", delay_s=4, times=1):
        begun = scene.trigger()
        scene.wait(lambda: len(scene.entries()) > before, "a booking whose answer is slow")
        with paused(scene):
            waiting, given_up = scene.trigger(), scene.trigger()
            scene.wait(lambda: scene.tasks(begun)["load"] == "success", "the end of the task under way")
            mark_run(scene, given_up, "failed")
            standing_still = (scene.run(begun)["state"], scene.tasks(begun)["reconcile"])
            not_begun = (scene.run(waiting)["state"], scene.tasks(waiting)["extract"])
    after = [scene.ended(run_id)["state"] for run_id in (begun, waiting, given_up)]

    assert standing_still == ("running", None)
    assert not_begun == ("queued", None)
    assert after == ["success", "success", "failed"]
    assert len(scene.entries()) == before + 2


def test_deleted_run_takes_no_booking_along(scene: Scene, day: date) -> None:
    run_id = issue_and_run(scene, day)
    watermark, booked = scene.stored(WATERMARKS), scene.booked()

    delete_run(scene, run_id)
    left = scene.stored(WATERMARKS)
    following = scene.ended(scene.trigger())["dag_run_id"]

    assert left == watermark
    # The write-back of the deleted run changed its documents in the source, so that the next one reads them.
    assert scene.stored(WATERMARKS) >= watermark
    assert scene.booked() == booked
    assert scene.report(following)["booked"] == 0


def test_changed_mapping_row_parks_what_is_unsent_and_leaves_what_is_booked(scene: Scene, day: date) -> None:
    file = scene.mappings / "exactonline" / "journals.csv"
    rows, booked = file.read_text(encoding="utf-8"), scene.booked()
    file.write_text(rows.splitlines(keepends=True)[0], encoding="utf-8")
    try:
        parking = issue_and_run(scene, day)
    finally:
        file.write_text(rows, encoding="utf-8")
    parked = (scene.run(parking)["state"], scene.booked() == booked, codes(scene, parking))

    mended = scene.ended(scene.trigger())

    assert parked == ("failed", True, 2)
    assert mended["state"] == "success"
    assert scene.report(mended["dag_run_id"])["booked"] == 2


def codes(scene: Scene, run_id: str) -> int:
    """Count the documents that a run parked for want of a journal."""
    return sum(reason["codes"] == ["journal_unmapped"] for reason in scene.report(run_id)["reasons"])
