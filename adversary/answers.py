"""Answers about many entries from which some are missing, though all were carried out."""

import re
from io import BytesIO

import requests
from lxml import etree
from urllib3 import HTTPResponse

from adversary.script import Event

LACKS, CUT = "lacks", "cut"
"""One entry is missing from the answer; all are from some entry on."""
SHORT = (LACKS, CUT)
ENTRY = "transaction"
OK = 200
DECLARATION = re.compile(r"<\?xml[^>]*\?>")


def shorten(response: requests.Response, event: Event) -> requests.Response:
    """Take from an answer what the event takes from it; one about a single entry stays as it is."""
    body = response.raw.read()
    if response.status_code == OK:
        body = _shorter(body, event)
    response.headers["Content-Length"] = str(len(body))
    response.raw = HTTPResponse(
        body=BytesIO(body), headers=response.headers, status=response.status_code, preload_content=False
    )
    return response


def _shorter(body: bytes, event: Event) -> bytes:
    try:
        envelope = etree.fromstring(body)
    except etree.XMLSyntaxError:
        return body
    inner = next((node for node in envelope.iter() if node.text and f"<{ENTRY}" in node.text), None)
    if inner is None:
        return body
    root = etree.fromstring(DECLARATION.sub("", inner.text or "").encode())
    _take(root, event)
    inner.text = etree.tostring(root, encoding="unicode")
    return etree.tostring(envelope)


def _take(root: etree._Element, event: Event) -> None:
    answered = [node for node in root.iter() if etree.QName(node).localname == ENTRY]
    if len(answered) < 2:
        return
    first = int(event.value("entry", 1)) % len(answered)
    doomed = answered[first : first + 1] if event.value("effect", "") == LACKS else answered[max(first, 1) :]
    for node in doomed:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
