"""A wish that is not clear fails at once and changes nothing, on a real scheduler."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import requests

from tests.scheduler.scene import AMSTERDAM, Scene

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("airflow")]

UNCLEAR: tuple[dict[str, object], ...] = (
    {"form": "2026-01-01", "to": "2026-01-31"},
    {"form": "2026-01-01", "until": "2026-01-31"},
    {"from": "2026-01-01"},
    {"to": "2026-01-31"},
    {"from": "2026-02-01", "to": "2026-01-31"},
)
COUNTS = """
SELECT (SELECT count(*) FROM document_version), (SELECT count(*) FROM posting),
       (SELECT count(*) FROM event), (SELECT count(*) FROM finding)
"""


@pytest.fixture(autouse=True)
def nothing_changes(scene: Scene) -> Iterator[None]:
    before = everything(scene)
    yield
    assert everything(scene) == before


def everything(scene: Scene) -> object:
    """Return what the books hold, and what the store knows but for its runs."""
    return scene.booked(), scene.stored(COUNTS), scene.stored("SELECT * FROM watermark")


def failed_in_extract(scene: Scene, run_id: str) -> bool:
    tasks = scene.tasks(run_id)
    return (tasks["extract"], tasks["load"]) == ("failed", "upstream_failed")


def test_conf_with_a_typo_or_with_half_a_range_fails_extract(scene: Scene) -> None:
    scene.issue(datetime.now(AMSTERDAM).date() - timedelta(days=5))

    triggered = [scene.trigger(conf) for conf in UNCLEAR]
    states = [scene.ended(run_id)["state"] for run_id in triggered]

    assert set(states) == {"failed"}
    assert all(failed_in_extract(scene, run_id) for run_id in triggered)


def test_backfill_with_dates_in_its_conf_fails_extract(scene: Scene) -> None:
    day = datetime.now(AMSTERDAM).date() - timedelta(days=300)
    conf = {"from": "2026-01-01", "to": "2026-01-31"}

    scene.finish(scene.ask_backfill([day], dag_run_conf=conf))

    [run] = [run for run in scene.runs() if run["run_type"] == "backfill" and run["conf"] == conf]
    assert run["state"] == "failed"
    assert failed_in_extract(scene, run["dag_run_id"])


@pytest.mark.parametrize("conf", [{"kinds": ["invoices"]}, {"kinds": []}, {"from": "1 October"}])
def test_form_refuses_what_is_no_date_or_no_kind(scene: Scene, conf: dict[str, object]) -> None:
    with pytest.raises(requests.HTTPError, match=r"400|422"):
        scene.trigger(conf)
