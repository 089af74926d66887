"""A run that only plans changes nothing, on a real scheduler, and the run after it does what was planned."""

import csv
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.scheduler.scene import AMSTERDAM, Scene

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("airflow")]

COUNTS = """
SELECT (SELECT count(*) FROM document_version), (SELECT count(*) FROM posting),
       (SELECT count(*) FROM event), (SELECT count(*) FROM finding), (SELECT count(*) FROM run)
"""


def everything(scene: Scene) -> object:
    """Return what the books hold, and what the store knows."""
    return scene.booked(), scene.stored(COUNTS), scene.stored("SELECT * FROM watermark")


def kept_plan(scene: Scene) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """Return the newest plan that was kept, as JSON and as CSV."""
    newest = max((scene.state / "plans").glob("*.json"))
    with newest.with_suffix(".csv").open(encoding="utf-8", newline="") as rows:
        return json.loads(newest.read_text(encoding="utf-8")), list(csv.DictReader(rows))


def test_planned_run_is_green_changes_nothing_and_tells_what_the_next_run_books(scene: Scene) -> None:
    day = datetime.now(AMSTERDAM).date() - timedelta(days=12)
    scene.issue(day, count=3)
    before = everything(scene)
    dates = {"from": str(day), "to": str(day)}

    planned = scene.ended(scene.trigger({"plan": True, **dates}))
    after = everything(scene)
    plan, rows = kept_plan(scene)
    run = scene.ended(scene.trigger(dates))

    assert planned["state"] == "success"
    assert scene.tasks(planned["dag_run_id"]) == {
        "extract": "success",
        **dict.fromkeys(
            ("preflight", "transform", "relations", "load", "attach", "reconcile", "write_back"), "skipped"
        ),
        "conclude": "success",
    }
    assert after == before
    assert plan["books_why_not"] is None
    assert plan["places"]["would_book"] == scene.report(run["dag_run_id"])["booked"] > 0
    descriptions = "\n".join(scene.booked())
    planned_references = {row["reference"] for row in rows if row["place"] == "would_book"}
    assert len(planned_references) == plan["places"]["would_book"]
    assert all(f"[{reference}]" in descriptions for reference in planned_references)


def test_plan_with_a_typo_in_its_conf_fails_and_changes_nothing(scene: Scene) -> None:
    before = everything(scene)

    run = scene.ended(scene.trigger({"plan": True, "form": "2026-01-01"}))

    assert run["state"] == "failed"
    assert everything(scene) == before
