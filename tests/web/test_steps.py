"""Where the steps of runs stand on the line of time, and what is said of them."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from finance_hooks.operators.sync_dag import STEPS
from finance_hooks.web.steps import (
    STEP_TEXTS,
    Step,
    in_order,
    make_timeline,
    pieces,
    told_as_people_see,
)
from tests.web.test_nights import DAY, HOUR, MINUTE, NIGHT, night


def step(task_id: str, minutes: int | None = 0, **changes: Any) -> Step:
    values: dict[str, Any] = {
        "sync_id": "exact_nl",
        "run_id": "night",
        "state": "success",
        "attempts": 1,
        "started_at": None if minutes is None else NIGHT + minutes * MINUTE,
        "ended_at": None if minutes is None else NIGHT + (minutes + 5) * MINUTE,
    }
    return Step(task_id=task_id, **(values | changes))


def test_timeline_shows_the_runs_of_the_newest_night_and_what_goes_on_until_now() -> None:
    now = NIGHT + 2 * HOUR
    running = replace(night(), run_id="running", sync_id="afas_nl", ended_at=None)
    earlier = replace(night(), run_id="earlier", sync_id="exact_be", started_at=NIGHT - DAY)
    steps = [step("load", 30), step("reconcile", 40, ended_at=None), step("conclude", None)]

    timeline = make_timeline([night(), running, earlier], steps, now, (0, 120))

    (one, one_span, one_pieces), (other, other_span, other_pieces) = timeline.rows
    assert (one.run_id, other.run_id) == ("night", "running")
    assert (one_span.x, one_span.width) == (Decimal(0), Decimal(61))
    assert other_span.width == Decimal(120)
    assert [(piece.number, piece.span.x, piece.span.width) for piece in one_pieces] == [
        (1, Decimal(30), Decimal(5)),
        (2, Decimal(40), Decimal(80)),
    ]
    assert other_pieces == ()
    assert timeline.ticks


def test_timeline_of_nothing_is_empty() -> None:
    assert make_timeline([], [], NIGHT, (0, 100)).rows == ()


def test_steps_stand_in_the_order_of_the_dag_and_each_has_a_name() -> None:
    assert list(STEP_TEXTS) == list(STEPS)
    assert [one.task_id for one in in_order([step("new"), step("load"), step("extract")])] == [
        "extract",
        "load",
        "new",
    ]


def test_step_that_has_not_begun_has_no_piece_and_took_no_time() -> None:
    timeline = make_timeline([night()], [], NIGHT, (0, 100))
    waiting = step("load", None, state=None)

    assert pieces([waiting], timeline.axis, NIGHT) == ()
    assert (waiting.lasted, waiting.text) == (None, "runs.step_waiting")
    assert (step("load").lasted, step("load").text) == (5 * MINUTE, "runs.step_success")


def test_step_that_made_the_report_did_not_fail() -> None:
    failed = [step("conclude", 50, state="failed"), step("load", 30, state="failed")]

    reported = told_as_people_see(failed, night())
    unreported = told_as_people_see(failed, night(None))

    assert [one.text for one in reported] == ["runs.step_failed", "runs.step_reported"]
    assert [one.text for one in unreported] == ["runs.step_failed", "runs.step_failed"]
