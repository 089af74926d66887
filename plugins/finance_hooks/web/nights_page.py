"""Show the last night of all administrations: when and how fast, what it did, and what the limits leave."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from finance_hooks.store import overview
from finance_hooks.store.engine import Connection
from finance_hooks.store.nights import marks_since, reports_of
from finance_hooks.web.access import User, dag_id_of
from finance_hooks.web.administrations import label_of, visible_rows
from finance_hooks.web.airflow_pages import airflow_address
from finance_hooks.web.airflow_state import airflow_runs_since, steps_of
from finance_hooks.web.formats import AMSTERDAM
from finance_hooks.web.gauges import UNIT_TEXTS, gauges
from finance_hooks.web.limits import read_limits
from finance_hooks.web.nights import Night, Outcome, by_day, last_days, make_night, merge
from finance_hooks.web.pages import show
from finance_hooks.web.reading import reading
from finance_hooks.web.steps import STEP_TEXTS, make_timeline

router = APIRouter(prefix="/nights")

LINE = (140, 985)
"""Where the line of time begins and ends, in pixels of the chart."""

GAUGE_WIDTH = 220


@router.get("")
def nights_page(request: Request, user: User) -> HTMLResponse:
    """Show the last night of every administration that the user may see, and the two weeks before."""
    rows = visible_rows(user)
    sync_ids = [row.sync_id for row in rows]
    now = datetime.now(tz=UTC)
    days = last_days(now)
    since = datetime.combine(days[0], time.min, tzinfo=AMSTERDAM)
    in_airflow = airflow_runs_since(sync_ids, since)
    with reading() as connection:
        marks = marks_since(connection, sync_ids, since)
        nights = {
            sync_id: merge(
                (mark for mark in marks if mark.sync_id == sync_id),
                (run for run in in_airflow if run.sync_id == sync_id),
                sync_id=sync_id,
            )
            for sync_id in sync_ids
        }
        last = last_nights(connection, nights)
        unbooked = overview.unbooked(connection, sync_ids)
    steps = steps_of((night.sync_id, night.run_id) for night in last.values())
    return show(
        request,
        "nights.html",
        rows=rows,
        labels={row.sync_id: label_of(row) for row in rows},
        last=last,
        unbooked=unbooked,
        days=days,
        grid={sync_id: by_day(nights[sync_id], days) for sync_id in sync_ids},
        timeline=make_timeline(list(last.values()), steps, now, LINE),
        step_texts=STEP_TEXTS,
        outcomes=tuple(Outcome),
        unit_texts=UNIT_TEXTS,
        limits=[(one, gauges(one.rooms, GAUGE_WIDTH)) for one in read_limits(rows)],
        airflow=airflow_address(request),
        dag_id_of=dag_id_of,
    )


def last_nights(connection: Connection, nights: Mapping[str, Sequence[Night]]) -> dict[str, Night]:
    """Choose the newest run that was no plan, with its report; of long ago where there was none since."""
    chosen = {
        sync_id: next((one for one in found if one.outcome is not Outcome.PLANNED), None)
        for sync_id, found in nights.items()
    }
    earlier = overview.last_runs(connection, [sync_id for sync_id, night in chosen.items() if night is None])
    reports = reports_of(connection, {(one.sync_id, one.run_id) for one in chosen.values() if one})
    last = {sync_id: make_night(run, None, sync_id=sync_id) for sync_id, run in earlier.items()}
    for sync_id, night in chosen.items():
        if night is not None:
            known = reports.get((sync_id, night.run_id))
            last[sync_id] = replace(night, report=known.report) if known else night
    return last
