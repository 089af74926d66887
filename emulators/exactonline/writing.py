"""Answer POST, PUT and DELETE requests.

Sources: vendor's reference pages per resource; basvanbeek.nl/exact-online-tips (Prefer); ossobv/exactonline
(deleting lines); WCF Data Services (204 without body).
"""

from typing import Any

from werkzeug.wrappers import Response

from emulators.exactonline import atom, invoices, masters, memorials, wire
from emulators.exactonline.books import Row
from emulators.exactonline.errors import ExactError, ValidationError, finding
from emulators.exactonline.incoming import parse_body, typed, typed_links
from emulators.exactonline.kinds import (
    BY_LINES_PATH,
    BY_PATH,
    MEMORIAL,
    MEMORIAL_LINES,
    MEMORIAL_LINK,
    SALES,
    Kind,
)
from emulators.exactonline.reading import Reading
from emulators.exactonline.resources import Resource

JSON_TYPES = frozenset({"application/json", "text/json"})


def write(reading: Reading, method: str) -> Response:
    """Carry out a change and answer."""
    shape = reading.address.resource
    key = reading.address.key
    if shape is None or method not in shape.methods or (key is None) != (method == "POST"):
        raise ExactError(405, "Method Not Allowed")
    if method == "POST":
        return _created(reading, shape, _post(reading, shape, _content(reading)))
    if method == "PUT" and shape.path == SALES.path and not reading.books.switches.on("sales_entry_put"):
        raise ExactError(405, "Method Not Allowed")
    row = _changeable(reading, shape, key)
    if method == "DELETE":
        _delete(reading, shape, row)
    else:
        _put(reading, shape, row, _content(reading))
    return Response(status=204)


def _changeable(reading: Reading, shape: Resource, key: str | None) -> Row:
    row = reading.books.find(shape.table, key)
    if row is None and reading.books.switches.number("unknown_key_status") == 403:
        raise ExactError(403, "Forbidden")
    return row if row is not None else reading.books.get(shape.table, key)


def _content(reading: Reading) -> dict[str, Any]:
    kind = reading.request.mimetype
    if kind not in JSON_TYPES:
        raise ExactError(415, "Unsupported media type requested.")
    return parse_body(reading.request.get_data())


def _post(reading: Reading, shape: Resource, content: dict[str, Any]) -> Row:
    books = reading.books
    lenient = books.switches.on("number_for_text")
    values, linked = typed(shape, content, creating=True, lenient=lenient)

    def lines(link: str) -> list[Row]:
        return typed_links(shape, link, linked.get(link, []), lenient=lenient)

    if kind := BY_PATH.get(shape.path):
        values["_type"] = content.get("Type")
        return invoices.create(books, kind, values, lines(kind.link))
    if kind := BY_LINES_PATH.get(shape.path):
        return _post_line(reading, kind, values)
    if shape.path == MEMORIAL:
        return memorials.create(books, values, lines(MEMORIAL_LINK))
    if shape.path == MEMORIAL_LINES:
        return memorials.add_line(books, _owner(reading, MEMORIAL, values), values)
    return masters.create(books, shape.path, values)


def _put(reading: Reading, shape: Resource, row: Row, content: dict[str, Any]) -> None:
    books = reading.books
    lenient = books.switches.on("number_for_text")
    values, _ = typed(shape, content, creating=False, lenient=lenient)
    if kind := BY_PATH.get(shape.path):
        invoices.change(books, kind, row, values)
    elif kind := BY_LINES_PATH.get(shape.path):
        entry = books.get(kind.path, row["EntryID"])
        changed = {name: text for name, text in values.items() if name not in {"ID", "EntryID"}}
        lines = [
            (key, sent | changed if key == row["ID"] else sent)
            for key, sent in invoices.sent_lines_of(books, kind, entry)
        ]
        invoices.change_lines(books, kind, entry, lines)
    else:
        masters.change(books, shape.path, row, values)


def _delete(reading: Reading, shape: Resource, row: Row) -> None:
    books = reading.books
    if kind := BY_PATH.get(shape.path):
        invoices.delete(books, kind, row)
    elif kind := BY_LINES_PATH.get(shape.path):
        entry = books.get(kind.path, row["EntryID"])
        lines = invoices.sent_lines_of(books, kind, entry)
        invoices.change_lines(books, kind, entry, [line for line in lines if line[0] != row["ID"]])
    elif shape.path == MEMORIAL:
        memorials.delete(books, row)
    else:
        masters.delete(books, shape.path, row)


def _post_line(reading: Reading, kind: Kind, values: Row) -> Row:
    books = reading.books
    entry = _owner(reading, kind.path, values)
    invoices.change_lines(books, kind, entry, [*invoices.sent_lines_of(books, kind, entry), (None, values)])
    return max(books.of_entry(kind.lines_path, entry["EntryID"]), key=lambda line: line["LineNumber"])


def _owner(reading: Reading, path: str, values: Row) -> Row:
    entry = reading.books.find(path, values.get("EntryID"))
    if entry is None:
        raise ValidationError(
            finding("mandatory" if not values.get("EntryID") else "reference", "document_number")
        )
    return entry


def _created(reading: Reading, shape: Resource, row: Row) -> Response:
    books = reading.books
    view = wire.View(resource=shape, base=reading.base, tails=books.switches.on("binary_tails"))
    full = "return=representation" in reading.request.headers.get("Prefer", "").replace(" ", "")
    if not full and books.switches.on("minimal_post_answer"):
        # Exact: without Prefer most properties other than the key come back null.
        row = {shape.key: row[shape.key]}
    if not reading.json:
        return atom.entry(row, view, updated=books.now(), status=201)
    response = wire.answer({"d": wire.entity(row, view)}, 201)
    response.headers["Location"] = view.uri(row)
    return response
