"""The definitions of browse reports: their columns, and which of them may be filtered.

Sources: the vendor's page on browse definitions; definitions recorded in php-twinfield/twinfield and
pronamic/wp-twinfield; queries of Yoast/singer-tap-twinfield and murb/twinfield. The list of fields has the
shape that php-twinfield/twinfield and murb/twinfield read; that all can be sorted on is inferred.
"""

import csv
from dataclasses import dataclass
from functools import cache

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield.books import Books
from emulators.twinfield.browse_values import word_of
from emulators.twinfield.remarks import Remarks
from emulators.twinfield.seed import FOLDER
from emulators.twinfield.wire import add

FINDERS = {
    "fin.trs.head.office": "OFF", "fin.trs.head.code": "TRS", "fin.trs.head.curcode": "CUR",
    "fin.trs.head.user": "USR", "fin.trs.line.dim1": "DIM", "fin.trs.line.dim2": "DIM",
    "fin.trs.line.dim3": "DIM", "fin.trs.line.vatcode": "VAT",
}  # fmt: skip
OPTIONS = {
    "fin.trs.head.status": ("temporary", "final"),
    "fin.trs.line.debitcredit": ("debit", "credit"),
    "fin.trs.line.matchstatus": ("available", "notmatchable"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a report's definition."""

    field: str
    visible: str
    ask: str
    operator: str
    start: str
    finderparam: str


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


def list_fields(books: Books) -> Element:
    """Return every field that reports have, as `list` type browsefields does; all can be sorted on."""
    root = etree.Element("browsefields", result="1")
    for code, (kind, _dutch, _english) in fields().items():
        place = add(root, "browsefield")
        add(place, "code", code)
        add(place, "datatype", kind)
        add(place, "finder", FINDERS.get(code, ""))
        options = add(place, "dropdown")
        for value in OPTIONS.get(code, ()):
            add(options, "option", value, name=word_of(books, value))
        add(place, "canorder", "true")
    return root


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
