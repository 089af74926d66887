"""Browse reports: a `columns` document asks, a `browse` document with th and tr answers.

Sources: the vendor's page on browse definitions; queries of Yoast/singer-tap-twinfield (which columns may be
filtered), zypp-io/twinfield and murb/twinfield (columns without label or id); recorded replies of
pronamic/wp-twinfield and php-twinfield/twinfield.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fnmatch import fnmatchcase
from functools import cache

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield.books import Booking, Books, Line
from emulators.twinfield.browse_values import shown, value_of
from emulators.twinfield.errors import FaultError
from emulators.twinfield.remarks import Remarks
from emulators.twinfield.seed import FOLDER
from emulators.twinfield.wire import add, text_of

OPERATORS = {"none", "equal", "between", "like"}
STATUS = "fin.trs.head.status"
OFFICE = "fin.trs.head.office"
STATUSES = {
    "normal": {"temporary", "final"},
    "temporary": {"temporary"},
    "final": {"final"},
    "draft": set(),
    "inuse": {"temporary", "final"},
}
# Twinfield: of the customer reports only lines of debtors, of the supplier reports only creditors.
RELATIONS = {"100": "DEB", "130_1": "DEB", "200": "CRD", "230_2": "CRD"}
# Filters that a working client sets beyond the recorded definition.
ALSO_FILTERED = {"000": {"fin.trs.head.modified", "fin.trs.line.dim2"}}
NUMBERS = {"Decimal", "Number", "Value"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a report's definition."""

    field: str
    visible: str
    ask: str
    operator: str
    start: str
    finderparam: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A column that a client asks for; `operator` none filters nothing."""

    field: str
    kind: str
    label: str
    visible: bool
    operator: str
    start: str
    end: str


@cache
def fields() -> dict[str, tuple[str, str, str]]:
    """Return every browse field with its type and its Dutch and English label."""
    with (FOLDER / "browse_fields.csv").open(encoding="utf-8", newline="") as file:
        return {row["field"]: (row["type"], row["nl"], row["en"]) for row in csv.DictReader(file)}


@cache
def definitions() -> dict[str, list[Column]]:
    """Return the columns of every report, by its code."""
    found: dict[str, list[Column]] = {}
    with (FOLDER / "browse_codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            column = Column(
                field=row["field"],
                visible="true" if row["visible"] == "1" else "false",
                ask="true" if row["ask"] == "1" else "false",
                operator=row["operator"],
                start=row["from"],
                finderparam=row["finderparam"],
            )
            found.setdefault(row["code"], []).append(column)
    return found


def label(books: Books, field: str) -> str:
    """Return a field's label in the user's language."""
    _kind, dutch, english = fields()[field]
    return dutch if books.user.language == "nl" else english


def define(books: Books, code: str) -> Element:
    """Return a report's definition, as `read` type browse does."""
    root = etree.Element("browse")
    office = books.office
    node = add(root, "office", office.code, name=office.name, shortname=office.shortname)
    if code not in definitions():
        Remarks(root, books.user.language).error(add(root, "code", code), "browse_not_found", code=code)
        return root
    root.set("result", "1")
    for name, value in (("code", code), ("name", code), ("shortname", code), ("visible", "true")):
        node = add(root, name, value)
    node = add(root, "columns", code=code)
    for number, column in enumerate(definitions()[code], start=1):
        place = add(node, "column", id=str(number))
        add(place, "field", column.field)
        add(place, "label", label(books, column.field))
        add(place, "visible", column.visible)
        add(place, "ask", column.ask)
        add(place, "operator", column.operator)
        add(place, "from", column.start)
        add(place, "to", column.start if column.operator == "between" else "")
        add(place, "finderparam", column.finderparam)
    return root


def answer(books: Books, sent: Element) -> Element:
    """Return the rows of a report."""
    code = sent.get("code", "")
    if code not in definitions():
        raise FaultError(100)
    asked = [_asked(books, code, node) for node in sent.iterchildren("column")]
    rows = list(_rows(books, code, asked))
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
    may = field == OFFICE or field in ALSO_FILTERED.get(code, ()) or _asks(code, field)
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


def _asks(code: str, field: str) -> bool:
    return any(column.field == field and column.ask == "true" for column in definitions()[code])


def _rows(books: Books, code: str, asked: list[Asked]) -> Iterator[tuple[Booking, Line]]:
    asked_for = {column.start for column in asked if column.field == STATUS and column.operator == "equal"}
    allowed = STATUSES.get(next(iter(asked_for), "normal"), set())
    filters = [column for column in asked if column.operator != "none" and column.field != STATUS]
    relation = RELATIONS.get(code)
    for key in sorted(books.office.bookings):
        booking = books.office.bookings[key]
        if booking.location not in allowed:
            continue
        for line in booking.lines:
            second = books.office.dimensions.get((2, line.dim2))
            if relation and (second is None or second.type != relation):
                continue
            if all(_fits(column, str(value_of(books, booking, line, column.field))) for column in filters):
                yield booking, line


def _fits(column: Asked, text: str) -> bool:
    if column.operator == "like":
        return fnmatchcase(text.lower(), column.start.lower())
    start, end = column.start, column.end
    if column.operator == "equal":
        return _comparable(column, text) == _comparable(column, start)
    value = _comparable(column, text)
    if column.kind == "Datetime":
        end = end and end.ljust(14, "9")
    above = not start or _comparable(column, start) <= value
    return above and (not end or value <= _comparable(column, end))


def _comparable(column: Asked, text: str) -> tuple[Decimal, str]:
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
