"""One document: where it comes from, what was sent and answered, what was found, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, HTTPException, Request, status
from fastapi.responses import HTMLResponse

from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.legs import Leg, legs_of, source_lines
from finance_hooks.sources.qubz.fields import read_field_tables
from finance_hooks.store.one_document import OneDocument, read_one
from finance_hooks.targets.registry import find_target
from finance_hooks.web.access import User, may_act
from finance_hooks.web.administrations import visible_row
from finance_hooks.web.airflow_pages import dag_page, run_page
from finance_hooks.web.airflow_state import next_runs
from finance_hooks.web.document_acts import WORDS, offered, offered_about
from finance_hooks.web.document_history import Attempt, Moment, attempts, moments, run_began
from finance_hooks.web.document_origin import (
    MappingRow,
    SourceTable,
    rows_of_all,
    rows_of_leg,
    source_fields,
    source_table,
)
from finance_hooks.web.document_words import (
    DECISIONS,
    FILES,
    FINDINGS,
    Said,
    is_reversal,
    kind_of,
    reason_words,
    reasons_said,
)
from finance_hooks.web.pages import read_language, show
from finance_hooks.web.reading import reading

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a booking comes from: each leg with its rows, the rows behind all of it, and the document."""

    legs: Sequence[tuple[Leg, Sequence[MappingRow]]]
    rows: Sequence[MappingRow]
    lines: SourceTable
    fields: Sequence[tuple[str, str]]
    entry_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What happened to a document, and the attempts among it."""

    moments: Sequence[Moment]
    attempts: Sequence[Attempt]


@router.get("/documents/{sync_id}/{reference}")
def document_page(request: Request, user: User, sync_id: str, reference: str, done: str = "") -> HTMLResponse:
    """Show one posting of a document."""
    row = visible_row(user, sync_id)
    one = read_document(sync_id, reference)
    language = read_language(request)
    happened = moments(one.provenance.history, language)
    is_parked = one.line.state is PostingState.PARKED
    administration = row.administration
    return show(
        request,
        "document.html",
        one=one,
        package=find_target(administration.target).settings.label if administration else "",
        reasons=list[Said](reasons_said(one.line.reasons, language)) if is_parked else [],
        origin=_origin(one),
        history=History(moments=happened, attempts=attempts(happened)),
        offers=list(offered(one)),
        offered_about=lambda finding: list(offered_about(finding, one)),
        kept_back=lambda finding: [reason_words(reason["code"], language) for reason in finding.kept_back],
        may_act=may_act(user, sync_id),
        done=WORDS.get(done),
        next_run=next_runs([sync_id])[sync_id],
        dag_page=dag_page(request, sync_id),
        run_began=run_began,
        run_page=lambda run_id: run_page(request, sync_id, run_id),
        found_words=FINDINGS,
        decision_words=DECISIONS,
        file_words=FILES,
        fields_of=source_fields,
        kind_of=kind_of,
        is_reversal=is_reversal,
    )


def read_document(sync_id: str, reference: str) -> OneDocument:
    """Read one posting of an administration; 404 where it has none of that reference."""
    with reading() as connection:
        one = read_one(connection, reference, sync_id=sync_id)
    if one is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, reference)
    return one


def _origin(one: OneDocument) -> Origin:
    tables = read_field_tables()
    legs, entry = legs_of(one.provenance, tables), one.provenance.entry
    return Origin(
        legs=[(leg, rows_of_leg(leg)) for leg in legs],
        rows=rows_of_all(one.provenance.mapping_rows, legs),
        lines=source_table(
            [line for _, line in source_lines(one.provenance, tables)],
            [rule.name for rule in tables.fields[f"{one.provenance.resource}/lines"].values()],
        ),
        fields=source_fields(one.provenance.source),
        entry_date=None if entry is None else date.fromisoformat(entry["entry_date"]),
    )
