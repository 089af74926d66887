"""Dimension documents: the shape in which Twinfield shows a ledger account, relation, cost centre or project.

Sources: the vendor's pages on masters; read replies recorded in the tests of pronamic/wp-twinfield,
php-twinfield/twinfield and murb/twinfield (ictcountrycode, all dimensions of a type).
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield.books import Books
from emulators.twinfield.chart import Dimension, DimensionType
from emulators.twinfield.read_transaction import stamp
from emulators.twinfield.wire import add

COUNTRIES = {"NL": "Nederland", "BE": "België", "DE": "Duitsland", "US": "Verenigde Staten"}
ADDRESS = (
    "name", "country", "city", "postcode", "telephone", "telefax", "email", "contact", "field1", "field2",
    "field3", "field4", "field5", "field6",
)  # fmt: skip
BANK = (
    "ascription", "accountnumber", "bankname", "biccode", "city", "country", "iban", "natbiccode", "postcode",
    "state",
)  # fmt: skip
CREDIT = {
    "responsibleuser": "", "basecreditlimit": "0.00", "sendreminder": "true", "reminderemail": "",
    "blocked": "false", "freetext1": "", "freetext2": "", "freetext3": "", "comment": "",
}  # fmt: skip
ZEROS = ("beginperiod", "beginyear", "endperiod", "endyear")
RELATIONS = {"DEB", "CRD"}
SUBTREES = {"collectmandate": ("id", "signaturedate", "firstrundate")}


def write_all(books: Books, kind: DimensionType) -> Iterator[Element]:
    """Return all dimensions of a type as a read without a code shows them: without office and result.

    The last one is the template of its type and no dimension (switch `list_marker_row`).
    """
    office = books.office
    found = list(office.of_type(kind.code))
    if books.switches.on("list_marker_row"):
        found.append(Dimension(type=kind.code, code=kind.code, name="", modified_at=books.now()))
    for each in found:
        document = write(books, each)
        del document.attrib["result"]
        document.remove(document[0])
        yield document


def write(books: Books, dimension: Dimension) -> Element:
    """Return a dimension's whole document."""
    office = books.office
    root = etree.Element("dimension", status=dimension.status, result="1")
    kind = office.types[dimension.type]
    add(root, "office", office.code, name=office.name, shortname=office.shortname)
    add(root, "type", dimension.type, name=kind.name, shortname=kind.shortname)
    add(root, "code", dimension.code)
    add(root, "uid", dimension.uid)
    add(root, "name", dimension.name)
    add(root, "shortname", dimension.shortname)
    used = (dimension.level, dimension.code) in office.used
    add(root, "inuse", "true" if used else "false")
    add(root, "behaviour", "template" if dimension.code == dimension.type else "normal")
    add(root, "modified", stamp(dimension.modified_at))
    add(root, "touched", str(dimension.touched))
    for name in ZEROS:
        add(root, name, "0")
    for name in ("website", "cocnumber", "vatnumber"):
        add(root, name, str(dimension.parts.get(name, "")))
    add(root, "editdimensionname", "true")
    _financials(books, dimension, add(root, "financials"))
    if dimension.type == "DEB":
        _credit(dimension.parts.get("creditmanagement", {}), add(root, "creditmanagement"))
    if dimension.type in RELATIONS:
        _addresses(dimension.parts.get("addresses", []), add(root, "addresses"))
        _banks(dimension.parts.get("banks", []), add(root, "banks"))
    if dimension.type == "PRJ":
        projects = add(root, "projects")
        for name, value in dimension.parts.get("projects", {}).items():
            add(projects, name, str(value))
    groups = add(root, "groups")
    if dimension.type in RELATIONS:
        add(groups, "group", "2REL", name="Relaties", shortname="Relaties")
    return root


def _financials(books: Books, dimension: Dimension, node: Element) -> None:
    content: dict[str, Any] = dimension.parts.get("financials", {})
    for name, value in content.items():
        if name in SUBTREES:
            place = add(node, name)
            for each in SUBTREES[name]:
                add(place, each, str(value.get(each, "")))
        elif name == "substitutewith":
            account = books.office.dimension(1, str(value))
            told = {"name": account.name, "shortname": account.shortname} if account else {}
            add(node, name, str(value), **told, dimensiontype=account.type if account else "")
        elif name == "vatcode":
            code = books.office.vat_codes.get(str(value))
            told = {"name": code.name, "shortname": code.shortname, "type": code.kind} if code else {}
            add(node, name, str(value), **(told or {"name": "", "shortname": "", "type": ""}))
        else:
            add(node, name, str(value))
    if dimension.type in RELATIONS:
        validations = add(node, "childvalidations")
        add(validations, "childvalidation", dimension.financial("substitutewith"), type="code", level="1")


def _credit(content: dict[str, str], node: Element) -> None:
    for name, default in CREDIT.items():
        place = add(node, name, content.get(name, default))
        if name == "blocked":
            place.set("locked", "false")
            place.set("modified", "")


def _addresses(rows: list[dict[str, str]], node: Element) -> None:
    for number, row in enumerate(rows, start=1):
        place = add(node, "address", id=str(number))
        place.set("type", row.get("@type", "invoice"))
        place.set("default", row.get("@default", "false"))
        for name in ADDRESS:
            each = add(place, name, row.get(name, ""))
            if name == "country":
                add(place, "ictcountrycode", row.get(name, ""), locked="true")
            if name == "country" and row.get(name):
                each.set("name", COUNTRIES.get(row[name], row[name]))
                each.set("shortname", "")


def _banks(rows: list[dict[str, str]], node: Element) -> None:
    for number, row in enumerate(rows, start=1):
        place = add(node, "bank", default=row.get("@default", "false"), id=str(number))
        add(place, "address")
        for name in BANK:
            add(place, name, row.get(name, ""))
