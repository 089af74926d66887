"""Dimension documents that are sent: created, changed, hidden or deleted.

Sources: the vendor's pages on masters (an empty element clears, an absent one leaves); replies recorded in
the tests of pronamic/wp-twinfield; php-twinfield/twinfield and jimzor/twinfield-js (read-only elements).
"""

import re
from copy import deepcopy
from typing import Any

from lxml.etree import _Element as Element

from emulators.twinfield import dimension_fields
from emulators.twinfield.books import Books
from emulators.twinfield.chart import Dimension, DimensionType
from emulators.twinfield.desk import Desk
from emulators.twinfield.dimension_reply import write
from emulators.twinfield.remarks import Remarks
from emulators.twinfield.seed import new_uid, relation_financials
from emulators.twinfield.wire import local_name, text_of

STATUSES = {"active", "deleted", "hide", "inactive"}
RELATIONS = {"DEB", "CRD"}
CODE = re.compile(r"[A-Z0-9_.-]{1,16}")
MOST_NUMBERS = 100_000


def receive_all(desk: Desk, sent: Element) -> Element:
    """Take a `dimensions` document; its result is 0 as soon as one of them is refused."""
    reply = deepcopy(sent)
    for node in list(reply):
        reply.remove(node)
    replies = [receive(desk, each) for each in sent]
    reply.extend(replies)
    reply.set("result", "1" if all(each.get("result") == "1" for each in replies) else "0")
    return reply


def receive(desk: Desk, sent: Element) -> Element:
    """Take one dimension and return its reply: the stored document, or what was sent with remarks."""
    reply = deepcopy(sent)
    remarks = Remarks(reply, desk.user.language)
    if local_name(sent) != "dimension":
        remarks.error(reply, "element_not_allowed", name=local_name(sent))
        return reply
    node = reply.find("office")
    code = desk.company if node is None else node.text or ""
    books = desk.open(code)
    if books is None:
        remarks.error(reply, "office_denied" if code in desk.offices else "office_not_found")
        return reply
    dimension = _store(books, reply, remarks)
    return reply if dimension is None else write(books, dimension)


def _store(books: Books, reply: Element, remarks: Remarks) -> Dimension | None:
    kind = _kind(books, reply, remarks)
    if kind is None:
        return None
    code = _code(books, reply, remarks, kind)
    earlier = books.office.dimensions.get((kind.level, code))
    if earlier is not None and earlier.type != kind.code:
        place = reply.find("code")
        remarks.error(reply if place is None else place, "code_taken", code=code)
    status = reply.get("status", earlier.status if earlier else "active")
    if status not in STATUSES:
        remarks.error(reply, "value_invalid", value=status)
    parts = dimension_fields.read(books, reply, remarks, kind, earlier.parts if earlier else {})
    name = reply.findtext("name") if reply.find("name") is not None else _name_of(books, earlier)
    if not name:
        node = reply.find("name")
        remarks.error(reply if node is None else node, "element_required", name="Naam")
    if remarks.refused or not name:
        return None
    short = reply.findtext("shortname")
    dimension = Dimension(
        type=kind.code,
        code=code,
        name=name,
        shortname=earlier.shortname if short is None and earlier else short or "",
        status=_status(books, kind, code, status),
        uid=earlier.uid if earlier else new_uid(books.office.code, kind.code, code),
        parts=_complete(kind.code, parts, books.office.country),
        touched=earlier.touched + 1 if earlier else 0,
        modified_at=books.now(),
    )
    books.office.dimensions[kind.level, code] = dimension
    return dimension


def _name_of(books: Books, earlier: Dimension | None) -> str:
    """Return the name that stays where none is sent (switch `dimension_without_name`)."""
    keeps = books.switches.text("dimension_without_name") == "kept"
    return earlier.name if earlier is not None and keeps else ""


def _kind(books: Books, reply: Element, remarks: Remarks) -> DimensionType | None:
    node = reply.find("type")
    kind = books.office.types.get(text_of(reply, "type"))
    if kind is None:
        remarks.error(
            reply if node is None else node, "dimension_type_not_found", code=text_of(reply, "type")
        )
    return kind


def _code(books: Books, reply: Element, remarks: Remarks, kind: DimensionType) -> str:
    code = text_of(reply, "code")
    node = reply.find("code")
    if not code:
        found = _first_free(books, kind)
        if found is None:
            remarks.error(reply if node is None else node, "first_free_code", mask=kind.mask)
        return found or ""
    fits = kind.mask == "*" or re.fullmatch(kind.mask, code)
    if node is not None and not (fits and CODE.fullmatch(code)):
        remarks.error(node, "mask", mask=kind.mask)
    return code


def _first_free(books: Books, kind: DimensionType) -> str | None:
    """Return the first free code of a mask; a mask that takes anything has none."""
    prefix, digits = kind.mask.split("[", 1)[0], kind.mask.count("[0-9]")
    if not digits:
        return None
    for number in range(1, MOST_NUMBERS):
        code = f"{prefix}{number:0{digits}d}"
        if len(code) != len(prefix) + digits:
            return None
        if (kind.level, code) not in books.office.dimensions:
            return code
    return None


def _status(books: Books, kind: DimensionType, code: str, status: str) -> str:
    """Hide what is in use instead of deleting it."""
    if status == "deleted" and (kind.level, code) in books.office.used:
        return "hide"
    return "hide" if status == "inactive" else status


def _complete(kind: str, parts: dict[str, Any], country: str) -> dict[str, Any]:
    if kind in RELATIONS:
        given = {name: value for name, value in parts.get("financials", {}).items() if value != ""}
        financials = relation_financials(kind, "30", country) | given
        return parts | {"financials": financials}
    if kind in {"BAS", "PNL"}:
        plain = {
            "matchtype": "notmatchable",
            "accounttype": "balance" if kind == "BAS" else "profitandloss",
            "subanalyse": "maybe",
            "level": "1",
            "vatcode": "",
            "vatobligatory": "false",
        }
        return parts | {"financials": plain | parts.get("financials", {})}
    return parts
