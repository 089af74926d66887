"""Gather what page Mapping shows, in as many statements for a million documents as for none."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, status
from fastapi.responses import HTMLResponse, Response

from finance_hooks.mapping.administrations import AdministrationRow
from finance_hooks.mapping.changed_file import BYTES_MAX, LINES_MAX
from finance_hooks.mapping.fill_in import ToFillIn, write_to_fill_in
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.mapping.missing_rows import BY_NAME, MissingRow
from finance_hooks.mapping.problems import write_problems
from finance_hooks.mapping.tables import Examined, examine_tables, owner
from finance_hooks.model.administration import Administration
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.park_reason_text import Language
from finance_hooks.operators.resources import Resources
from finance_hooks.store.mapping_gaps import NOTHING, PARKED_MAX, HeldUp, find_gaps, held_up
from finance_hooks.store.mapping_use import Use, Window, row_use
from finance_hooks.store.preflights import LastCheck, last_checks
from finance_hooks.targets.registry import find_target
from finance_hooks.web.access import User
from finance_hooks.web.administrations import visible_row, visible_rows
from finance_hooks.web.formats import AMSTERDAM
from finance_hooks.web.mapping import (
    TITLES,
    WANTED,
    MissingCode,
    cut_part,
    documents_address,
    make_coverage,
    make_faults,
    make_missing,
    unused_rows,
)
from finance_hooks.web.mapping_effect import show_problems
from finance_hooks.web.pages import HEADERS, read_language, show
from finance_hooks.web.reading import reading

router = APIRouter()
GLANCE_MAX = 1_000
"""The parked documents of each administration that the list of administrations looks at."""
DAYS = ("30", "90", "365")
"""How far back the use of rows may be looked for."""
USUAL_DAYS = "90"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How far back to look, and which part of each list to show."""

    days: str = USUAL_DAYS
    missing: str = ""
    faults: str = ""
    unused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is read of one administration: its files, what recent documents used, and what is missing."""

    examined: Examined
    use: Use
    held: HeldUp
    missing: list[MissingCode]
    checked: LastCheck | None


@router.get("/mapping")
def mapping_page(request: Request, user: User) -> HTMLResponse:
    """Show of every administration that the user may see what its mapping lacks."""
    rows = visible_rows(user)
    sync_ids = [row.sync_id for row in rows]
    with reading() as connection:
        held = held_up(connection, sync_ids, WANTED, most=GLANCE_MAX)
        checked = last_checks(connection, sync_ids)
    return show(
        request,
        "mappings.html",
        rows=[
            (row, _label(row), held.get(row.sync_id, NOTHING), _count_faults(checked, row)) for row in rows
        ],
        checked=checked,
    )


@router.get("/mapping/{sync_id}")
def table_page(
    request: Request, user: User, sync_id: str, asked: Annotated[Asked, Depends()]
) -> HTMLResponse:
    """Show the tables of one administration."""
    language = read_language(request)
    administration = administration_of(visible_row(user, sync_id), language)
    days = asked.days if asked.days in DAYS else USUAL_DAYS
    looked = _look(administration, window_of(administration, int(days)))
    found = [fault for fault in looked.checked.faults if not fault.is_condition] if looked.checked else []
    tables = looked.examined.tables
    return show(
        request,
        "mapping.html",
        administration=administration,
        target=find_target(administration.target).settings.label,
        # Only what is in the way of these books: no row of another administration.
        problems=show_problems(looked.examined.concerning, (), (), language),
        looked=looked,
        missing=cut_part(looked.missing, asked.missing),
        to_fill_in=_to_fill_in(looked.missing, administration),
        documents_address=documents_address,
        coverage=make_coverage(
            tables, looked.use.by_row.keys(), looked.missing, found, administration.target
        ),
        faults=cut_part(make_faults(found, tables, language), asked.faults),
        conditions=len(looked.checked.faults) - len(found) if looked.checked else 0,
        unused=cut_part(unused_rows(tables, looked.use.by_row.keys()), asked.unused),
        days=days,
        choices=DAYS,
        titles=TITLES,
        parked_max=PARKED_MAX,
        bytes_max=BYTES_MAX,
        lines_max=LINES_MAX,
    )


@router.get("/mapping/{sync_id}/missing/{name}")
def download(request: Request, user: User, sync_id: str, name: str) -> Response:
    """Hand out the rows that a table lacks, ready to fill in."""
    administration = administration_of(visible_row(user, sync_id), read_language(request))
    if name not in BY_NAME:
        raise HTTPException(status.HTTP_404_NOT_FOUND, name)
    examined = examine_tables(administration, mappings_folder())
    with reading() as connection:
        _, gaps = find_gaps(connection, sync_id, WANTED)
    missing = make_missing(gaps, examined.tables, administration.target)
    wanted = {one.row for one in missing if one.row.file == name}
    file = write_to_fill_in(BY_NAME[name], owner(administration, BY_NAME[name]), wanted)
    disposition = {"Content-Disposition": f'attachment; filename="missing_{name}"'}
    return Response(file.content, media_type="text/csv; charset=utf-8", headers=HEADERS | disposition)


def administration_of(row: AdministrationRow, language: Language) -> Administration:
    """Return the administration of a row; ConfigurationError says what is wrong with the row."""
    if row.administration is None:
        raise ConfigurationError(write_problems(row.problems, language))
    return row.administration


def window_of(administration: Administration, days: int) -> Window:
    """Return the documents whose use of rows is looked for."""
    today = datetime.now(tz=AMSTERDAM).date()
    return Window(
        source_id=Resources(administration).source.source_id,
        organisation=administration.organisation,
        books=administration.books,
        dated_from=today - timedelta(days=days),
        dated_until=today,
    )


def visible_names(user: User) -> dict[str, set[str]]:
    """Return the sync_ids and organisations of which the user may know."""
    rows = visible_rows(user)
    return {
        "sync_ids": {row.sync_id for row in rows},
        "organisations": {row.administration.organisation for row in rows if row.administration},
    }


def _look(administration: Administration, window: Window) -> Looked:
    examined = examine_tables(administration, mappings_folder())
    sync_id = administration.sync_id
    with reading() as connection:
        held, gaps = find_gaps(connection, sync_id, WANTED)
        return Looked(
            examined=examined,
            use=row_use(connection, window),
            held=held,
            missing=make_missing(gaps, examined.tables, administration.target),
            checked=last_checks(connection, [sync_id]).get(sync_id),
        )


def _to_fill_in(missing: list[MissingCode], administration: Administration) -> dict[str, ToFillIn]:
    """Write the rows that each table lacks, to say how many they are and which no file can hold."""
    by_table: defaultdict[str, set[MissingRow]] = defaultdict(set)
    for one in missing:
        by_table[one.row.file].add(one.row)
    return {
        name: write_to_fill_in(BY_NAME[name], owner(administration, BY_NAME[name]), rows)
        for name, rows in by_table.items()
    }


def _label(row: AdministrationRow) -> str:
    return find_target(row.administration.target).settings.label if row.administration else ""


def _count_faults(checked: Mapping[str, LastCheck], row: AdministrationRow) -> int | None:
    if row.sync_id not in checked:
        return None
    return sum(not fault.is_condition for fault in checked[row.sync_id].faults)
