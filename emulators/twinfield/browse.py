"""Browse reports: a `columns` document asks, a `browse` document with th and tr answers.

Sources: the vendor's page on browse definitions; queries of Yoast/singer-tap-twinfield (which columns may be
filtered), zypp-io/twinfield and murb/twinfield (columns without label or id, order, cost centres); recorded
replies of pronamic/wp-twinfield and php-twinfield/twinfield.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TypeAlias

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield.books import Booking, Books, Line
from emulators.twinfield.browse_definitions import definitions, fields, label
from emulators.twinfield.browse_order import ordered
from emulators.twinfield.browse_values import shown, value_of
from emulators.twinfield.errors import FaultError
from emulators.twinfield.read_transaction import is_open
from emulators.twinfield.wire import add, text_of

OPERATORS = {"none", "equal", "between", "like"}
STATUS = "fin.trs.head.status"
OFFICE = "fin.trs.head.office"
DAYBOOK = "fin.trs.head.code"
INVOICE_NUMBER = "fin.trs.line.invnumber"
HEAD = "fin.trs.head."
INVOICE_KINDS = {"sales", "purchase"}
MOMENT = 14
STATUSES = {
    "normal": {"temporary", "final"},
    "temporary": {"temporary"},
    "final": {"final"},
    "draft": set(),
    "inuse": {"temporary", "final"},
}
# Twinfield: of the customer reports only lines of debtors, of the supplier reports only creditors, and of
# the cost centre report only those of cost centres.
RELATIONS = {"100": "DEB", "130_1": "DEB", "200": "CRD", "230_2": "CRD", "900": "KPL"}
# Twinfield: only lines that can still be matched.
OPEN_ONLY = {"010"}
# Filters that a working client sets beyond the recorded definition.
ALSO_FILTERED = {
    "000": {"fin.trs.head.modified", "fin.trs.line.dim2"},
    "100": {"fin.trs.line.modified"},
}
# Columns that end in a fault together, as CodeMill-Solutions/twinfield-mcp found.
CLASHES = {"100": {"fin.trs.line.dim1", "fin.trs.line.dim2"}}
NUMBERS = {"Decimal", "Number", "Value"}
Comparable: TypeAlias = tuple[Decimal, str]
Bounds: TypeAlias = tuple[Comparable | None, Comparable | None]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A column that a client asks for; `operator` none filters nothing."""

    field: str
    kind: str
    label: str
    visible: bool
    operator: str
    start: str
    end: str

    @cached_property
    def bounds(self) -> Bounds:
        """Return what its filter compares with."""
        return _bounds(self)


def answer(books: Books, sent: Element) -> Element:
    """Return the rows of a report."""
    code = sent.get("code", "")
    if code not in definitions():
        raise FaultError(100)
    asked = [_asked(books, code, node) for node in sent.iterchildren("column")]
    if code in CLASHES and CLASHES[code] <= {column.field for column in asked}:
        raise FaultError(100)
    rows = ordered(books, sent, list(_rows(books, code, asked)))
    root = etree.Element("browse", result="1")
    for name, number in (("first", min(1, len(rows))), ("last", len(rows)), ("total", len(rows))):
        root.set(name, str(number))
    head = add(root, "th")
    visible = [column for column in asked if column.visible]
    for column in visible:
        add(head, "td", column.field, label=column.label, hideforuser="false", type=column.kind)
    for booking, line in rows:
        _add_row(books, booking, line, visible, add(root, "tr"))
    return root


def _asked(books: Books, code: str, node: Element) -> Asked:
    """Read one column; one that does not exist, or may not be filtered, ends in a fault."""
    field = text_of(node, "field")
    operator = text_of(node, "operator") or "none"
    if field not in fields() or operator not in OPERATORS:
        raise FaultError(100)
    start, end = text_of(node, "from"), text_of(node, "to")
    filters = operator != "none" and bool(start or end)
    may = field == OFFICE or field in ALSO_FILTERED.get(code, ()) or _may(code, field, operator, start)
    if filters and not may:
        if books.switches.text("unfilterable_column") == "fault":
            raise FaultError(100)
        operator = "none"
    return Asked(
        field=field,
        kind=fields()[field][0],
        label=text_of(node, "label") or label(books, field),
        visible=text_of(node, "visible") != "false",
        operator=operator if filters else "none",
        start=start,
        end=end,
    )


def _may(code: str, field: str, operator: str, start: str) -> bool:
    """Tell whether a definition asks for this filter, or has it itself."""
    found = [column for column in definitions()[code] if column.field == field]
    return any(
        column.ask == "true" or (column.operator, column.start) == (operator, start) for column in found
    )


def _rows(books: Books, code: str, asked: list[Asked]) -> Iterator[tuple[Booking, Line]]:
    asked_for = {column.start for column in asked if column.field == STATUS and column.operator == "equal"}
    allowed = STATUSES.get(next(iter(asked_for), "normal"), set())
    filters = [column for column in asked if column.operator != "none" and column.field != STATUS]
    of_head = [column for column in filters if column.field.startswith(HEAD)]
    of_line = [column for column in filters if not column.field.startswith(HEAD)]
    relation = RELATIONS.get(code)
    for booking in _candidates(books, filters):
        if booking.location not in allowed or not _fits_all(books, booking, booking.lines[0], of_head):
            continue
        for line in booking.lines:
            second = books.office.dimensions.get((2, line.dim2)) if relation else None
            if relation and (second is None or second.type != relation):
                continue
            if code in OPEN_ONLY and not is_open(books, line):
                continue
            if _fits_all(books, booking, line, of_line):
                yield booking, line


def _candidates(books: Books, filters: list[Asked]) -> list[Booking]:
    """Return the bookings to look at, by daybook and number; those with an invoice number by index."""
    equal = {column.field: column.start for column in filters if column.operator == "equal"}
    daybook = books.office.daybooks.get(equal.get(DAYBOOK, ""))
    if daybook and daybook.kind in INVOICE_KINDS and equal.get(INVOICE_NUMBER):
        return books.office.with_invoice_number(daybook.code, equal[INVOICE_NUMBER])
    return [booking for _key, booking in sorted(books.office.bookings.items())]


def _fits_all(books: Books, booking: Booking, line: Line, columns: list[Asked]) -> bool:
    return all(_fits(column, str(value_of(books, booking, line, column.field))) for column in columns)


def _fits(column: Asked, text: str) -> bool:
    if column.operator == "like":
        return fnmatchcase(text.lower(), column.start.lower())
    value, (start, end) = _comparable(column, text), column.bounds
    if column.operator == "equal":
        return value == start
    return (start is None or start <= value) and (end is None or value <= end)


def _bounds(column: Asked) -> Bounds:
    """Return what a filter compares with; a Datetime that ends early takes the whole of what it names."""
    end = column.end.ljust(MOMENT, "9") if column.kind == "Datetime" and column.end else column.end
    first, last = (_comparable(column, text) if text else None for text in (column.start, end))
    return first, last


def _comparable(column: Asked, text: str) -> Comparable:
    if column.kind in NUMBERS:
        try:
            return Decimal(text or 0), ""
        except InvalidOperation:
            raise FaultError(100) from None
    return Decimal(0), text


def _add_row(books: Books, booking: Booking, line: Line, visible: list[Asked], row: Element) -> None:
    for column in visible:
        value = value_of(books, booking, line, column.field)
        text, name = shown(books, column.field, column.kind, value)
        attributes = {"name": name} if name else {}
        add(row, "td", text, field=column.field, hideforuser="false", type=column.kind, **attributes)
    key = add(row, "key")
    for name, text in (
        ("office", books.office.code),
        ("code", booking.code),
        ("number", booking.number),
        ("line", str(line.number)),
    ):
        add(key, name, text)
