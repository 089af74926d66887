"""SOAP envelopes and the XML inside them.

Sources: the vendor's WSDL of processxml.asmx; envelopes of php-twinfield/twinfield, zypp-io/twinfield
(UTF-16 declared over UTF-8) and CodeMill-Solutions/twinfield-mcp (bare 400 for a malformed one).
"""

import gzip
import io
import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element
from werkzeug.wrappers import Request, Response

TWINFIELD = "http://www.twinfield.com/"
SHARED = "http://schemas.datacontract.org/2004/07/Twinfield.WebServices.Shared"
SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
CONTENT_TYPES = {SOAP_11: "text/xml; charset=utf-8", SOAP_12: "application/soap+xml; charset=utf-8"}
DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
HEADERS = {"Header": TWINFIELD, "Authentication": SHARED}


class MalformedError(Exception):
    """A body that is no SOAP envelope; Twinfield answers a bare 400."""


class TooLargeError(Exception):
    """A body beyond the size that is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One SOAP request: its version's namespace, the element of its body, and what its header says.

    `company` is None where the element is absent. `company_id` tells whether CompanyId is there, be it nil.
    """

    soap: str = SOAP_11
    body: Element
    access_token: str = field(default="", repr=False)
    company: str | None = None
    company_id: bool = False

    @property
    def operation(self) -> str:
        """Return the name of the operation."""
        return local_name(self.body)


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(etree.QName(element).localname)


def parse(content: str) -> Element:
    """Parse a document without entities, network, comments and blank nodes; MalformedError if it is none."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(DECLARATION.sub("", content, count=1).encode(), parser)
    except (etree.XMLSyntaxError, ValueError, UnicodeError) as error:
        raise MalformedError(str(error)) from error
    if root is None or "<!DOCTYPE" in content:
        raise MalformedError("a document type is not taken")
    return root


def body_text(request: Request, most_bytes: int) -> str:
    """Return the body as text: unpacked, and decoded by its mark, its charset or as UTF-8."""
    sent = request.get_data()
    if "gzip" in request.headers.get("Content-Encoding", ""):
        try:
            sent = gzip.GzipFile(fileobj=io.BytesIO(sent)).read(most_bytes + 1)
        except (OSError, EOFError) as error:
            raise MalformedError("not gzip") from error
    if len(sent) > most_bytes:
        raise TooLargeError
    charset = request.mimetype_params.get("charset", "utf-8")
    # Clients declare UTF-16 over UTF-8; the bytes decide.
    if sent[:2] in UTF_16_MARKS or b"\x00" in sent[:4]:
        charset = "utf-16" if sent[:2] in UTF_16_MARKS else "utf-16-le"
    elif charset.lower().startswith("utf-16"):
        charset = "utf-8"
    try:
        return sent.decode("utf-8-sig" if charset.lower() == "utf-8" else charset)
    except (UnicodeDecodeError, LookupError) as error:
        raise MalformedError("not in its charset") from error


def read_envelope(content: str) -> Envelope:
    """Read a SOAP 1.1 or 1.2 envelope; MalformedError if it is none."""
    root = parse(content)
    soap = str(etree.QName(root).namespace)
    if soap not in CONTENT_TYPES or local_name(root) != "Envelope":
        raise MalformedError("no envelope")
    body = root.find(f"{{{soap}}}Body")
    if body is None or len(body) != 1:
        raise MalformedError("no body")
    said: dict[str, str | None] = {}
    for name, namespace in HEADERS.items():
        header = root.find(f"{{{soap}}}Header/{{{TWINFIELD}}}{name}")
        if header is not None:
            said = {local_name(each): each.text or "" for each in header if _in(each, namespace)}
    return Envelope(
        soap=soap,
        body=body[0],
        access_token=said.get("AccessToken") or "",
        company=said.get("CompanyCode"),
        company_id="CompanyId" in said,
    )


def _in(element: Element, namespace: str) -> bool:
    return etree.QName(element).namespace == namespace


def child(element: Element, name: str) -> Element | None:
    """Return a child of Twinfield's namespace."""
    return element.find(f"{{{TWINFIELD}}}{name}")


def made(name: str, **more: str) -> Element:
    """Make an element of Twinfield's namespace, which is the default one in it."""
    namespaces: dict[Any, str] = {None: TWINFIELD} | dict(more)
    return etree.Element(f"{{{TWINFIELD}}}{name}", nsmap=namespaces)


def answer(soap: str, content: Element, status: int = 200, reason: str = "") -> Response:
    """Put one element into the body of an envelope."""
    envelope = etree.Element(f"{{{soap}}}Envelope", nsmap={"soap": soap, "xsi": INSTANCE})
    etree.SubElement(envelope, f"{{{soap}}}Body").append(content)
    return Response(
        etree.tostring(envelope, xml_declaration=True, encoding="utf-8"),
        status=f"{status} {reason}" if reason else status,
        content_type=CONTENT_TYPES[soap],
    )


def fault(soap: str, message: str, code: int | None, source: str, actor: str) -> Element:
    """Make a fault as recorded: code and source in its detail, which stays empty without a code."""
    root = etree.Element(f"{{{soap}}}Fault", nsmap={"soap": soap})
    if soap == SOAP_11:
        etree.SubElement(root, "faultcode").text = "soap:Client"
        etree.SubElement(root, "faultstring").text = message
        etree.SubElement(root, "faultactor").text = actor
        detail = etree.SubElement(root, "detail")
    else:
        etree.SubElement(etree.SubElement(root, f"{{{soap}}}Code"), f"{{{soap}}}Value").text = "soap:Sender"
        told = etree.SubElement(etree.SubElement(root, f"{{{soap}}}Reason"), f"{{{soap}}}Text")
        told.text = message
        told.set("{http://www.w3.org/XML/1998/namespace}lang", "en")
        detail = etree.SubElement(root, f"{{{soap}}}Detail")
    told_there = (("message", message), ("code", str(code)), ("source", source)) if code else ()
    for name, value in told_there:
        etree.SubElement(detail, name).text = value
    return root


def add(parent: Element, tag: str, value: str = "", /, **attributes: str) -> Element:
    """Append an element without namespace; return it."""
    node = etree.SubElement(parent, tag, attributes)
    node.text = value or None
    return node


def text_of(parent: Element, path: str) -> str:
    """Return the text at a path, empty when there is none."""
    return str(parent.findtext(path) or "")
