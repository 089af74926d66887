"""Write what Twinfield is asked: lists, single codes, the finder.

Twinfield developer portal, "Read requests", "List requests" and "Finder"; WSDL of finder.asmx.
"""

from collections.abc import Mapping

from lxml import etree

from finance_hooks.targets.twinfield.wire import TWINFIELD, add, name_of, text_of

FINDER_ACTION = f"{TWINFIELD}Search"
FINDER_ROWS = 100
COLUMNS = ("code", "name")
"""What the finder shows of each row first."""
DAYBOOKS, VAT_CODES = "TRS", "VAT"


def list_offices() -> etree._Element:
    """Ask for the administrations that the user may open."""
    return _document("list", type="offices")


def read_office(office: str) -> etree._Element:
    """Ask for an administration's own fields; Twinfield wants its code in both places."""
    return _document("read", type="office", office=office, code=office)


def list_dimensions(office: str, dimension_type: str) -> etree._Element:
    """Ask for all codes of one dimension type."""
    return _document("list", type="dimensions", office=office, dimtype=dimension_type)


def read_vat(office: str, code: str) -> etree._Element:
    """Ask for one VAT code with its percentages and accounts."""
    return _document("read", type="vat", office=office, code=code)


def search(finder_type: str, options: Mapping[str, str], *, first_row: int) -> etree._Element:
    """Ask the finder for codes and names, from a row on."""
    call = etree.Element(f"{{{TWINFIELD}}}Search", nsmap={"t": TWINFIELD})
    fields = {"type": finder_type, "pattern": "*", "field": "0"}
    fields |= {"firstRow": str(first_row), "maxRows": str(FINDER_ROWS)}
    for name, text in fields.items():
        add(call, f"{{{TWINFIELD}}}{name}", text)
    listed = add(call, f"{{{TWINFIELD}}}options")
    for name, text in options.items():
        pair = add(listed, f"{{{TWINFIELD}}}ArrayOfString")
        add(pair, f"{{{TWINFIELD}}}string", name)
        add(pair, f"{{{TWINFIELD}}}string", text)
    return call


def read_found(answer: etree._Element) -> tuple[int, dict[str, str]]:
    """Read how many rows there are in all, and names by code; ValueError when the finder refused."""
    elements = {name_of(element): element for element in answer.iter(etree.Element)}
    refused = [
        text_of(element)
        for element in answer.iter(etree.Element)
        if name_of(element) == "Text" and text_of(element)
    ]
    if refused:
        raise ValueError(f"the finder answered {'; '.join(filter(None, refused))}")
    # Twinfield: where nothing is found there are no items (the vendor's sample client).
    listed = elements.get("Items", ())
    rows = [[text_of(cell) or "" for cell in row] for row in listed if name_of(row) == "ArrayOfString"]
    if any(len(row) < len(COLUMNS) for row in rows):
        raise ValueError("the finder shows a row without code and name")
    return int(text_of(elements["TotalRows"]) or 0), {row[0]: row[1] for row in rows}


def _document(root: str, **fields: str) -> etree._Element:
    document = etree.Element(root)
    for name, text in fields.items():
        add(document, name, text)
    return document
