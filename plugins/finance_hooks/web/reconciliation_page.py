"""Show what source and books say per journal and period: of all administrations, and of one."""

from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, Response, status
from fastapi.responses import HTMLResponse

from finance_hooks.model.entry import Period
from finance_hooks.store.comparisons import newest_comparisons
from finance_hooks.store.last_bookings import last_bookings
from finance_hooks.web.access import User
from finance_hooks.web.administrations import label_of, visible_row, visible_rows
from finance_hooks.web.charts import Frame, column_chart
from finance_hooks.web.pages import read_language, show
from finance_hooks.web.reading import reading
from finance_hooks.web.reconciliation import (
    Line,
    PeriodSum,
    Sum,
    by_period,
    make_lines,
    read_period,
    window,
)
from finance_hooks.web.reconciliation_sheet import sheet_rows
from finance_hooks.web.sheet import write_sheet

router = APIRouter(prefix="/reconciliation")

FRAME = Frame(width=1000, left=110, right=990, top=20, bottom=230)
Journal = Annotated[str | None, Query(max_length=100)]


@router.get("")
def reconciliation_page(request: Request, user: User) -> HTMLResponse:
    """Show how the books of every administration stand that the user may see."""
    rows = visible_rows(user)
    lines = read_lines([row.sync_id for row in rows])
    found = [(row, Sum(lines=lines.get(row.sync_id, ()))) for row in rows]
    shown = [(row, whole, window(by_period(whole.lines), None).periods[::-1]) for row, whole in found]
    labels = {row.sync_id: label_of(row) for row in rows}
    return show(request, "reconciliation.html", shown=shown, labels=labels)


@router.get("/{sync_id}")
def administration_page(
    request: Request, user: User, sync_id: str, until: str = "", journal: Journal = None
) -> HTMLResponse:
    """Show thirteen periods of one administration, of all its journals or of one."""
    row = visible_row(user, sync_id)
    every = read_lines([sync_id]).get(sync_id, ())
    lines = tuple(line for line in every if journal in {None, line.journal})
    page = window(by_period(lines), _asked(until))
    oldest_first = page.periods[::-1]
    return show(
        request,
        "administration.html",
        row=row,
        journal=journal,
        journals=sorted({line.journal for line in every}),
        whole=Sum(lines=lines),
        page=page,
        oldest_first=oldest_first,
        chart=column_chart([_bars(one) for one in oldest_first], FRAME),
    )


@router.get("/{sync_id}/figures.csv")
def figures(request: Request, user: User, sync_id: str, journal: Journal = None) -> Response:
    """Hand out the lines of all periods for a spreadsheet."""
    visible_row(user, sync_id)
    lines = [one for one in read_lines([sync_id]).get(sync_id, ()) if journal in {None, one.journal}]
    return Response(
        write_sheet(sheet_rows(sync_id, lines, read_language(request))),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="afstemming-{sync_id}.csv"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def read_lines(sync_ids: list[str]) -> dict[str, tuple[Line, ...]]:
    """Read what was compared and booked, in as many statements for many administrations as for one."""
    with reading() as connection:
        return make_lines(newest_comparisons(connection, sync_ids), last_bookings(connection, sync_ids))


def _asked(until: str) -> Period | None:
    """Read from which period to show; 404 for what is none."""
    asked = read_period(until)
    if until and asked is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, until)
    return asked


def _bars(period: PeriodSum) -> tuple[Decimal | None, ...]:
    return period.source, period.books
