"""Rows of administrations.csv come, go wrong and go away under a running scheduler."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from finance_hooks.mapping.folder import MAPPINGS
from tests.scheduler.scene import AMSTERDAM, DAG_ID, ENDED, SYNC_ID, Scene

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("airflow")]

WATERMARKS = "SELECT * FROM watermark WHERE sync_id = :sync_id ORDER BY resource"
SPOILED, EARLIER = "exact_be", "exact_nl_earlier"
HAS_ENDED_ON = date(2025, 6, 30)


@pytest.fixture(autouse=True)
def nothing_is_booked_twice(scene: Scene) -> Iterator[None]:
    yield
    assert set(scene.booked().values()) == {1}


@pytest.fixture(scope="module")
def rows(scene: Scene) -> Iterator[str]:
    """Return the text of administrations.csv; all mapping files stand again when the module is done."""
    before = {file: file.read_text(encoding="utf-8") for file in scene.mappings.rglob("*.csv")}
    yield before[scene.mappings / "administrations.csv"]
    for file, text in before.items():
        file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def added(scene: Scene, rows: str) -> str:
    """Add a spoiled row, and split the good one by date: its first months get a row of their own.

    Returns the id of a run of the good one that was triggered meanwhile.
    """
    scene.issue(HAS_ENDED_ON)
    map_alike(scene)
    write(scene, [*split(rows), spoiled()])
    scene.wait(lambda: dags(scene) == {DAG_ID, f"sync_{SPOILED}", f"sync_{EARLIER}"}, "the new DAGs")
    run_id = scene.trigger()
    scene.wait(lambda: first_run_ended(scene, f"sync_{SPOILED}"), "the spoiled row's night")
    scene.wait(lambda: first_run_ended(scene, f"sync_{EARLIER}"), "the earlier row's night")
    return run_id


def dags(scene: Scene) -> set[str]:
    return {dag.dag_id for dag in scene.system.api.our_dags()}


def write(scene: Scene, lines: list[str]) -> None:
    (scene.mappings / "administrations.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")


def map_alike(scene: Scene) -> None:
    """Give the new row the mapping rows of the one it is split from."""
    for file in (scene.mappings / "exactonline").glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        mine = [line for line in text.splitlines(keepends=True) if line.startswith(f"{SYNC_ID},")]
        file.write_text(text + "".join(mine).replace(f"{SYNC_ID},", f"{EARLIER},"), encoding="utf-8")


def spoiled() -> str:
    """Return the Belgian row of the project's own file without its target administration."""
    lines = (MAPPINGS / "administrations.csv").read_text(encoding="utf-8").splitlines()
    return next(line.replace("7654321", "") for line in lines if line.startswith(SPOILED))


def split(rows: str) -> list[str]:
    """Let two rows with dates that do not overlap share one division."""
    header, row = rows.splitlines()
    started_on = "2024-01-01"
    earlier = row.replace(f"{SYNC_ID},", f"{EARLIER},").replace(
        f"{started_on},,", f"{started_on},{HAS_ENDED_ON},"
    )
    return [header, row.replace(started_on, str(HAS_ENDED_ON + timedelta(days=1))), earlier]


def first_run(scene: Scene, dag_id: str) -> str:
    [run, *_] = scene.call("GET", f"/dags/{dag_id}/dagRuns?order_by=id")["dag_runs"]
    return str(run["dag_run_id"])


def first_run_ended(scene: Scene, dag_id: str) -> bool:
    runs = scene.call("GET", f"/dags/{dag_id}/dagRuns?order_by=id")["dag_runs"]
    return bool(runs) and runs[0]["state"] in ENDED


def test_spoiled_row_fails_in_the_first_task_of_its_own_dag(scene: Scene, added: str) -> None:
    dag_id = f"sync_{SPOILED}"

    tasks = scene.tasks(first_run(scene, dag_id), dag_id)

    assert tasks["extract"] == "failed"
    assert scene.ended(added)["state"] == "success"
    assert not any(dag.paused for dag in scene.system.api.our_dags())


def test_two_rows_into_one_division_book_each_document_once(scene: Scene, added: str) -> None:
    run_id = first_run(scene, f"sync_{EARLIER}")

    report = scene.report(run_id, EARLIER)

    assert report["difference"] == scene.report(added)["difference"] == "0.00"
    assert report["booked"] + report["already_booked"] == 2
    assert scene.in_books(HAS_ENDED_ON) == 2


def test_removed_row_takes_its_own_dag_along_and_goes_on_when_it_is_back(
    scene: Scene, added: str, rows: str
) -> None:
    watermark = scene.stored(WATERMARKS, sync_id=SYNC_ID)
    header, late, earlier = split(rows)

    write(scene, [header, earlier])
    scene.wait(lambda: dags(scene) == {f"sync_{EARLIER}"}, "the leaving of two DAGs")
    write(scene, [header, late, earlier])
    scene.wait(lambda: DAG_ID in dags(scene), "the coming back of the DAG")
    scene.issue(datetime.now(AMSTERDAM).date() - timedelta(days=3))
    back = scene.ended(scene.trigger())

    assert added
    assert back["state"] == "success"
    assert scene.report(back["dag_run_id"])["booked"] == 2
    assert scene.stored(WATERMARKS, sync_id=SYNC_ID) >= watermark
