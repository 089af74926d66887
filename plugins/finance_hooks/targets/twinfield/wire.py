"""Write and read Twinfield's XML: envelopes, documents, amounts, dates, faults.

Twinfield developer portal, "XML web services guidelines"; WSDLs of processxml.asmx, finder.asmx and
PeriodService.svc.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from lxml import etree

from finance_hooks.model.money import CENT, ZERO, read_number, round_half_up
from finance_hooks.transport.headers import read_whole

UNEXPECTED = (KeyError, ArithmeticError, TypeError, ValueError, AttributeError)
"""What reading answers of another shape than Twinfield's raises."""

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
TWINFIELD = "http://www.twinfield.com/"
SHARED = "http://schemas.datacontract.org/2004/07/Twinfield.WebServices.Shared"
FAULT_BYTES_MAX = 64 * 1024
"""No fault is larger; what is need not be read twice."""
_MESSAGE_LENGTH = 300
# No network, no entities, none of libxml2's limits lifted: what comes may be a stranger's page.
_GUARDED: Mapping[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What Twinfield says when it does not carry out a request: its own code, if any, and its words."""

    code: int | None
    message: str


def add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """Add an element without a namespace of its own; `None` leaves it empty."""
    child = etree.SubElement(parent, name, attributes)
    child.text = text
    return child


def write_document_call(document: etree._Element, *, token: str, office: str | None) -> bytes:
    """Write the envelope of ProcessXmlDocument; `office` is absent where no administration is meant."""
    envelope, body = _envelope(_header(token, office))
    call = etree.SubElement(body, f"{{{TWINFIELD}}}ProcessXmlDocument", nsmap={"t": TWINFIELD})
    request = etree.SubElement(call, f"{{{TWINFIELD}}}xmlRequest")
    request.append(document)
    return _written(envelope)


def write_call(call: etree._Element, *, token: str, office: str | None) -> bytes:
    """Write the envelope of any other operation of an .asmx service."""
    envelope, body = _envelope(_header(token, office))
    body.append(call)
    return _written(envelope)


def write_query(query: etree._Element, *, token: str, office: str) -> bytes:
    """Write the envelope of a query to a .svc service."""
    header = etree.Element(f"{{{TWINFIELD}}}Authentication", nsmap={"t": TWINFIELD, "s": SHARED})
    add(header, f"{{{SHARED}}}AccessToken", token)
    add(header, f"{{{SHARED}}}CompanyCode", office)
    envelope, body = _envelope(header)
    body.append(query)
    return _written(envelope)


def read_body(content: bytes) -> etree._Element:
    """Return the first element of a SOAP answer's body; ValueError when it is no such answer."""
    return _body_of(_parse(content))


def _body_of(root: etree._Element) -> etree._Element:
    body = root.find(f"{{{SOAP}}}Body")
    if name_of(root) != "Envelope" or body is None or not len(body):
        raise ValueError("the answer is no SOAP answer")
    return body[0]


def read_document(content: bytes) -> etree._Element:
    """Return the document that ProcessXmlDocument answered; ValueError when there is none."""
    return _document_in(read_body(content))


def read_document_by_parts(
    content: bytes, name: str, take: Callable[[etree._Element], None]
) -> etree._Element:
    """Return a document as `read_document` does, without its elements of one name, each given to `take`.

    Their memory is free again before the next one is read: a large answer takes ten times its bytes whole.
    """
    parts = etree.iterparse(BytesIO(content), tag=f"{{*}}{name}", **_GUARDED)
    try:
        for _, part in parts:
            take(_without_namespace(part))
            parent = part.getparent()
            if parent is not None:
                parent.remove(part)
    except etree.XMLSyntaxError as error:
        raise ValueError("the answer is not XML") from error
    return _document_in(_body_of(_declaring_nothing(parts.root)))


def _document_in(body: etree._Element) -> etree._Element:
    result = next(iter(body), None)
    if result is None or name_of(result) != "ProcessXmlDocumentResult" or len(result) != 1:
        raise ValueError("the answer holds no document")
    return _without_namespace(result[0])


def read_fault(content: bytes) -> Fault | None:
    """Read what a SOAP fault says; `None` when the answer is none."""
    if len(content) > FAULT_BYTES_MAX:
        return None
    try:
        fault = read_body(content)
    except ValueError:
        return None
    if name_of(fault) != "Fault":
        return None
    named = {name_of(element): text_of(element) for element in fault.iter() if text_of(element)}
    code = named.get("code") or ""
    message = named.get("message") or named.get("Message") or named.get("faultstring") or "no reason"
    return Fault(code=read_whole(code), message=message[:_MESSAGE_LENGTH])


def messages_of(document: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield what Twinfield says about the nodes of a document; `//` joins several in one attribute."""
    for node in document.iter():
        for message in (node.get("msg") or "").split("//"):
            if message.strip():
                yield node, _SPACES.sub(" ", message).strip()[:_MESSAGE_LENGTH]


def name_of(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: etree._Element | None) -> str | None:
    """Return an element's text, `None` when there is none."""
    return None if element is None else (element.text or "").strip() or None


def child_text(element: etree._Element, path: str) -> str | None:
    """Return the text below an element, `None` when there is none."""
    return text_of(element.find(path))


def write_amount(amount: Decimal) -> str:
    """Write an amount without its sign, which the side of the line tells."""
    return format(abs(amount).quantize(CENT), "f")


def read_amount(text: str | None) -> Decimal:
    """Read an amount; an empty one is zero."""
    return round_half_up(read_number(text)) if text else ZERO


def write_date(day: date) -> str:
    """Write a date as Twinfield does, 20261015."""
    return day.strftime("%Y%m%d")


def read_date(text: str) -> date:
    """Read a date as Twinfield writes it, 20261015 or with a time behind it."""
    digits = text.replace("-", "")[:8]
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def _parse(content: bytes) -> etree._Element:
    try:
        return _declaring_nothing(etree.fromstring(content, etree.XMLParser(**_GUARDED)))
    except etree.XMLSyntaxError as error:
        raise ValueError("the answer is not XML") from error


def _declaring_nothing(root: etree._Element) -> etree._Element:
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("the answer declares a document type")
    return root


def _without_namespace(document: etree._Element) -> etree._Element:
    """Take off the envelope's namespace, which a document without one of its own may seem to be in."""
    if str(document.tag).startswith("{"):
        for element in document.iter(etree.Element):
            element.tag = name_of(element)
    return document


def _header(token: str, office: str | None) -> etree._Element:
    header = etree.Element(f"{{{TWINFIELD}}}Header", nsmap={"t": TWINFIELD})
    add(header, f"{{{TWINFIELD}}}AccessToken", token)
    if office is not None:
        add(header, f"{{{TWINFIELD}}}CompanyCode", office)
    company_id = add(header, f"{{{TWINFIELD}}}CompanyId")
    company_id.set(f"{{{SCHEMA_INSTANCE}}}nil", "true")
    return header


def _envelope(header: etree._Element) -> tuple[etree._Element, etree._Element]:
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP, "xsi": SCHEMA_INSTANCE})
    etree.SubElement(envelope, f"{{{SOAP}}}Header").append(header)
    return envelope, etree.SubElement(envelope, f"{{{SOAP}}}Body")


def _written(envelope: etree._Element) -> bytes:
    return etree.tostring(envelope, encoding="utf-8", xml_declaration=True)
