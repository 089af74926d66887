"""What an operator does by hand, on a real scheduler, books nothing twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from finance_hooks.mapping.folder import MAPPINGS
from tests.scheduler.scene import AMSTERDAM, Scene

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("airflow")]

BELGIAN = "exact_be"


@pytest.fixture(autouse=True)
def nothing_is_booked_twice(scene: Scene) -> Iterator[None]:
    yield
    assert set(scene.booked().values()) == {1}


@pytest.fixture
def rows(scene: Scene) -> Iterator[str]:
    """Return the text of administrations.csv, which stands again when the test is over."""
    file = scene.mappings / "administrations.csv"
    before = file.read_text(encoding="utf-8")
    yield before
    file.write_text(before, encoding="utf-8")


def issue_and_run(scene: Scene) -> str:
    scene.issue(datetime.now(AMSTERDAM).date() - timedelta(days=9))
    return str(scene.ended(scene.trigger())["dag_run_id"])


def test_load_cleared_alone_books_nothing_again_and_leaves_the_verdict(scene: Scene) -> None:
    run_id = issue_and_run(scene)
    booked, report = scene.booked(), scene.report(run_id)

    scene.clear(run_id, "load", downstream=False)

    assert report["booked"] == 2
    assert scene.booked() == booked
    assert scene.report(run_id) == report


def test_extract_cleared_with_downstream_books_only_what_came_since(scene: Scene) -> None:
    run_id = issue_and_run(scene)
    booked = sum(scene.booked().values())
    scene.issue(datetime.now(AMSTERDAM).date() - timedelta(days=9))

    scene.clear(run_id, "extract", downstream=True)

    assert sum(scene.booked().values()) == booked + 2
    assert scene.report(run_id)["booked"] == 4
    assert scene.run(run_id)["state"] == "success"


def test_spoiled_row_that_is_added_has_its_dag_and_takes_no_other_along(scene: Scene, rows: str) -> None:
    row = (MAPPINGS / "administrations.csv").read_text(encoding="utf-8").splitlines()[2]
    spoiled = row.replace("7654321", "")
    (scene.mappings / "administrations.csv").write_text(f"{rows}{spoiled}\n", encoding="utf-8")

    appeared = f"sync_{BELGIAN}"
    scene.wait(lambda: appeared in {dag.dag_id for dag in scene.system.api.our_dags()}, "the new DAG")
    run_id = scene.trigger(dag_id=appeared)
    other = scene.ended(scene.trigger())
    failed = scene.ended(run_id, appeared)

    assert other["state"] == "success"
    assert failed["state"] == "failed"
    assert scene.tasks(run_id, appeared)["extract"] == "failed"
    assert not any(dag.paused for dag in scene.system.api.our_dags())
