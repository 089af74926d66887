"""The REST flavour: query parameters, envelopes, single rows.

Sources: docs.mendix.com/refguide/generate-rest-resource/, /refguide/published-rest-query-parameters/
(names are case-sensitive, unknown ones are ignored, a missing one is empty).
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from emulators.qubz.books import Books, Row, dated
from emulators.qubz.errors import ServiceError
from emulators.qubz.paging import length_seen, window
from emulators.qubz.resources import RESOURCES, Resource
from emulators.qubz.wire import to_wire
from emulators.switches import Switches


class RestFlavour:
    """Answer the REST calls on one set of books."""

    def __init__(self, books: Books, switches: Switches) -> None:
        """Read these books, shown as these switches stand."""
        self._books = books
        self._switches = switches

    def collection(self, name: str, query: Mapping[str, str], now: datetime) -> object:
        """Answer GET on a collection."""
        resource = resource_named(name)
        rows = self._books.visible(resource, now, self._wanted(resource, query))
        offset, limit = _whole(query, "offset") or 0, _whole(query, "limit")
        page = window(rows, offset, limit, self._switches)
        shown = [to_wire(row, resource, self._switches) for row in page]
        envelope = self._switches.text("envelope")
        if envelope == "array":
            return shown
        if envelope == "named":
            return {name: shown}
        return {"Items": shown, "TotalCount": length_seen(len(rows), offset, limit, self._switches)}

    def single(self, name: str, key: str, now: datetime) -> object:
        """Answer GET on one row."""
        resource = resource_named(name)
        return to_wire(self._books.find(resource, key, now), resource, self._switches)

    def _wanted(self, resource: Resource, query: Mapping[str, str]) -> Callable[[Row], bool]:
        if self._switches.text("filters") == "ignored":
            return lambda _row: True
        tests = [test for test in _tests(resource, query) if test is not None]
        return lambda row: all(test(row) for test in tests)


def resource_named(name: str) -> Resource:
    """Look a resource up by its REST name; 404 when there is none."""
    if name not in RESOURCES:
        raise ServiceError(404)
    return RESOURCES[name]


def parameter_instant(text: str) -> datetime:
    """Read a date-time parameter, with or without zone (then UTC); 400 when it is none."""
    try:
        # A plus sign that was not escaped arrives as a space.
        instant = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise ServiceError(400, f"not a date-time: {text}") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _tests(resource: Resource, query: Mapping[str, str]) -> list[Callable[[Row], bool] | None]:
    if resource.name == "organisations":
        return []
    tests = [_equals("Organisation", query.get("organisation")), _modified_since(query.get("modifiedSince"))]
    if resource.date_field:
        tests += [
            _equals("ExportStatus", query.get("exportStatus")),
            _dated(resource, query.get("dateFrom"), lambda day, bound: day >= bound),
            _dated(resource, query.get("dateTo"), lambda day, bound: day <= bound),
        ]
    return tests


def _equals(field: str, wanted: str | None) -> Callable[[Row], bool] | None:
    return (lambda row: str(row.get(field)) == wanted) if wanted else None


def _modified_since(text: str | None) -> Callable[[Row], bool] | None:
    if not text:
        return None
    since = parameter_instant(text)
    return lambda row: isinstance(row.get("ChangedDate"), datetime) and row["ChangedDate"] >= since


def _dated(
    resource: Resource, text: str | None, compare: Callable[[date, date], bool]
) -> Callable[[Row], bool] | None:
    if not text:
        return None
    bound = parameter_instant(text).date()

    def test(row: Row) -> bool:
        day = dated(row, resource)
        # A row whose date cannot be read is sent rather than lost.
        return day is None or compare(day, bound)

    return test


def _whole(query: Mapping[str, Any], name: str) -> int | None:
    text = query.get(name)
    if not text:
        return None
    if not str(text).isdecimal():
        raise ServiceError(400, f"{name} must be a whole number, not {text}")
    return int(text)
