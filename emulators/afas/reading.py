"""One call of a GetConnector."""

import random
from functools import partial
from typing import Any

from werkzeug.wrappers import Request, Response

from emulators.afas import query, rows, wire
from emulators.afas.books import Books, Row
from emulators.afas.connectors import Connector, connectors
from emulators.afas.errors import Bare, Refused

QUERY_LIMIT = 2049


def find(books: Books, name: str) -> Connector:
    """Return the connector of an id; raise what AFAS answers when the caller has no such connector."""
    known = connectors()
    if books.switches.text("connector_ids") == "any_case":
        name = next((each for each in known if each.lower() == name.lower()), name)
    if name not in known or name in books.switches.text("missing_connectors").split():
        if books.switches.number("unauthorised_connector_status") == 401:
            raise Bare(401)
        raise Refused("get_unauthorised")
    return known[name]


def answer(books: Books, request: Request, name: str, chance: random.Random, scale: float) -> Response:
    """Answer the rows that were asked for."""
    if request.query_string and len(request.query_string) + 1 > QUERY_LIMIT:
        raise Bare(404)
    connector = find(books, name)
    if connector.id in books.switches.text("blocked_connectors").split():
        raise Refused("get_blocked")
    asked = query.read(connector, request.args, books.switches)
    found = rows.rows(books, connector)
    if found and asked.groups:
        groups = [[each.test(books.switches) for each in group] for group in asked.groups]
        found = [row for row in found if any(all(holds(row) for holds in group) for group in groups)]
    page = _page(books, asked, _ordered(books, asked, found, chance))
    limit = books.switches.number("data_limit")
    if limit and scale and len(page) * len(connector.fields) >= limit * scale:
        raise Refused("out_of_memory")
    shown = [{name: row.get(name) for name in connector.fields} for row in page]
    return wire.answer({"skip": asked.skip, "take": asked.take, "rows": shown})


def _ordered(books: Books, asked: query.Query, found: list[Row], chance: random.Random) -> list[Row]:
    """Sort as asked; what the order leaves open comes in another order each call."""
    if books.switches.text("unordered") == "shuffled":
        found = chance.sample(found, len(found))
    for name, descending in reversed(asked.order):
        found = sorted(found, key=partial(_sortable, name), reverse=descending)
    return found


def _sortable(name: str, row: Row) -> tuple[bool, Any]:
    content = row[name]
    return content is not None, content.casefold() if isinstance(content, str) else content or 0


def _page(books: Books, asked: query.Query, found: list[Row]) -> list[Row]:
    cap = books.switches.number("take_cap")
    if asked.whole:
        return found[:cap] if cap else found
    take = min(asked.take, cap) if cap else asked.take
    if asked.take == 0 and books.switches.text("take_zero") == "one_row":
        take = 1
    first = max(asked.skip, 0)
    return found[first : first + take]
