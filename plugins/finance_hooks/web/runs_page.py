"""Show the runs of one administration page by page, and one run with the time that each step took."""

from datetime import UTC, datetime
from decimal import Decimal

from fastapi import APIRouter, HTTPException, Request, status
from fastapi.responses import HTMLResponse

from finance_hooks.store.nights import runs_before, runs_named
from finance_hooks.web.access import User, dag_id_of
from finance_hooks.web.administrations import visible_row
from finance_hooks.web.airflow_pages import airflow_address
from finance_hooks.web.airflow_state import airflow_runs_before, airflow_runs_named, steps_of
from finance_hooks.web.charts import Frame, TimeAxis, column_chart
from finance_hooks.web.formats import AMSTERDAM
from finance_hooks.web.nights import Night, advice_of, merge
from finance_hooks.web.pages import show
from finance_hooks.web.reading import reading
from finance_hooks.web.steps import STEP_TEXTS, pieces, told_as_people_see

router = APIRouter(prefix="/nights")

LISTED = 25
FRAME = Frame(width=1000, left=60, right=990, top=15, bottom=190)
LINE = (190, 860)
"""Where the line of time of one run begins and ends, in pixels of the chart."""


@router.get("/{sync_id}")
def runs_page(request: Request, user: User, sync_id: str, before: str = "") -> HTMLResponse:
    """Show the newest runs of one administration, or those that began before an instant."""
    row = visible_row(user, sync_id)
    nights = read_nights(sync_id, _asked(before))
    shown = nights[:LISTED]
    reported = [night for night in reversed(shown) if night.report]
    return show(
        request,
        "runs.html",
        row=row,
        nights=shown,
        following=shown[-1].started_at.isoformat() if len(nights) > LISTED else None,
        begins=not before,
        reported=reported,
        chart=column_chart([_counts(night) for night in reported], FRAME),
        airflow=airflow_address(request),
        dag_id=dag_id_of(sync_id),
    )


@router.get("/{sync_id}/{run_id:path}")
def run_page(request: Request, user: User, sync_id: str, run_id: str) -> HTMLResponse:
    """Show one run; 404 where neither the store nor Airflow knows it."""
    row = visible_row(user, sync_id)
    with reading() as connection:
        stored = runs_named(connection, sync_id, [run_id])
    found = merge(stored, airflow_runs_named(sync_id, [run_id]), sync_id=sync_id)
    if not found:
        raise HTTPException(status.HTTP_404_NOT_FOUND, run_id)
    (night,) = found
    now = datetime.now(tz=UTC)
    steps = told_as_people_see(steps_of([(sync_id, run_id)]), night)
    line = TimeAxis(begin=night.started_at, end=night.ended_at or now, left=LINE[0], right=LINE[1])
    return show(
        request,
        "run.html",
        row=row,
        night=night,
        advices=advice_of(night),
        steps=steps,
        pieces={piece.step.task_id: piece for piece in pieces(steps, line, now)},
        line=line,
        ticks=line.ticks(AMSTERDAM),
        step_texts=STEP_TEXTS,
        airflow=airflow_address(request),
        dag_id=dag_id_of(sync_id),
    )


def read_nights(sync_id: str, before: datetime | None) -> list[Night]:
    """Read one run more than a page holds, of the store and of Airflow, each told what the other knows."""
    in_airflow = airflow_runs_before(sync_id, before, limit=LISTED + 1)
    with reading() as connection:
        in_store = runs_before(connection, sync_id, before, limit=LISTED + 1)
        known = {run.run_id for run in in_store}
        in_store += runs_named(connection, sync_id, {run.run_id for run in in_airflow} - known)
    known = {run.run_id for run in in_airflow}
    in_airflow += airflow_runs_named(sync_id, {run.run_id for run in in_store} - known)
    return merge(in_store, in_airflow, sync_id=sync_id, before=before)[: LISTED + 1]


def _asked(before: str) -> datetime | None:
    """Read before which instant to show; 404 for what is none."""
    if not before:
        return None
    try:
        return datetime.fromisoformat(before).astimezone(UTC)
    except (ValueError, OverflowError):
        raise HTTPException(status.HTTP_404_NOT_FOUND, before) from None


def _counts(night: Night) -> tuple[Decimal, Decimal]:
    return Decimal(night.report["booked"]), Decimal(night.report["parked"])
