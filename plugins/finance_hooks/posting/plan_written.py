"""Write a plan as JSON-ready values and as rows of CSV; amounts are decimal texts."""

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Any

from finance_hooks.model.park_reason import Reason
from finance_hooks.model.park_reason_text import Language, reason_sentence
from finance_hooks.model.party import PartyWrite
from finance_hooks.model.plain import reasons_to_plain
from finance_hooks.posting.csv_cells import write_rows
from finance_hooks.posting.party_decision import what_happens
from finance_hooks.posting.plan import Plan
from finance_hooks.posting.plan_lines import JournalLine, journal_lines, total_journals, total_vat
from finance_hooks.posting.planned import Place, Planned

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

OF_DOCUMENT = ("place", "document", "kind", "dated_on", "reference", "party", "why")
OF_LINE = tuple(field.name for field in fields(JournalLine))
OF_REASON = ("reason", "reason_line", "reason_field", "reason_value", "sentence")
COLUMNS = tuple(dict.fromkeys((*OF_DOCUMENT, *OF_LINE, *OF_REASON)))
"""Of the CSV: a document has a row for every line it would be booked with, or for every reason, or one."""


def plan_to_plain(plan: Plan, language: Language) -> dict[str, Any]:
    """Write a plan as JSON-ready values."""
    entries = list(plan.entries)
    return {
        "administration": plan.administration.sync_id,
        "target": plan.target,
        "books": plan.administration.target_administration,
        "at": plan.at.isoformat(),
        "selection": plan.foreseen.selection.to_plain(),
        "read": plan.foreseen.read,
        "not_offered": plan.foreseen.not_offered,
        "places": {place.value: plan.places[place] for place in Place},
        "journals": [_plain(one) for one in total_journals(entries)],
        "vat_codes": [_plain(one) for one in total_vat(entries)],
        "relations": [_relation(one) for one in plan.relations],
        "calls": _calls(plan),
        "limits": _limits(plan),
        "done_at": None if plan.done_at is None else plan.done_at.isoformat(),
        "books_why_not": plan.books_why_not,
        "documents": [_document(one, language) for one in plan.planned],
        "lines": [_plain(line) for entry in entries for line in journal_lines(entry)],
    }


def write_csv(plan: Plan, language: Language) -> str:
    """Write a plan as CSV with a header."""
    written = io.StringIO()
    rows = (row for planned in plan.planned for row in _rows(planned, language))
    cells = ([row.get(name) for name in COLUMNS] for row in rows)
    write_rows(written, chain([COLUMNS], cells), line_end="\n")
    return written.getvalue()


def _calls(plan: Plan) -> dict[str, Any] | None:
    if plan.counted is None:
        return None
    return {
        "count": plan.counted.count,
        "later": plan.counted.later,
        "made_by_this_plan": plan.made_calls,
        "not_counted": list(plan.uncounted),
        "steps": [_plain(one) for one in plan.counted.calls],
    }


def _relation(write: PartyWrite) -> dict[str, str]:
    return {
        "what": what_happens(write),
        "role": write.role.value,
        "party": write.party,
        "code": write.code,
    }


def _limits(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "unit": plan.unit,
            "window_s": limit.room.length_s,
            "limit": limit.room.limit,
            "left": limit.room.remaining,
            "left_to_backfills": max(limit.room.remaining - limit.room.reserve, 0),
            "starts_anew_in_s": round(limit.room.left_s),
            "asked": None if plan.counted is None else plan.counted.units,
        }
        for limit in plan.limits
    ]


def _document(planned: Planned, language: Language) -> dict[str, Any]:
    return {
        **_described(planned),
        "has_changed": planned.has_changed,
        "warnings": list(planned.warnings),
        "reasons": reasons_to_plain(planned.reasons),
        "sentences": [reason_sentence(reason, language) for reason in planned.reasons],
    }


def _described(planned: Planned) -> dict[str, str | None]:
    return {
        "place": planned.place.value,
        "document": planned.number,
        "kind": planned.kind.value,
        "dated_on": None if planned.dated_on is None else planned.dated_on.isoformat(),
        "reference": planned.reference,
        "party": planned.party,
        "why": planned.why,
    }


def _rows(planned: Planned, language: Language) -> Iterator[Mapping[str, object]]:
    described = _described(planned)
    if planned.place is Place.BOOK and planned.entry is not None:
        for line in journal_lines(planned.entry):
            yield described | _plain(line) | {"document": planned.number}
    elif planned.reasons:
        for reason in planned.reasons:
            yield described | _reason(reason, language)
    else:
        yield described


def _reason(reason: Reason, language: Language) -> dict[str, object]:
    return {
        "reason": reason.code.value,
        "reason_line": reason.line,
        "reason_field": reason.field,
        "reason_value": reason.value,
        "sentence": reason_sentence(reason, language),
    }


def _plain(found: "DataclassInstance") -> dict[str, Any]:
    return {field.name: _value(getattr(found, field.name)) for field in fields(found)}


def _value(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def reasons_of(planned: Iterable[Planned]) -> Iterator[tuple[Planned, Reason]]:
    """Yield every reason for which a document stays parked."""
    return ((one, reason) for one in planned if one.place is Place.PARKED for reason in one.reasons)
