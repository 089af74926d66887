"""The OData flavour: $filter, $select, $expand, $orderby, $top, $skip, $count, next links.

Sources: docs.mendix.com/refguide/supported-odata-operations/, /refguide/odata-representation/,
/refguide/published-odata-services/ (server paging).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from emulators.qubz.books import BEGINNING, Books, Row
from emulators.qubz.errors import ServiceError
from emulators.qubz.odata_filter import parse_filter
from emulators.qubz.paging import length_seen, window
from emulators.qubz.resources import RESOURCE_BY_ENTITY_SET, Resource
from emulators.qubz.wire import to_wire
from emulators.switches import Switches

ASSOCIATIONS = ("Lines", "VatBreakdown")
KNOWN_OPTIONS = frozenset(
    {"$filter", "$select", "$expand", "$orderby", "$top", "$skip", "$count", "$skiptoken", "$format"}
)


class ODataFlavour:
    """Answer the OData calls on one set of books."""

    def __init__(self, books: Books, switches: Switches) -> None:
        """Read these books, shown as these switches stand."""
        self._books = books
        self._switches = switches

    def collection(self, name: str, query: Mapping[str, str], url: str, now: datetime) -> dict[str, Any]:
        """Answer GET on an entity set; `url` is the set's own address, for the next link."""
        resource = entity_set_named(name)
        unknown = [option for option in query if option.startswith("$") and option not in KNOWN_OPTIONS]
        if unknown:
            raise ServiceError(400, f"unknown query option {unknown[0]}")
        rows = self._found(resource, query, now)
        first, limit, last = self._bounds(query)
        count = length_seen(len(rows), first, limit, self._switches)
        answer: dict[str, Any] = {"@odata.context": f"{url.rsplit('/', 1)[0]}/$metadata#{name}"}
        if query.get("$count") == "true":
            answer["@odata.count"] = count
        page = window(rows, first, limit, self._switches)
        page = page if last is None else page[: max(0, last - first)]
        answer["value"] = [self._shown(row, resource, query) for row in page]
        if first + limit < (count if last is None else min(count, last)):
            options = {key: text for key, text in query.items() if key != "$skiptoken"}
            answer["@odata.nextLink"] = f"{url}?{urlencode(options | {'$skiptoken': first + limit})}"
        return answer

    def count(self, name: str, query: Mapping[str, str], now: datetime) -> str:
        """Answer GET on `<set>/$count`."""
        return str(len(self._found(entity_set_named(name), query, now)))

    def single(self, name: str, key: str, query: Mapping[str, str], now: datetime) -> dict[str, Any]:
        """Answer GET on one entity."""
        resource = entity_set_named(name)
        row = self._books.find(resource, key.strip("'").replace("''", "'"), now)
        return self._shown(row, resource, query)

    def _found(self, resource: Resource, query: Mapping[str, str], now: datetime) -> list[Row]:
        text = query.get("$filter")
        if text and self._switches.text("filters") == "obeyed":
            rows = self._books.visible(resource, now, parse_filter(text))
        else:
            rows = self._books.visible(resource, now)
        return _ordered(rows, query.get("$orderby"))

    def _bounds(self, query: Mapping[str, str]) -> tuple[int, int, int | None]:
        """Return where the page starts, how long it is at most, and where $top ends the result.

        A next link's token counts from the start of the whole result, so $top and $skip hold over all pages.
        """
        skip, top = _whole(query, "$skip") or 0, _whole(query, "$top")
        token = _whole(query, "$skiptoken")
        page_size = self._switches.number("odata_page_size")
        limit = page_size if top is None else min(top, page_size)
        return skip if token is None else token, limit, None if top is None else skip + top

    def _shown(self, row: Row, resource: Resource, query: Mapping[str, str]) -> dict[str, Any]:
        expanded = {name.strip() for name in query.get("$expand", "").split(",") if name.strip()}
        if expanded - set(ASSOCIATIONS):
            raise ServiceError(400, f"cannot expand {', '.join(sorted(expanded))}")
        shown = to_wire(row, resource, self._switches)
        hidden = set(ASSOCIATIONS) - expanded if resource.date_field else set()
        selected = [name.strip() for name in query.get("$select", "").split(",") if name.strip()]
        wanted = set(selected) | expanded if selected else set(shown)
        return {name: value for name, value in shown.items() if name in wanted and name not in hidden}


def entity_set_named(name: str) -> Resource:
    """Look a resource up by its entity set; 404 when there is none."""
    if name not in RESOURCE_BY_ENTITY_SET:
        raise ServiceError(404)
    return RESOURCE_BY_ENTITY_SET[name]


def _ordered(rows: list[Row], text: str | None) -> list[Row]:
    for part in reversed([each.strip() for each in (text or "").split(",") if each.strip()]):
        field, _, direction = part.partition(" ")
        if direction.strip() not in {"", "asc", "desc"}:
            raise ServiceError(400, f"cannot order by {part}")
        rows = sorted(rows, key=lambda row: _sortable(row.get(field)), reverse=direction.strip() == "desc")
    return rows


def _sortable(value: object) -> tuple[int, Any]:
    if value is None:
        return (0, "")
    if isinstance(value, datetime):
        return (1, (value - BEGINNING).total_seconds())
    if isinstance(value, date):
        return (2, value.toordinal())
    return (4, value) if isinstance(value, str) else (3, value)


def _whole(query: Mapping[str, str], name: str) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not text.isdecimal():
        raise ServiceError(400, f"{name} must be a whole number")
    return int(text)
