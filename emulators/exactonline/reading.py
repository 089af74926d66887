"""Answer GET requests: rows, pages, counts, functions.

Sources: vendor's query string options, restrictions and best-practice pages; shapes recorded in June 2026.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from werkzeug.wrappers import Request, Response

from emulators.exactonline import atom, query, wire
from emulators.exactonline.address import Address
from emulators.exactonline.books import Books, Division, Row
from emulators.exactonline.errors import ExactError, bad_query, not_found
from emulators.exactonline.filter_words import Node
from emulators.exactonline.reports import computed, me
from emulators.exactonline.resources import Resource, resource, resources

BULK_FILTERS = frozenset(
    [
        "ID",
        "EntryID",
        "EntryNumber",
        "Date",
        "FinancialYear",
        "FinancialPeriod",
        "JournalCode",
        "Modified",
        "Created",
        "GLAccount",
        "GLAccountCode",
        "Account",
        "AccountCode",
        "YourRef",
        "InvoiceNumber",
        "Type",
        "Status",
        "Code",
        "Name",
        "Document",
        "DueDate",
    ]
)
HAS_SYNC = frozenset(each.table for each in resources().values() if each.is_sync)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One GET request against one division."""

    books: Books
    divisions: Iterable[Division]
    request: Request
    address: Address
    json: bool

    @property
    def base(self) -> str:
        """The address all links start with."""
        root = self.request.url_root.rstrip("/") + "/api/v1"
        return f"{root}/{self.address.division}" if self.address.division is not None else root


def read(reading: Reading) -> Response:
    """Answer a GET request."""
    address = reading.address
    shape = address.resource
    if shape is None:
        raise not_found(address.function)
    if shape.path == "current/Me":
        return _count(reading, shape, [me(reading.books)]) if address.count else _me(reading, shape)
    if address.link:
        owner = _one(reading, shape)
        target = resource(shape.links[address.link])
        return _many(reading, target, linked(reading.books, shape, address.link, owner))
    if address.key is not None:
        return _single(reading, shape)
    rows = _rows(reading, shape)
    if address.count:
        return _count(reading, shape, rows)
    return _many(reading, shape, rows)


def linked(books: Books, shape: Resource, link: str, owner: Row) -> list[Row]:
    """Return the rows behind a link of a row."""
    target = shape.links[link]
    types = resource(target).types
    if "EntryID" in types:
        return sorted(books.of_entry(target, owner["EntryID"]), key=lambda row: row["LineNumber"])
    field = next((name for name in ("VATCodeID", "Account") if name in types), "")
    return [row for row in books.rows(target) if row.get(field) == owner[shape.key]]


def view_of(reading: Reading, asked: query.Query) -> wire.View:
    """Return how the rows of a query are shown."""
    tails = reading.books.switches.on("binary_tails")
    expanded = {
        link: wire.View(
            resource=resource(asked.shape.links[link]),
            base=reading.base,
            select=asked.select.inside.get(link),
            tails=tails,
        )
        for link in asked.expand
    }
    return wire.View(
        resource=asked.shape, base=reading.base, select=asked.select.fields, expanded=expanded, tails=tails
    )


def _rows(reading: Reading, shape: Resource) -> list[Row]:
    rows = computed(reading.books, shape.table, reading.divisions)
    if rows is None:
        rows = list(reading.books.rows(shape.table))
    if shape.is_sync or shape.is_bulk:
        rows = reading.books.settled(rows)
    return rows


def _me(reading: Reading, shape: Resource) -> Response:
    asked = query.read(reading.request.args, shape, reading.books.switches)
    row = me(reading.books)
    view = view_of(reading, asked)
    if not reading.json:
        return atom.feed([row], view, updated=reading.books.now(), count=None, next_page=None)
    return wire.answer(wire.collection([wire.entity(row, view)], bare=False))


def _one(reading: Reading, shape: Resource) -> Row:
    rows = computed(reading.books, shape.table, reading.divisions)
    if rows is None:
        return reading.books.get(shape.table, reading.address.key)
    found = next((row for row in rows if str(row[shape.key]) == reading.address.key), None)
    if found is None:
        raise not_found(shape.name)
    return found


def _single(reading: Reading, shape: Resource) -> Response:
    asked = query.read(reading.request.args, shape, reading.books.switches)
    row = _with_links(reading, asked, _one(reading, shape))
    view = view_of(reading, asked)
    if not reading.json:
        return atom.entry(row, view, updated=reading.books.now())
    return wire.answer({"d": wire.entity(row, view)})


def _many(reading: Reading, shape: Resource, rows: list[Row]) -> Response:
    asked = query.read(reading.request.args, shape, reading.books.switches)
    _check_limited(reading, asked)
    page = query.run(asked, rows)
    shown = [_with_links(reading, asked, row) for row in page.rows]
    address = reading.request.base_url
    next_page = query.next_address(address, reading.request.args, asked, page.token) if page.token else None
    view = view_of(reading, asked)
    if not reading.json:
        return atom.feed(shown, view, updated=reading.books.now(), count=page.count, next_page=next_page)
    bare = (
        asked.top is not None
        and asked.top <= (shape.page_size or asked.top)
        and reading.books.switches.on("bare_list_with_top")
    )
    entities = (wire.entity(row, view) for row in shown)
    return wire.answer(wire.collection(entities, bare=bare, count=page.count, next_page=next_page))


def _count(reading: Reading, shape: Resource, rows: list[Row]) -> Response:
    # Exact: $count is plain text and does not go with a request for JSON.
    if reading.json:
        raise ExactError(
            reading.books.switches.number("unacceptable_status"), "Unsupported media type requested."
        )
    asked = query.read(reading.request.args, shape, reading.books.switches)
    fitting = [row for row in rows if asked.filter is None or asked.filter.read(row)]
    return Response(str(len(fitting)), content_type="text/plain;charset=utf-8")


def _with_links(reading: Reading, asked: query.Query, row: Row) -> Row:
    if not asked.expand:
        return row
    return row | {"_links": {link: linked(reading.books, asked.shape, link, row) for link in asked.expand}}


def _check_limited(reading: Reading, asked: query.Query) -> None:
    """Hold sync, bulk and mandatory filtering views to their own rules."""
    shape, switches = asked.shape, reading.books.switches
    if (shape.is_sync or shape.is_bulk) and not reading.request.args.get("$select", "").strip():
        raise bad_query("The $select query option is mandatory for this endpoint.")
    if shape.is_sync:
        _check_fields(asked.filter, frozenset({"Timestamp"}))
        return
    if shape.is_bulk and not switches.on("mixed_bulk_filters"):
        _check_fields(asked.filter, BULK_FILTERS)
    if shape.table in HAS_SYNC and switches.on("mandatory_filtering") and asked.filter is None:
        raise bad_query(
            "This endpoint has mandatory filtering applied. A GET request for this endpoint must have a"
            " $filter parameter with one of the following fields in the url: "
            + ", ".join(name for name in ("ID", "Code", "Name", "Modified") if name in shape.types)
        )


def _check_fields(test: Node | None, allowed: frozenset[str]) -> None:
    strange = [name for name in (test.fields if test else ()) if name not in allowed]
    if strange:
        raise bad_query(f"Filtering on these fields is not supported: {', '.join(strange)}")
