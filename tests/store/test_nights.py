"""Runs are read page by page with their counts, and without the lists that make a report long."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from finance_hooks.store.nights import Mark, marks_since, reports_of, runs_before, runs_named
from finance_hooks.store.runs import start_run, write_run
from tests.store.counting import counted, plan_of

BEGAN = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
REPORT = {"booked": 3, "difference": "0.00", "red": [], "journals": [{"journal": "70"}], "reasons": ["x"]}

YEARS = """
INSERT INTO run (sync_id, run_id, started_at)
SELECT 'sync_' || one, 'run ' || night, :began - night * interval '1 day'
FROM generate_series(1, 20) AS one, generate_series(1, 1000) AS night
"""


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.begin() as opened:
        for night in range(5):
            for sync_id in ("exact_nl", "afas_nl"):
                start_run(opened, sync_id, f"night {night}", at=BEGAN + night * DAY)
        concluded = {"report": REPORT, "concluded_at": BEGAN + 3 * DAY}
        write_run(opened, "exact_nl", "night 3", **concluded)
    with engine.connect() as opened:
        yield opened


def test_pages_of_runs_show_each_once_newest_first(connection: sa.Connection) -> None:
    first = runs_before(connection, "exact_nl", None, limit=3)
    second = runs_before(connection, "exact_nl", first[-1].started_at, limit=3)

    assert [run.run_id for run in (*first, *second)] == [f"night {night}" for night in (4, 3, 2, 1, 0)]


def test_report_comes_without_its_lists_and_is_empty_before_there_is_one(connection: sa.Connection) -> None:
    (concluded, open_one) = sorted(
        runs_named(connection, "exact_nl", ["night 3", "night 4", "night 9"]), key=lambda run: run.run_id
    )

    assert concluded.report == {"booked": 3, "difference": "0.00", "red": []}
    assert concluded.concluded_at == BEGAN + 3 * DAY
    assert (open_one.report, open_one.concluded_at) == ({}, None)


def test_reports_of_many_administrations_are_read_at_once(connection: sa.Connection) -> None:
    wanted = {("exact_nl", "night 3"), ("afas_nl", "night 3"), ("exact_be", "night 3")}
    with counted(connection) as made:
        found = reports_of(connection, wanted)

    assert set(found) == {("exact_nl", "night 3"), ("afas_nl", "night 3")}
    assert found["exact_nl", "night 3"].report["booked"] == 3
    assert len(made.statements) == 1
    assert reports_of(connection, set()) == {}


def test_marks_are_those_of_the_administrations_that_are_asked_for(connection: sa.Connection) -> None:
    found = marks_since(connection, ["exact_nl", "twinfield_nl"], BEGAN + 3 * DAY)

    assert sorted(found, key=lambda mark: mark.run_id) == [
        Mark(
            sync_id="exact_nl",
            run_id="night 3",
            started_at=BEGAN + 3 * DAY,
            concluded_at=BEGAN + 3 * DAY,
        ),
        Mark(sync_id="exact_nl", run_id="night 4", started_at=BEGAN + 4 * DAY, concluded_at=None),
    ]


def test_runs_of_years_are_found_by_an_index_in_one_statement(connection: sa.Connection) -> None:
    connection.execute(sa.text(YEARS), {"began": BEGAN})
    connection.execute(sa.text("ANALYZE run"))
    sync_ids = [f"sync_{one}" for one in range(1, 21)]

    with counted(connection) as marks:
        found = marks_since(connection, sync_ids, BEGAN - 14 * DAY)
    with counted(connection) as page:
        runs = runs_before(connection, "sync_7", BEGAN - 500 * DAY, limit=25)

    assert (len(found), len(runs)) == (280, 25)
    for made in (marks, page):
        assert "ix_run_started" in plan_of(connection, made)
