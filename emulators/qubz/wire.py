"""Mendix's JSON: how rows look on the wire, and how rows in that shape are read back.

Sources: docs.mendix.com/refguide/published-rest-service-json-schema/, /refguide/attributes/ (localised
dates), apidocs.rnd.mendix.com NullValueOption.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from emulators.qubz.resources import (
    DATE_FIELDS,
    DERIVED_FIELDS,
    DUTCH_MEMBERS,
    INSTANT_FIELDS,
    LINE_OPTIONAL,
    MEMORIAL_LINE_OPTIONAL,
    SIGNED_FIELDS,
    Resource,
)
from emulators.switches import Switches

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NUMBER_MARK = "\x01"
MARKED_NUMBER = re.compile(r'"\\u0001(-?[0-9.]+)"')

Row = dict[str, Any]


def to_wire(row: Mapping[str, Any], resource: Resource, switches: Switches) -> Row:
    """Turn a row of the books into what the service sends, as the switches stand."""
    shown = {name: value for name, value in row.items() if not name.startswith("_")}
    if resource.date_field:
        shown = _as_document(shown, resource, switches)
    if switches.text("nulls") == "null":
        shown = _with_nulls(shown, resource.optional)
    written: Row = _written(shown, switches)
    return written


def to_json(content: object, *, as_text: bool = False) -> str:
    """Write JSON in which decimals keep their digits, as numbers or as text."""
    if as_text:
        return json.dumps(content, default=str, ensure_ascii=False)
    marked = json.dumps(content, default=lambda number: f"{NUMBER_MARK}{number:f}")
    return MARKED_NUMBER.sub(r"\1", marked)


def from_wire(row: Mapping[str, Any]) -> Row:
    """Read a row in the contract's shape; what cannot be read as its type is kept as it came."""
    return {name: _read(name, value) for name, value in row.items()}


def instant_text(instant: datetime) -> str:
    """Write an instant as Mendix does, in UTC with milliseconds."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


def _as_document(row: Row, resource: Resource, switches: Switches) -> Row:
    if switches.text("optional_fields") == "left_out":
        row = {name: value for name, value in row.items() if name not in DERIVED_FIELDS}
    if switches.text("credit_sign") == "positive" and str(row.get("DocumentType", "")).endswith("CreditNote"):
        row = _turned(row)
    if switches.text("members") == "dutch":
        row = row | {
            name: members.get(str(row[name]), row[name])
            for name, members in DUTCH_MEMBERS.items()
            if name in row
        }
    optional = MEMORIAL_LINE_OPTIONAL if resource.name == "memorials" else LINE_OPTIONAL
    row["Lines"] = [_as_line(line, optional, switches) for line in row.get("Lines", ())]
    return row


def _as_line(line: Row, optional: tuple[str, ...], switches: Switches) -> Row:
    if not switches.on("ledger_account_on_line") and "ArticleCode" in line:
        line = {name: value for name, value in line.items() if name != "LedgerAccount"}
    return _with_nulls(line, optional) if switches.text("nulls") == "null" else line


def _with_nulls(row: Row, optional: tuple[str, ...]) -> Row:
    return row | {name: None for name in optional if name not in row}


def _turned(content: Any) -> Any:  # noqa: ANN401 - walks a JSON tree
    if isinstance(content, list):
        return [_turned(each) for each in content]
    if not isinstance(content, dict):
        return content
    return {
        name: -value if name in SIGNED_FIELDS and isinstance(value, Decimal | int) else _turned(value)
        for name, value in content.items()
    }


def _written(content: Any, switches: Switches) -> Any:  # noqa: ANN401 - walks a JSON tree
    if isinstance(content, dict):
        leave_out = switches.text("nulls") == "left_out"
        return {
            name: _written(value, switches)
            for name, value in content.items()
            if not (leave_out and value is None)
        }
    if isinstance(content, list):
        return [_written(each, switches) for each in content]
    if isinstance(content, datetime):
        return instant_text(content)
    if isinstance(content, date):
        return instant_text(_midnight(content, switches))
    return content


def _midnight(day: date, switches: Switches) -> datetime:
    zone = AMSTERDAM if switches.text("dates") == "localised" else UTC
    return datetime.combine(day, time(), tzinfo=zone)


def _read(name: str, value: Any) -> Any:  # noqa: ANN401 - walks a JSON tree
    if isinstance(value, dict):
        return from_wire(value)
    if isinstance(value, list):
        return [from_wire(each) if isinstance(each, dict) else each for each in value]
    if isinstance(value, str) and name in DATE_FIELDS | INSTANT_FIELDS:
        return _read_instant(name, value)
    return value


def _read_instant(name: str, text: str) -> object:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return text
    if name in DATE_FIELDS:
        return instant.date()
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
