"""The operations of processxml.asmx: a document as text, as an element, or packed.

Sources: the vendor's WSDL of processxml.asmx; zypp-io/twinfield (namespace of the root); packing ended on 31
July 2025 (breaking changes page).
"""

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield import documents
from emulators.twinfield.desk import Desk
from emulators.twinfield.errors import FaultError
from emulators.twinfield.wire import TWINFIELD, Envelope, MalformedError, child, local_name, parse

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
    # The result stands in no namespace, so its wrapper's must not be the default one.
    response = etree.Element(f"{{{TWINFIELD}}}{envelope.operation}Response", nsmap={"tw": TWINFIELD})
    wrapped = etree.SubElement(response, f"{{{TWINFIELD}}}{envelope.operation}Result")
    if envelope.operation == STRING:
        text = etree.tostring(result, encoding="unicode")
        wrapped.text = (DECLARATION if desk.switches.on("result_declaration") else "") + text
    else:
        wrapped.append(result)
    return response
