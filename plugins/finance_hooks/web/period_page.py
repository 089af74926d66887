"""Show one journal and period: its figures, what differs, its documents page by page, what others booked."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request, status
from fastapi.responses import HTMLResponse

from finance_hooks.store.comparisons import newest_comparisons, read_figures
from finance_hooks.store.last_bookings import last_bookings
from finance_hooks.store.period_documents import LISTED, Place, read_differing, read_period_documents
from finance_hooks.web.access import User
from finance_hooks.web.administrations import visible_row
from finance_hooks.web.pages import read_language, show
from finance_hooks.web.period import (
    list_document,
    read_comparison,
    read_cursor,
    tell_differing,
    write_cursor,
)
from finance_hooks.web.reading import reading
from finance_hooks.web.reconciliation import (
    Line,
    make_lines,
    read_period,
)

router = APIRouter(prefix="/reconciliation")


@router.get("/{sync_id}/{period}")
def period_page(
    request: Request,
    user: User,
    sync_id: str,
    period: str,
    journal: Annotated[str, Query(max_length=100)] = "",
    after: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:
    """Show one journal and period, its documents from one on; 404 where there is nothing of ours."""
    row = visible_row(user, sync_id)
    asked = read_period(period)
    if asked is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, period)
    place = Place(sync_id=sync_id, journal=journal, period=asked)
    with reading() as connection:
        lines = make_lines(newest_comparisons(connection, [sync_id]), last_bookings(connection, [sync_id]))
        figures = read_figures(connection, sync_id, journal, asked)
        differing = read_differing(connection, place, limit=LISTED + 1)
        standings = read_period_documents(connection, place, read_cursor(after), limit=LISTED + 1)
    here = (one for one in lines.get(sync_id, ()) if (one.period, one.journal) == (asked, journal))
    line = next(here, Line(journal=journal, period=asked, compared=None, booked_at=None))
    if line.compared is None and line.booked_at is None and not standings:
        raise HTTPException(status.HTTP_404_NOT_FOUND, journal)
    language = read_language(request)
    return show(
        request,
        "period.html",
        row=row,
        line=line,
        figures=None if figures is None else read_comparison(figures),
        differing=[(one, tell_differing(one, language)) for one in differing[:LISTED]],
        has_more_differing=len(differing) > LISTED,
        documents=[list_document(one) for one in standings[:LISTED]],
        following=write_cursor(standings[LISTED - 1]) if len(standings) > LISTED else None,
        begins=read_cursor(after) is None,
    )
