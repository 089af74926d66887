"""Every error that is known of the packages, as an answer with its status: said of nothing that is wrong."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from lxml import etree

from emulators.accountview.dictionary import tables
from emulators.accountview.errors import blocked, mandatory, unknown
from emulators.afas.texts import COMPOSED, DOCUMENTED, SEEN
from emulators.exactonline.errors import KINDS, SENTENCES, TERMS
from emulators.twinfield.errors import FAULT_STATUS, FAULTS
from emulators.twinfield.wire import SOAP_11, fault

Body = tuple[int, str]
BLANK = re.compile(r"\{[^}]*\}")
BUSY = ("De administratie is geblokkeerd door gebruiker BEHEER", "Onbekende fout")


@cache
def error_bodies(sync_id: str) -> tuple[Body, ...]:
    """Return all error answers of an administration's package."""
    return tuple(_BODIES[sync_id.partition("_")[0]]())


def _exact() -> Iterator[Body]:
    findings = [
        (f"{one}: {two}")
        for kind in KINDS.values()
        for term in TERMS.values()
        for one, two in zip(kind, term, strict=True)
    ]
    sentences = [_filled(text) for pair in SENTENCES.values() for text in pair]
    for text in (*findings, *sentences):
        body = {"error": {"code": "", "message": {"lang": "", "value": text}}}
        yield 500 if text in sentences else 400, json.dumps(body)


def _afas() -> Iterator[Body]:
    for number, text in enumerate(_texts(DOCUMENTED, SEEN, COMPOSED)):
        body = {"externalMessage": text, "errorNumber": -2147220469, "profitLogReference": f"{number:032x}"}
        yield 500, json.dumps(body)


def _accountview() -> Iterator[Body]:
    fields = [field for name in ("DJ_PAGE", "DJ_LINE") for field in tables()[name].values()]
    told = [text for one in fields for text in (mandatory(one), unknown(one, "X"), blocked(one, "X"))]
    for text in (*told, *BUSY):
        body = {"ErrorType": "AccountViewError", "ErrorNumbers": [1001], "ErrorMessage": text}
        yield 200, json.dumps(body)
        yield 500, json.dumps(body)


def _twinfield() -> Iterator[Body]:
    for code, pair in FAULTS.items():
        for text in pair:
            envelope = etree.Element(f"{{{SOAP_11}}}Envelope", nsmap={"soap": SOAP_11})
            body = etree.SubElement(envelope, f"{{{SOAP_11}}}Body")
            body.append(fault(SOAP_11, text, code, "Twinfield", ""))
            yield FAULT_STATUS[code], etree.tostring(envelope, encoding="unicode")


def _texts(*tables_of: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    return (_filled(text) for table in tables_of for pair in table.values() for text in pair)


def _filled(text: str) -> str:
    return BLANK.sub("1", text)


_BODIES: Mapping[str, Callable[[], Iterator[Body]]] = {
    "exact": _exact,
    "twinfield": _twinfield,
    "afas": _afas,
    "accountview": _accountview,
}
