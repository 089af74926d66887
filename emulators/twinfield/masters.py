"""What `read` and `list` documents return: offices, dimensions, VAT codes, bookings, definitions.

Sources: the vendor's pages on offices and masters; recorded replies of php-twinfield/twinfield and
pronamic/wp-twinfield (unknown codes, a list's marker row); CodeMill-Solutions/twinfield-mcp (type first).
"""

from collections.abc import Callable

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield import browse_definitions, dimension_reply, office_reply, read_transaction, vat_reply
from emulators.twinfield.books import Books
from emulators.twinfield.desk import Desk
from emulators.twinfield.remarks import Remarks
from emulators.twinfield.wire import add, local_name, text_of


def read(desk: Desk, sent: Element) -> Element:
    """Answer a `read` document; `type` must come first, else an empty document comes back."""
    if not len(sent) or local_name(sent[0]) != "type":
        return etree.Element("read")
    kind = sent[0].text or ""
    if kind == "office":
        return office_reply.answer(desk, text_of(sent, "office"), text_of(sent, "code"))
    reader = READERS.get(kind)
    if reader is None:
        return _not_implemented(desk, "read", kind)
    books = _open(desk, sent)
    return books if isinstance(books, etree._Element) else reader(books, sent)  # noqa: SLF001


def listing(desk: Desk, sent: Element) -> Element:
    """Answer a `list` document."""
    kind = text_of(sent, "type")
    if kind == "offices":
        return offices(desk)
    lister = LISTERS.get(kind)
    if lister is None:
        return _not_implemented(desk, "list", kind)
    books = _open(desk, sent)
    return books if isinstance(books, etree._Element) else lister(books, sent)  # noqa: SLF001


def offices(desk: Desk) -> Element:
    """List the offices that the user may use."""
    root = etree.Element("offices", result="1")
    for office in desk.offices.values():
        if office.accessible:
            add(root, "office", office.code, name=office.name, shortname=office.shortname)
    return root


def _open(desk: Desk, sent: Element) -> Books | Element:
    """Open the office of the document, else of the request; a refusal is the answer itself."""
    code = text_of(sent, "office") or desk.company
    books = desk.open(code)
    if books is not None:
        return books
    root = etree.Element(local_name(sent))
    add(root, "office", code)
    known = code in desk.offices
    Remarks(root, desk.user.language).error(root, "office_denied" if known else "office_not_found")
    return root


def _not_implemented(desk: Desk, name: str, kind: str) -> Element:
    root = etree.Element(name)
    Remarks(root, desk.user.language).error(add(root, "type", kind), "type_not_implemented")
    return root


def _dimensions(books: Books, sent: Element) -> Element:
    """Read one dimension, or all of a type when no code is named."""
    kind, code = text_of(sent, "dimtype"), text_of(sent, "code")
    office = books.office
    if kind not in office.types or code:
        return _dimension(books, kind, code)
    root = etree.Element("dimensions", result="1")
    root.extend(dimension_reply.write_all(books, office.types[kind]))
    return root


def _dimension(books: Books, kind: str, code: str) -> Element:
    office = books.office
    found = office.types.get(kind)
    dimension = office.dimension(found.level, code) if found else None
    if dimension is not None and dimension.type == kind:
        return dimension_reply.write(books, dimension)
    root = etree.Element("dimension")
    remarks = Remarks(root, books.user.language)
    add(root, "office", office.code, name=office.name, shortname=office.shortname)
    node = add(root, "type", kind)
    place = add(root, "code", code)
    if found is None:
        remarks.error(node, "dimension_type_not_found", code=kind)
        return root
    node.set("name", found.name)
    node.set("shortname", found.shortname)
    remarks.error(place, "dimension_not_found", code=code)
    return root


def _list_dimensions(books: Books, sent: Element) -> Element:
    kind = text_of(sent, "dimtype")
    if kind not in books.office.types:
        return _dimension(books, kind, "")
    root = etree.Element("dimensions", office=books.office.code, type=kind, result="1")
    for each in books.office.of_type(kind):
        if each.status != "hide":
            add(root, "dimension", each.code, name=each.name, shortname=each.shortname)
    # Twinfield: the last row names the type and is no dimension.
    if books.switches.on("list_marker_row"):
        add(root, "dimension", kind, name="", shortname="")
    return root


def _transaction(books: Books, sent: Element) -> Element:
    return read_transaction.read(books, text_of(sent, "code"), text_of(sent, "number"))


def _browse(books: Books, sent: Element) -> Element:
    return browse_definitions.define(books, text_of(sent, "code"))


def _list_fields(books: Books, _sent: Element) -> Element:
    return browse_definitions.list_fields(books)


def _list_codes(name: str) -> Callable[[Books, Element], Element]:
    """List codes with their names; the root is the plural of the row's name."""

    def answer(books: Books, _sent: Element) -> Element:
        office = books.office
        rows = {
            "vat": [(code.code, code.name, code.shortname) for code in office.vat_codes.values()],
            "currency": [(code, names[0], names[1]) for code, names in office.currencies.items()],
            "dimensiontype": [(kind.code, kind.name, kind.shortname) for kind in office.types.values()],
        }[name]
        plural = {"vat": "vats", "currency": "currencies", "dimensiontype": "dimensiontypes"}[name]
        root = etree.Element(plural, office=office.code, result="1")
        for code, long, short in rows:
            add(root, name, code, name=long, shortname=short)
        return root

    return answer


READERS: dict[str, Callable[[Books, Element], Element]] = {
    "transaction": _transaction,
    "dimensions": _dimensions,
    "vat": vat_reply.answer,
    "browse": _browse,
}
LISTERS: dict[str, Callable[[Books, Element], Element]] = {
    "dimensions": _list_dimensions,
    "vat": _list_codes("vat"),
    "currencies": _list_codes("currency"),
    "dimensiontypes": _list_codes("dimensiontype"),
    "browsefields": _list_fields,
}
