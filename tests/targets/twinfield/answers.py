"""Make answers as Twinfield gives them."""

from collections.abc import Iterable
from copy import deepcopy

from lxml import etree

from finance_hooks.model.entry import Entry
from finance_hooks.targets.twinfield.payload import Manner, make_transaction
from finance_hooks.targets.twinfield.wire import SOAP, TWINFIELD, add
from finance_hooks.transport.answer import Answer
from tests.targets.twinfield.sample_chart import make_chart

URL = "https://api.accounting.twinfield.com/webservices/processxml.asmx"


def answer(body: str | bytes, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    content = body.encode() if isinstance(body, str) else body
    return Answer(status=status, headers=headers or {}, body=content, url=URL)


def answering(document: etree._Element, status: int = 200) -> Answer:
    envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soap": SOAP, "t": TWINFIELD})
    body = etree.SubElement(envelope, f"{{{SOAP}}}Body")
    response = etree.SubElement(body, f"{{{TWINFIELD}}}ProcessXmlDocumentResponse")
    etree.SubElement(response, f"{{{TWINFIELD}}}ProcessXmlDocumentResult").append(document)
    return answer(etree.tostring(envelope), status)


def faulting(code: int | None, message: str, status: int = 500) -> Answer:
    said = "" if code is None else f"<code>{code}</code>"
    return answer(
        f"<s:Envelope xmlns:s='{SOAP}'><s:Body><s:Fault><faultstring>{message}</faultstring>"
        f"<detail><message>{message}</message>{said}</detail></s:Fault></s:Body></s:Envelope>",
        status,
    )


def batch(documents: Iterable[etree._Element]) -> etree._Element:
    root = etree.Element("transactions")
    root.extend(documents)
    return root


def booked(entry: Entry, number: str) -> etree._Element:
    """Echo an entry as stored: with its number, and the VAT lines that Twinfield adds."""
    document = _echo(entry)
    document.set("result", "1")
    document.set("location", document.attrib.pop("destiny"))
    header, lines = document.find("header"), document.find("lines")
    assert header is not None
    assert lines is not None
    add(header, "number", number)
    for line in lines.findall("line"):
        add(line, "basevalue", line.findtext("value"))
        vat = line.find("vatvalue")
        if vat is not None and vat.text != "0.00":
            added = add(lines, "line", type="vat", id=str(len(lines) + 1))
            for name in ("vatcode", "debitcredit"):
                add(added, name, line.findtext(name))
            add(added, "value", vat.text)
    return document


def refused(entry: Entry, path: str | None, message: str, kind: str = "error") -> etree._Element:
    """Echo an entry as refused, with a message on the node at a path, on the document itself without one."""
    document = _echo(entry)
    document.set("result", "0")
    node = document if path is None else document.find(path)
    assert node is not None
    node.set("msg", message)
    node.set("msgtype", kind)
    node.set("result", "0")
    return document


def _echo(entry: Entry) -> etree._Element:
    return deepcopy(make_transaction(entry, make_chart(), Manner(is_final=False, free_text_field=None)))
