"""session.asmx, which has no logon any more; SelectCompany is still called by clients that hold a token.

Source: the vendor's WSDL of session.asmx; zypp-io/twinfield.
"""

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield.desk import Desk
from emulators.twinfield.errors import FaultError
from emulators.twinfield.wire import TWINFIELD, Envelope, child, made

LOGON = "Logon"


def answer(desk: Desk, envelope: Envelope) -> Element:
    """Answer Logon and SelectCompany; nothing is remembered, every call names its company."""
    root = made(f"{envelope.operation}Response")
    if envelope.operation == "SelectCompany":
        node = child(envelope.body, "company")
        books = desk.open(node.text or "" if node is not None else "")
        found = etree.SubElement(root, f"{{{TWINFIELD}}}SelectCompanyResult")
        found.text = "Ok" if books else "Invalid"
        return root
    if envelope.operation != LOGON:
        raise FaultError(187)
    for name, text in (("LogonResult", "OAuth2AuthenticationRequired"), ("nextAction", "None")):
        etree.SubElement(root, f"{{{TWINFIELD}}}{name}").text = text
    return root
