"""Gather page Documenten: search over every administration that the user may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import APIRouter, HTTPException, Request, status
from fastapi.responses import HTMLResponse

from finance_hooks.mapping.administrations import AdministrationRow
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.store.document_search import count_found, read_scopes, search
from finance_hooks.store.document_tally import Tally, by_reason, by_state
from finance_hooks.store.engine import Connection
from finance_hooks.store.party_names import find_party_codes
from finance_hooks.store.sought_documents import NUMBERS, Scope, Sought
from finance_hooks.store.unprepared import Unprepared, find_unprepared
from finance_hooks.web.access import User, may_act
from finance_hooks.web.administrations import visible_rows
from finance_hooks.web.airflow_pages import dag_page
from finance_hooks.web.airflow_state import next_runs
from finance_hooks.web.document_acts import Offer, offered_for_many
from finance_hooks.web.document_filter import STATES, Understood, read_asked, read_place, understand
from finance_hooks.web.document_words import is_reversal, kind_of, reason_words
from finance_hooks.web.documents import LINES, MOST, Page, groups, make_page, read_done, read_number
from finance_hooks.web.pages import read_language, show
from finance_hooks.web.reading import reading

router = APIRouter()
PARTIES = 25
"""A part of a name may mean so many parties."""
NAMED = 20
"""So many documents are named that no run has prepared yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was found, and what of the chosen administration is not booked."""

    page: Page
    count: int
    without_period: int
    states: Mapping[str, Tally]
    reasons: Mapping[str, Tally]
    unprepared: Sequence[Unprepared]
    too_many_numbers: bool
    too_many_parties: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """What may be done to all documents of one reason, and when the run comes that takes it up."""

    offers: Sequence[Offer]
    tally: Tally
    next_run: datetime | None
    dag_page: str


@router.get("/documents")
def documents_page(request: Request, user: User) -> HTMLResponse:
    """Search the documents of every administration that the user may see."""
    rows = visible_rows(user)
    understood = understand(read_asked(request.query_params))
    chosen = understood.asked.sync_id
    if chosen and chosen not in {row.sync_id for row in rows}:
        raise HTTPException(status.HTTP_404_NOT_FOUND, chosen)
    wanted = [row for row in rows if chosen in {"", row.sync_id}]
    with reading() as connection:
        searched = _search(connection, request, wanted, understood)
    language = read_language(request)
    codes = [(code.value, reason_words(code, language)) for code in ReasonCode]
    return show(
        request,
        "documents.html",
        rows=rows,
        asked=understood.asked,
        faults=understood.faults,
        searched=searched,
        most=MOST,
        states=list(STATES),
        reasons=sorted(codes, key=lambda one: one[1]),
        groups=groups(searched.reasons, language),
        done=read_done(request.query_params),
        many=_many(request, user, understood, searched),
        kind_of=kind_of,
        is_reversal=is_reversal,
        language_words=lambda code: reason_words(code, language),
    )


def _search(
    connection: Connection, request: Request, rows: Sequence[AdministrationRow], understood: Understood
) -> Searched:
    asked, query = understood.asked, request.query_params
    scopes = read_scopes(connection, [row.sync_id for row in rows])
    codes = _party_codes(connection, scopes, asked.party)
    sought = replace(understood.sought, party_codes=codes[:PARTIES] if asked.party else None)
    before, after = read_place(query.get("before"), sought), read_place(query.get("after"), sought)
    found = search(connection, scopes, sought, limit=LINES + 1, after=after, before=before)
    count = count_found(connection, scopes, sought, most=MOST + 1)
    chosen = asked.sync_id
    return Searched(
        page=make_page(
            found,
            goes_back=before is not None,
            came_from=read_number(query.get("first"), 1),
            comes_after=after is not None,
        ),
        count=count,
        without_period=_without_period(connection, scopes, sought),
        states=by_state(connection, chosen) if chosen else {},
        reasons=by_reason(connection, chosen) if chosen else {},
        unprepared=_unprepared(connection, rows, sought) if chosen or asked.number else (),
        too_many_numbers=bool(asked.number) and count >= NUMBERS,
        too_many_parties=len(codes) > PARTIES,
    )


def _without_period(connection: Connection, scopes: Sequence[Scope], sought: Sought) -> int:
    """Count what a period leaves out only because it has none yet."""
    if sought.fiscal_year is None:
        return 0
    others = replace(sought, fiscal_year=None, period=None, without_period=True)
    return count_found(connection, scopes, others, most=MOST + 1)


def _party_codes(connection: Connection, scopes: Sequence[Scope], party: str) -> list[str]:
    if not party:
        return []
    return find_party_codes(
        connection,
        party,
        organisations={scope.organisation for scope in scopes},
        books={scope.books for scope in scopes},
        limit=PARTIES,
    )


def _unprepared(
    connection: Connection, rows: Sequence[AdministrationRow], sought: Sought
) -> Sequence[Unprepared]:
    administrations = [row.administration for row in rows if row.administration is not None]
    return find_unprepared(connection, administrations, number=sought.number, limit=NAMED)


def _many(request: Request, user: User, understood: Understood, searched: Searched) -> Many | None:
    asked = understood.asked
    tally = searched.reasons.get(asked.reason)
    if tally is None or not may_act(user, asked.sync_id):
        return None
    return Many(
        offers=tuple(offered_for_many(tally)),
        tally=tally,
        next_run=next_runs([asked.sync_id])[asked.sync_id],
        dag_page=dag_page(request, asked.sync_id),
    )
