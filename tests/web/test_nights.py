"""What the pages say of runs: by the store, by Airflow, or by the one of them that still knows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from finance_hooks.store.nights import Mark
from finance_hooks.store.overview import LastRun
from finance_hooks.web.links import Health
from finance_hooks.web.nights import (
    AirflowRun,
    Night,
    Outcome,
    advice_of,
    by_day,
    last_days,
    make_night,
    merge,
)

NIGHT = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
REPORT = {"booked": 30, "parked": 0, "unknown": 0, "difference": "0.00", "red": []}
STORED = LastRun(run_id="night", started_at=NIGHT + MINUTE, concluded_at=NIGHT + HOUR, report=REPORT)
IN_AIRFLOW = AirflowRun(
    sync_id="exact_nl",
    run_id="night",
    state="success",
    is_plan=False,
    started_at=NIGHT,
    ended_at=NIGHT + HOUR + MINUTE,
)


def night(stored: LastRun | Mark | None = STORED, airflow: AirflowRun | None = IN_AIRFLOW) -> Night:
    return make_night(stored, airflow, sync_id="exact_nl")


def test_run_is_told_by_airflow_s_times_and_the_store_s_figures() -> None:
    found = night()

    assert (found.started_at, found.ended_at, found.lasted) == (NIGHT, NIGHT + HOUR + MINUTE, HOUR + MINUTE)
    assert (found.outcome, found.is_in_airflow, found.difference) == (
        Outcome.SUCCEEDED,
        True,
        Decimal("0.00"),
    )
    assert found.per_hour == 29


@pytest.mark.parametrize(
    ("stored", "airflow", "expected"),
    [
        (STORED, replace(IN_AIRFLOW, state="failed"), Outcome.ATTENTION),
        (replace(STORED, concluded_at=None), replace(IN_AIRFLOW, state="failed"), Outcome.BROKEN_OFF),
        (None, replace(IN_AIRFLOW, state="failed"), Outcome.BROKEN_OFF),
        (None, replace(IN_AIRFLOW, state="queued"), Outcome.RUNNING),
        (None, replace(IN_AIRFLOW, state="running"), Outcome.RUNNING),
        (None, replace(IN_AIRFLOW, is_plan=True), Outcome.PLANNED),
        (None, replace(IN_AIRFLOW, is_plan=True, state="failed"), Outcome.BROKEN_OFF),
        (STORED, None, Outcome.SUCCEEDED),
        (replace(STORED, report=REPORT | {"red": ["x"]}), None, Outcome.ATTENTION),
        (replace(STORED, concluded_at=None, report={}), None, Outcome.BROKEN_OFF),
    ],
)
def test_outcome_is_what_became_of_the_run(
    stored: LastRun | None, airflow: AirflowRun | None, expected: Outcome
) -> None:
    assert night(stored, airflow).outcome is expected


def test_run_that_goes_on_has_neither_end_nor_figures() -> None:
    running = night(
        Mark(sync_id="exact_nl", run_id="night", started_at=NIGHT, concluded_at=None),
        replace(IN_AIRFLOW, state="running", ended_at=None),
    )

    assert (running.ended_at, running.lasted, running.difference, running.per_hour) == (None,) * 4


def test_run_that_booked_nothing_or_took_no_time_has_no_speed() -> None:
    assert night(replace(STORED, report=REPORT | {"booked": 0})).per_hour is None
    assert night(STORED, replace(IN_AIRFLOW, ended_at=NIGHT)).per_hour is None


def test_no_run_is_left_out_because_only_one_of_two_knows_it() -> None:
    failed_early = replace(IN_AIRFLOW, run_id="failed early", state="failed", started_at=NIGHT - DAY)
    forgotten = replace(STORED, run_id="forgotten", started_at=NIGHT - 2 * DAY)

    nights = merge([STORED, forgotten], [IN_AIRFLOW, failed_early], sync_id="exact_nl")

    assert [(one.run_id, one.is_in_airflow) for one in nights] == [
        ("night", True),
        ("failed early", True),
        ("forgotten", False),
    ]


def test_page_before_an_instant_leaves_out_what_began_later_by_airflow_s_time() -> None:
    cleared = replace(IN_AIRFLOW, started_at=NIGHT + DAY)

    assert merge([STORED], [cleared], sync_id="exact_nl", before=NIGHT + HOUR) == []
    assert len(merge([STORED], [IN_AIRFLOW], sync_id="exact_nl", before=NIGHT + HOUR)) == 1


def test_days_are_those_of_amsterdam_and_a_day_s_newest_run_comes_first() -> None:
    late = NIGHT.replace(hour=23, minute=30)
    days = last_days(late)
    early, again, next_day = (replace(night(), started_at=at) for at in (NIGHT, NIGHT + HOUR, late))

    cells = by_day([early, again, next_day], days)

    assert (days[0], days[-1], len(days)) == (date(2026, 11, 17), date(2026, 11, 30), 14)
    assert cells[-1] == (next_day,)
    assert cells[-2] == (again, early)
    assert set(cells[:-2]) == {()}


def test_report_says_what_asks_for_somebody() -> None:
    report = REPORT | {"difference": "-0.01", "unknown": 2, "parked": 3}

    advice = advice_of(night(replace(STORED, report=report)))

    assert [(one.key, one.health) for one in advice] == [
        ("links.difference", Health.WRONG),
        ("links.unclear", Health.WARNING),
        ("links.parked", Health.WARNING),
    ]
    assert advice[0].path == "/reconciliation/exact_nl"
    assert advice_of(night()) == ()


def test_every_outcome_has_a_word_a_mark_and_a_colour() -> None:
    assert len({outcome.text for outcome in Outcome}) == len({one.glyph for one in Outcome}) == len(Outcome)
    assert Outcome.BROKEN_OFF.health is Health.WRONG
