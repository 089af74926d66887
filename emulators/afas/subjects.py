"""Dossier items with attachments: KnSubject, SubjectConnector, FileConnector.

Sources: docs.afas.help/profit/nl/howto-bijlage-dossier and howto-finance-mutation.
"""

import base64
import binascii
import hashlib
from types import MappingProxyType

from emulators.afas.books import CREDITOR, DEBTOR, RELATION_TABLES, Books, Row
from emulators.afas.errors import Bare, Refused
from emulators.afas.invoices import same_number
from emulators.afas.shapes import Element, require

FIRST_SUBJECT = 90210
# Types of dossier items in this environment, and the destinations each may have.
TYPES = MappingProxyType(
    {
        5: frozenset({"4", "11", "sales", "purchase"}),
        105: frozenset({"4", "sales"}),
        106: frozenset({"11", "purchase"}),
        -5: frozenset({"11", "purchase"}),
        300: frozenset({"3"}),
    }
)
PARTY_TYPES = frozenset({"3", "4", "11"})
PARTY_TABLES = MappingProxyType({"4": RELATION_TABLES[DEBTOR], "11": RELATION_TABLES[CREDITOR]})
MEDIA = {".pdf": "application/pdf", ".xml": "application/xml", ".png": "image/png"}


def add(books: Books, element: Element, _method: str) -> list[dict[str, object]]:
    """Add a dossier item with its links and files; return its number."""
    require(element)
    sent = element.fields
    if "SbId" in sent:
        raise Refused("unexpected")
    allowed = TYPES.get(sent["StId"])
    if allowed is None:
        raise Refused("value_unknown", field="Type dossieritem")
    for link in element.children.get("KnSubjectLink", []):
        _check_link(books, link.fields, allowed)
    files = [_file(each.fields) for each in element.children.get("KnSubjectAttachment", [])]
    number = books.next_number("KnSubject", FIRST_SUBJECT)
    links = [dict(link.fields) for link in element.children.get("KnSubjectLink", [])]
    books.state.subjects[number] = dict(sent) | {"files": files, "links": links, "created_at": books.now()}
    return [{"SbId": str(number)}]


def file_of(books: Books, subject: str | None, file_id: str) -> dict[str, object]:
    """Return one file, of a subject when one is named; raise Bare 404 when there is none."""
    for number, kept in books.state.subjects.items():
        for file in kept["files"] if subject in {None, str(number)} else ():
            if file["id"] == file_id:
                ending = file["name"][file["name"].rfind(".") :].lower()
                media = MEDIA.get(ending, "application/octet-stream")
                return {"filename": file["name"], "mimetype": media, "filedata": file["content"]}
    raise Bare(404)


def _check_link(books: Books, link: Row, allowed: frozenset[str]) -> None:
    if link.get("SfTp") is not None:
        _check_party(books, link, allowed)
    for destination, side, unit, number in (
        ("sales", DEBTOR, "SiUn", "SiId"),
        ("purchase", CREDITOR, "PiUn", "PiId"),
    ):
        if number not in link:
            continue
        if destination not in allowed:
            raise Refused("destination")
        if not any(
            invoice.side == side and same_number(books, invoice.number, link[number])
            for invoice in books.invoices_of(link.get(unit, 0), link[number])
        ):
            raise Refused("value_unknown", field="Verkoopfactuur" if side == DEBTOR else "Inkoopfactuur")


def _check_party(books: Books, link: Row, allowed: frozenset[str]) -> None:
    kind = link["SfTp"]
    if kind not in PARTY_TYPES:
        raise Refused("value_unknown", field="Type bestemming")
    if kind not in allowed:
        raise Refused("destination")
    table = PARTY_TABLES.get(kind)
    if table is not None and books.find(table, link.get("SfId", "")) is None:
        raise Refused("value_unknown", field="Bestemming")


def _file(sent: Row) -> Row:
    try:
        base64.b64decode(sent["FileStream"], validate=True)
    except binascii.Error as error:
        raise Refused("type_mismatch") from error
    digest = hashlib.md5(sent["FileStream"].encode(), usedforsecurity=False).hexdigest().upper()
    return {"id": digest, "name": sent["FileName"], "content": sent["FileStream"]}
