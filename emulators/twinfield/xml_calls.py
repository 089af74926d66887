"""The operations of processxml.asmx: a document as text, as an element, or packed.

Sources: the vendor's WSDL of processxml.asmx; zypp-io/twinfield (namespace of the root),
jimzor/twinfield-js (names of the answer without prefixes); packing ended on 31
July 2025 (breaking changes page).
"""

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield import documents
from emulators.twinfield.desk import Desk
from emulators.twinfield.errors import FaultError
from emulators.twinfield.wire import TWINFIELD, Envelope, MalformedError, child, local_name, made, parse

STRING, DOCUMENT, COMPRESSED = "ProcessXmlString", "ProcessXmlDocument", "ProcessXmlCompressed"
DECLARATION = '<?xml version="1.0" encoding="utf-16"?>\r\n'


def document_of(envelope: Envelope) -> Element:
    """Return the document of a request; FaultError 187 when it has none, 186 when it is packed."""
    if envelope.operation == COMPRESSED:
        raise FaultError(186)
    request = child(envelope.body, "xmlRequest")
    if envelope.operation not in {STRING, DOCUMENT} or etree.QName(envelope.body).namespace != TWINFIELD:
        raise MalformedError("no such operation")
    if request is None:
        raise FaultError(187)
    if envelope.operation == STRING:
        if len(request):
            raise MalformedError("an element where text belongs")
        try:
            return parse(request.text or "")
        except MalformedError:
            raise FaultError(187) from None
    if len(request) != 1:
        raise FaultError(187)
    # Clients leave the root in Twinfield's namespace and empty it below; what is not emptied is not found.
    request[0].tag = local_name(request[0])
    return request[0]


def result_of(desk: Desk, envelope: Envelope) -> Element:
    """Carry out the document and wrap its answer."""
    document = document_of(envelope)
    documents.check_size(desk, document)
    result = documents.answer(desk, document)
    if envelope.operation == DOCUMENT:
        return _holding(result)
    text = etree.tostring(result, encoding="unicode")
    response = made(f"{STRING}Response")
    place = etree.SubElement(response, f"{{{TWINFIELD}}}{STRING}Result")
    place.text = (DECLARATION if desk.switches.on("result_declaration") else "") + text
    return response


def _holding(result: Element) -> Element:
    """Wrap a result that stands in no namespace, without prefixes: clients look for the names as they are."""
    root = etree.QName(result).localname
    response = etree.fromstring(
        f'<{DOCUMENT}Response xmlns="{TWINFIELD}"><{DOCUMENT}Result><{root} xmlns=""/></{DOCUMENT}Result>'
        f"</{DOCUMENT}Response>"
    )
    place = response[0][0]
    place.text = result.text
    for name, value in result.items():
        place.set(name, value)
    place.extend(list(result))
    return response
