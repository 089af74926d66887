"""Read the body of a change: definitions of fields, and rows of values in the same order.

Shapes: bodies of omniboost/go-accountview.net, a PHP client and a Pascal client. Member names are taken in
any case; a row is an object with Values.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from emulators.accountview.books import Row
from emulators.accountview.dictionary import Shape, tables
from emulators.accountview.errors import AccountViewError, bad_request
from emulators.accountview.values import PSEUDO, WrongValueError, typed, wrong_letter
from emulators.switches import Switches

INVALID = "The request is invalid."
FIRST_HEADER = "1"


@dataclass(slots=True, kw_only=True)
class Sent:
    """One header as it was sent, by field name, with its lines."""

    values: Row
    lines: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The body of one change, members by lower-case name."""

    shape_code: str
    book_date: str
    id: str
    table: Mapping[str, Any]
    filled: Mapping[str, Any]


def parse(body: bytes) -> Change:
    """Read a body; raise GateError when it is not the JSON that belongs here."""
    try:
        content = _lower(json.loads(body, parse_float=Decimal))
    except (ValueError, UnicodeDecodeError) as error:
        raise bad_request(INVALID) from error
    if not isinstance(content, dict):
        raise bad_request(INVALID)
    return Change(
        shape_code=str(content.get("businessobject") or ""),
        book_date=str(content.get("bookdate") or ""),
        id=str(content.get("id") or ""),
        table=_members(content.get("table")),
        filled=_members(content.get("tabledata")),
    )


def headers(change: Change, shape: Shape, switches: Switches) -> list[Sent]:
    """Return the headers with their lines, values typed; raise AccountViewError when they do not fit."""
    definition = _members(change.table.get("definition"))
    fields = _defined(definition, (shape.table,), switches)
    rows = _rows(_members(change.filled.get("data")))
    if not rows:
        raise AccountViewError("TableData bevat geen regels")
    found: dict[str, Sent] = {}
    for place, row in enumerate(rows, start=1):
        values, pseudo = _row(shape.table, fields, row, switches)
        key = pseudo.get("ROWID") or (FIRST_HEADER if place == 1 else str(place))
        if key in found:
            raise AccountViewError(f"RowId '{key}' komt meer dan een keer voor")
        found[key] = Sent(values=values)
    for table, detail_fields, detail_rows in _details(change, shape, switches):
        for row in detail_rows:
            values, pseudo = _row(table, detail_fields, row, switches)
            _attach(found, pseudo.get("HEADERID") or "", values, switches)
    return list(found.values())


def _attach(found: Mapping[str, Sent], header: str, values: Row, switches: Switches) -> None:
    if header in found:
        found[header].lines.append(values)
    elif switches.text("orphan_lines") == "refused":
        raise AccountViewError(f"HeaderId '{header}' verwijst niet naar een RowId")


def _details(
    change: Change, shape: Shape, switches: Switches
) -> list[tuple[str, list[str], list[Sequence[object]]]]:
    definitions = [_members(each) for each in _array(change.table.get("detaildefinitions"))]
    filled = [_members(each) for each in _array(change.filled.get("detaildata"))]
    if len(definitions) != len(filled):
        raise AccountViewError("DetailDefinitions en DetailData hebben niet evenveel delen")
    known = tuple(table for table in shape.details if table in tables())
    return [
        (str(definition["name"]).upper(), _defined(definition, known, switches), _rows(rows))
        for definition, rows in zip(definitions, filled, strict=True)
    ]


def _defined(definition: Mapping[str, Any], allowed: Sequence[str], switches: Switches) -> list[str]:
    name = str(definition.get("name") or "").upper()
    if name not in allowed:
        raise AccountViewError(f"Tabel '{name}' hoort niet bij dit object")
    fields = []
    for each in _array(definition.get("fields")):
        described = _members(each)
        field_name = str(described.get("name") or "").upper()
        _check_field(name, field_name, str(described.get("fieldtype") or ""), switches)
        if field_name in fields:
            raise AccountViewError(f"Veld {field_name} komt meer dan een keer voor")
        fields.append(field_name)
    return fields


def _check_field(table: str, name: str, letter: str, switches: Switches) -> None:
    if name in PSEUDO:
        if letter != PSEUDO[name]:
            raise AccountViewError(f"Veldtype '{letter}' is niet geldig voor veld {name}")
        return
    known = tables()[table].get(name)
    if known is None:
        raise AccountViewError(f"Veld '{name}' bestaat niet in tabel {table}")
    if wrong := wrong_letter(known, letter, switches):
        raise AccountViewError(wrong)


def _row(
    table: str, fields: Sequence[str], row: Sequence[object], switches: Switches
) -> tuple[Row, dict[str, str]]:
    if len(row) != len(fields):
        raise AccountViewError(f"{len(row)} waarden voor {len(fields)} velden van tabel {table}")
    values: Row = {}
    pseudo: dict[str, str] = {}
    for name, sent in zip(fields, row, strict=True):
        if name in PSEUDO:
            pseudo[name] = "" if sent is None else str(sent)
            continue
        try:
            values[name] = typed(tables()[table][name], sent, switches)
        except WrongValueError as error:
            raise AccountViewError(str(error)) from error
    return values, pseudo


def _rows(filled: Mapping[str, Any]) -> list[Sequence[object]]:
    return [_array(_members(row).get("values")) for row in _array(filled.get("rows"))]


def _members(content: object) -> Mapping[str, Any]:
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise bad_request(INVALID)
    return content


def _array(content: object) -> list[Any]:
    if content is None:
        return []
    if not isinstance(content, list):
        raise bad_request(INVALID)
    return content


def _lower(content: object) -> object:
    if isinstance(content, dict):
        return {str(name).lower(): _lower(each) for name, each in content.items()}
    return [_lower(each) for each in content] if isinstance(content, list) else content
