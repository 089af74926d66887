"""AccountView's JSON: one member per table, dates without zone, EXT_KEY and the row number of a relation.

Shapes: structs and recorded dictionary of omniboost/go-accountview.net.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, Self

from werkzeug.wrappers import Response

from emulators.accountview.books import Row
from emulators.accountview.dictionary import MOMENTS, NUMBERS, Field, Shape, tables
from emulators.switches import Switches

JSON_TYPE = "application/json; charset=utf-8"
SYSTEM_FIELDS = ("CNG_DATE", "CNG_NR", "CNG_USR", "INP_DATE", "INP_USR", "REC_ID")
EMPTY_DATES = {"empty": "", "null": None, "1899": "1899-12-30T00:00:00"}
NO_EXT_KEY = frozenset({"DCT_FLD", "DCT_FILE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How single values are shown (switches `trailing_blanks`, `empty_date`, `whole_numbers`)."""

    padded: bool
    empty_date: str | None
    integers: bool

    @classmethod
    def of(cls, switches: Switches) -> Self:
        """Read the switches."""
        return cls(
            padded=switches.on("trailing_blanks"),
            empty_date=EMPTY_DATES[switches.text("empty_date")],
            integers=switches.text("whole_numbers") == "integer",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How rows are shown: of which object, which fields by table (None = all), from which row number."""

    shape: Shape
    switches: Switches
    fields: Mapping[str, frozenset[str]] | None = None
    first_id: int = 0

    def wants(self, table: str, name: str) -> bool:
        """Tell whether a field was asked for."""
        if self.fields is None:
            return True
        if self.switches.on("fields_keep_system") and name in SYSTEM_FIELDS:
            return True
        return name in self.fields.get(table, frozenset())


def document(view: View, rows: Iterable[Row], details: Mapping[str, list[list[Row]]]) -> dict[str, Any]:
    """Show main rows and, per detail table, the rows of each of them."""
    main = view.shape.table
    shown: dict[str, Any] = {main: _rows(view, main, list(enumerate(rows, view.first_id)))}
    for table in view.shape.details:
        placed = enumerate(details.get(table, []), view.first_id)
        shown[table] = _rows(view, table, [(place, row) for place, each in placed for row in each])
    if view.switches.on("single_as_object"):
        return {
            table: found[0] if isinstance(found, list) and len(found) == 1 else found
            for table, found in shown.items()
        }
    return shown


def _rows(view: View, table: str, placed: Sequence[tuple[int, Row]]) -> list[dict[str, Any]]:
    """Show the rows of one table, each with its place; what holds for all of them is found out once."""
    if not placed:
        return []  # also of a table whose fields are not known
    form = Form.of(view.switches)
    fields = {name: field for name, field in tables()[table].items() if view.wants(table, name)}
    empty = {name: content for name, content in _empty_row(table, form).items() if name in fields}
    if table not in NO_EXT_KEY:
        empty["EXT_KEY"] = 0
    shown = []
    for place, row in placed:
        known = {name: value(fields[name], content, form) for name, content in row.items() if name in fields}
        shown.append(empty | known | ({f"{view.shape.table}_Id": place} if view.shape.has_id else {}))
    return shown


@cache
def _empty_row(table: str, form: Form) -> dict[str, Any]:
    return {name: value(field, None, form) for name, field in tables()[table].items()}


def value(field: Field, content: Any, form: Form) -> Any:  # noqa: ANN401 - any JSON value
    """Show one value as its field's type is shown."""
    if field.kind == "L":
        return bool(content)
    if field.kind in MOMENTS:
        return _moment(content) if content else form.empty_date
    if field.kind in NUMBERS:
        return _number(field, Decimal(content or 0), form)
    text = content or ""
    return text.ljust(field.length) if field.kind == "C" and form.padded else text


def _moment(content: date) -> str:
    moment = content if isinstance(content, datetime) else datetime.combine(content, time())
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def _number(field: Field, amount: Decimal, form: Form) -> int | float:
    if field.kind == "I":
        return int(amount)
    whole = field.kind == "N" and form.integers and amount == amount.to_integral_value()
    return int(amount) if whole else float(amount)


def answer(content: object, status: int = 200) -> Response:
    """Answer with JSON."""
    return Response(json.dumps(content, ensure_ascii=False), status=status, content_type=JSON_TYPE)


def error(reasons: Iterable[str], switches: Switches) -> Response:
    """Answer with AccountView's own error body."""
    listed = list(reasons)
    told = listed if switches.text("error_findings") == "all" else listed[:1]
    content = {
        "ErrorType": "AccountViewError",
        "ErrorNumbers": None if switches.text("error_numbers") == "null" else [1000 + len(told)],
        "ErrorMessage": "\r\n".join(told),
    }
    return answer(content, switches.number("business_error_status"))


def gate(status: int, message: str) -> Response:
    """Answer with the web server's error body."""
    return answer({"Message": message}, status)
