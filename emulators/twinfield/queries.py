"""Query and command services (.svc): the type of a query, its parameters, its faults.

Source: the vendor's WSDL of PeriodService.svc and its pages on periods and deleted transactions.
"""

from lxml import etree
from lxml.etree import _Element as Element

from emulators.twinfield.wire import INSTANCE, Envelope, local_name, made

CONTRACTS = "http://schemas.datacontract.org/2004/07/Twinfield.WebServices"


class QueryFaultError(Exception):
    """A fault of a query service, such as PeriodServiceFault with a code and a message."""

    def __init__(self, namespace: str, name: str, code: str, message: str) -> None:
        """Keep what the answer needs."""
        super().__init__(f"{code}: {message}")
        self.namespace = namespace
        self.name = name
        self.code = code
        self.message = message

    def detail(self) -> Element:
        """Return the element that stands in the fault's detail."""
        root = etree.Element(f"{{{self.namespace}}}{self.name}", nsmap={"b": self.namespace})
        add(root, self.namespace, "Code", self.code)
        add(root, self.namespace, "Message", self.message)
        return root


def type_of(envelope: Envelope) -> str:
    """Return the name of a query's or command's type, without its prefix."""
    return str(envelope.body.get(f"{{{INSTANCE}}}type", "")).rpartition(":")[2]


def parameters(envelope: Envelope) -> dict[str, str]:
    """Return the parameters of a query or command."""
    return {local_name(each): each.text or "" for each in envelope.body}


def result(namespace: str, name: str) -> Element:
    """Make the Result element of a query of this type."""
    root = made("Result", b=namespace, i=INSTANCE)
    root.set(f"{{{INSTANCE}}}type", f"b:{name}")
    return root


def add(parent: Element, namespace: str, name: str, text: str = "") -> Element:
    """Append an element of a namespace; return it."""
    node = etree.SubElement(parent, f"{{{namespace}}}{name}")
    node.text = text or None
    return node
