"""Atom XML, which Exact answers when a request does not ask for JSON (vendor's getting-started page)."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from lxml import etree
from werkzeug.wrappers import Response

from emulators.exactonline.books import Row
from emulators.exactonline.wire import NAMESPACE, View, number, wanted

ATOM = "http://www.w3.org/2005/Atom"
SERVICES = "http://schemas.microsoft.com/ado/2007/08/dataservices"
META = "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"
MAP = {None: ATOM, "d": SERVICES, "m": META}
ATOM_TYPE = "application/atom+xml;charset=utf-8"
EDM = {
    "guid": "Edm.Guid",
    "date": "Edm.DateTime",
    "int": "Edm.Int32",
    "int64": "Edm.Int64",
    "double": "Edm.Double",
    "boolean": "Edm.Boolean",
    "binary": "Edm.Binary",
}


def feed(
    rows: Iterable[Row], view: View, *, updated: datetime, count: int | None, next_page: str | None
) -> Response:
    """Answer with a list."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=MAP)  # type: ignore[arg-type]
    root.set("{http://www.w3.org/XML/1998/namespace}base", f"{view.base}/")
    if count is not None:
        etree.SubElement(root, f"{{{META}}}count").text = str(count)
    _text(root, "title", view.resource.name)
    _text(root, "id", f"{view.base}/{view.resource.path}")
    _text(root, "updated", updated.strftime("%Y-%m-%dT%H:%M:%SZ"))
    name = view.resource.name
    # hotgluexyz/tap-exact finds the next page only where there are several links.
    etree.SubElement(root, f"{{{ATOM}}}link", rel="self", title=name, href=name)
    for row in rows:
        root.append(_entry(row, view, updated))
    if next_page is not None:
        etree.SubElement(root, f"{{{ATOM}}}link", rel="next", href=next_page)
    return _answer(root, 200)


def entry(row: Row, view: View, *, updated: datetime, status: int = 200) -> Response:
    """Answer with one row."""
    return _answer(_entry(row, view, updated), status)


def error(text: str, status: int) -> Response:
    """Answer with the XML form of an error; hotgluexyz/target-exact reads it without prefixes."""
    root = etree.Element(f"{{{META}}}error", nsmap={None: META})  # type: ignore[dict-item]
    etree.SubElement(root, f"{{{META}}}code")
    message = etree.SubElement(root, f"{{{META}}}message")
    message.set("{http://www.w3.org/XML/1998/namespace}lang", "")
    message.text = text
    response = _answer(root, status)
    response.content_type = "application/xml;charset=utf-8"
    return response


def _entry(row: Row, view: View, updated: datetime) -> etree._Element:
    shape = view.resource
    root = etree.Element(f"{{{ATOM}}}entry", nsmap=MAP)  # type: ignore[arg-type]
    _text(root, "id", view.uri(row))
    _text(root, "title", "")
    _text(root, "updated", updated.strftime("%Y-%m-%dT%H:%M:%SZ"))
    etree.SubElement(etree.SubElement(root, f"{{{ATOM}}}author"), f"{{{ATOM}}}name")
    place = view.uri(row).rpartition("/")[2]
    title = shape.entity.rpartition(".")[2]
    etree.SubElement(root, f"{{{ATOM}}}link", rel="edit", title=title, href=place)
    scheme = "http://schemas.microsoft.com/ado/2007/08/dataservices/scheme"
    etree.SubElement(root, f"{{{ATOM}}}category", term=f"{NAMESPACE}.{shape.entity}", scheme=scheme)
    for link in shape.links:
        if wanted(view, link):
            _link(root, row, link, view, updated)
    content = etree.SubElement(root, f"{{{ATOM}}}content", type="application/xml")
    properties = etree.SubElement(content, f"{{{META}}}properties")
    for name in (shape.key, *sorted(set(shape.types) - {shape.key}, key=str.lower)):
        if wanted(view, name):
            _property(properties, name, row.get(name), shape.types[name])
    return root


def _link(root: etree._Element, row: Row, link: str, view: View, updated: datetime) -> None:
    element = etree.SubElement(
        root, f"{{{ATOM}}}link", rel=f"{SERVICES}/related/{link}", title=link, href=f"{view.uri(row)}/{link}"
    )
    unfolded = (view.expanded or {}).get(link)
    if unfolded is None:
        return
    inline = etree.SubElement(element, f"{{{META}}}inline")
    listed = etree.SubElement(inline, f"{{{ATOM}}}feed")
    for each in row["_links"][link]:
        listed.append(_entry(each, unfolded, updated))


def _property(parent: etree._Element, name: str, content: object, kind: str) -> None:
    element = etree.SubElement(parent, f"{{{SERVICES}}}{name}")
    if kind in EDM:
        element.set(f"{{{META}}}type", EDM[kind])
    if content is None or kind == "binary":
        element.set(f"{{{META}}}null", "true")
    else:
        element.text = _written(content)


def _written(content: object) -> str:
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, datetime):
        return content.isoformat()
    if isinstance(content, Decimal):
        return str(number(content))
    return str(content)


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _answer(root: etree._Element, status: int) -> Response:
    body = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return Response(body, status=status, content_type=ATOM_TYPE)
