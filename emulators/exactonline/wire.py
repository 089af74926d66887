"""Exact's JSON: dates, 64-bit numbers, metadata, deferred links.

Shapes: responses recorded in June 2026 (NangoHQ/integration-templates, exact-online tests).
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from werkzeug.wrappers import Response

from emulators.exactonline.books import Row
from emulators.exactonline.resources import Resource

JSON_TYPE = "application/json;charset=utf-8"
NAMESPACE = "Exact.Web.Api.Models"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a row is shown: where from, which fields, which links unfolded, with which rounding tails."""

    resource: Resource
    base: str
    select: tuple[str, ...] | None = None
    expanded: Mapping[str, "View"] | None = None
    tails: bool = False

    def uri(self, row: Row) -> str:
        """Return the address of a row."""
        key = row.get(self.resource.key)
        literal = f"guid'{key}'" if self.resource.types.get(self.resource.key) == "guid" else _literal(key)
        return f"{self.base}/{self.resource.path}({literal})"


def entity(row: Row, view: View) -> dict[str, Any]:
    """Show one row: the key first, links next, other fields by name, as Exact does."""
    shape = view.resource
    shown: dict[str, Any] = {
        "__metadata": {"uri": view.uri(row), "type": f"{NAMESPACE}.{shape.entity}"},
    }
    if wanted(view, shape.key):
        shown[shape.key] = value(row.get(shape.key), shape.types[shape.key])
    for link in shape.links:
        if wanted(view, link):
            shown[link] = _link(row, link, view)
    for name in sorted(shape.types, key=str.lower):
        if name != shape.key and wanted(view, name):
            shown[name] = value(row.get(name), shape.types[name], tails=view.tails)
    return shown


def wanted(view: View, name: str) -> bool:
    """Tell whether a field or link is selected."""
    return view.select is None or name in view.select


def value(content: Any, kind: str, *, tails: bool = False) -> Any:  # noqa: ANN401 - any JSON value
    """Show one value."""
    if content is None or kind == "binary":
        return None
    if kind == "date":
        return f"/Date({milliseconds(content)})/"
    if kind == "int64":
        return str(content)
    if isinstance(content, Decimal):
        return number(content, tails=tails)
    return content


def number(amount: Decimal, *, tails: bool = False) -> int | float:
    """Show a double: whole ones without fraction; with `tails` as binary arithmetic leaves them."""
    if amount == amount.to_integral_value():
        return int(amount)
    return math.nextafter(float(amount), math.inf) if tails else float(amount)


def milliseconds(moment: datetime | date) -> int:
    """Count from 1970 as if the wall clock were UTC, which is how Exact writes local times."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - a date has no zone
    return int(moment.replace(tzinfo=UTC).timestamp() * 1000)


def answer(content: object, status: int = 200) -> Response:
    """Answer with JSON."""
    return Response(json.dumps(content, ensure_ascii=False), status=status, content_type=JSON_TYPE)


def collection(
    rows: Iterable[dict[str, Any]], *, bare: bool, count: int | None = None, next_page: str | None = None
) -> dict[str, Any]:
    """Wrap rows: a bare list, or results with count and next page where asked or needed."""
    listed = list(rows)
    if bare and count is None and next_page is None:
        return {"d": listed}
    wrapped: dict[str, Any] = {"results": listed}
    if count is not None:
        wrapped["__count"] = str(count)
    if next_page is not None:
        wrapped["__next"] = next_page
    return {"d": wrapped}


def error(text: str) -> dict[str, Any]:
    """Write Exact's error body."""
    return {"error": {"code": "", "message": {"lang": "", "value": text}}}


def _link(row: Row, link: str, view: View) -> dict[str, Any]:
    unfolded = (view.expanded or {}).get(link)
    if unfolded is None:
        return {"__deferred": {"uri": f"{view.uri(row)}/{link}"}}
    return {"results": [entity(each, unfolded) for each in row["_links"][link]]}


def _literal(key: object) -> str:
    return f"'{key}'" if isinstance(key, str) else str(key)
