"""The fields of a dimension document that a client may send, their lengths, and how they change what is kept.

Source: the vendor's pages on customers, suppliers, ledger accounts, cost centres and projects.
"""

from typing import Any

from lxml.etree import _Element as Element

from emulators.twinfield.books import Books
from emulators.twinfield.chart import DimensionType
from emulators.twinfield.dimension_reply import ADDRESS, BANK, CREDIT, SUBTREES
from emulators.twinfield.remarks import Remarks
from emulators.twinfield.wire import local_name, text_of

HEAD = {"office", "type", "code", "name", "shortname", "website", "cocnumber", "vatnumber", "behaviour"}
GROUPS = {
    "financials", "creditmanagement", "addresses", "banks", "projects", "groups", "postingrules",
    "remittanceadvice", "invoicing", "paymentconditions",
}  # fmt: skip
FINANCIALS = {
    "matchtype", "accounttype", "subanalyse", "level", "duedays", "payavailable", "meansofpayment",
    "paycode", "ebilling", "ebillmail", "vatcode", "vattype", "vatobligatory", "substitutionlevel",
    "substitutewith", "relationsreference", "performancetype", "collectmandate", "collectionschema",
    "childvalidations",
}  # fmt: skip
PROJECTS = {
    "validfrom", "validtill", "invoicedescription", "authoriser", "customer", "billable", "rate",
    "quantities",
}  # fmt: skip
READ_ONLY = {
    "inuse", "ictcountrycode", "uid", "created", "modified", "touched", "beginperiod", "beginyear",
    "endperiod", "endyear", "editdimensionname",
}  # fmt: skip
REFUSED_AS_SEEN = {"inuse"}
FIXED = {"DEB": ("matchtype", "customersupplier"), "CRD": ("matchtype", "customersupplier")}
LENGTHS = {
    "name": 80, "shortname": 20, "ascription": 40, "accountnumber": 40, "bankname": 40, "iban": 40,
    "biccode": 16, "natbiccode": 20, "state": 40, "responsibleuser": 16, "reminderemail": 200,
    "freetext2": 40,
}  # fmt: skip
PLAIN = {"website", "cocnumber", "vatnumber"}
PAY_CODES = {"", "SEPANLDD", "SEPANLCT"}


def read(
    books: Books, reply: Element, remarks: Remarks, kind: DimensionType, earlier: dict[str, Any]
) -> dict[str, Any]:
    """Return what is kept after this document: an empty element clears, an absent one leaves."""
    parts = {name: value.copy() if hasattr(value, "copy") else value for name, value in earlier.items()}
    ignored = _ignored(books)
    for node in reply:
        name = local_name(node)
        if name in ignored:
            continue
        if name not in HEAD | GROUPS:
            remarks.error(node, "element_not_allowed", name=name)
        elif name in PLAIN:
            parts[name] = node.text or ""
        elif name in {"name", "shortname"}:
            _check_length(node, remarks)
        elif name == "financials":
            parts[name] = _financials(books, node, remarks, kind, parts.get(name, {}))
        elif name in {"addresses", "banks"}:
            parts[name] = _rows(node, remarks, name, ignored)
        else:
            parts |= _group(node, remarks, parts)
    return parts


def _ignored(books: Books) -> set[str]:
    """Return which elements of replies are left aside where they are sent."""
    how = books.switches.text("read_only_elements")
    return {"seen": READ_ONLY - REFUSED_AS_SEEN, "ignore": READ_ONLY}.get(how, set())


def _group(node: Element, remarks: Remarks, parts: dict[str, Any]) -> dict[str, Any]:
    """Return a flat group of fields; groups that the emulator does not keep are taken and forgotten."""
    name = local_name(node)
    known = {"creditmanagement": set(CREDIT), "projects": PROJECTS}.get(name)
    return {} if known is None else {name: parts.get(name, {}) | _flat(node, remarks, known)}


def _flat(node: Element, remarks: Remarks, known: set[str]) -> dict[str, str]:
    found = {}
    for each in node:
        name = local_name(each)
        if name not in known:
            remarks.error(each, "element_not_allowed", name=name)
        _check_length(each, remarks)
        found[name] = each.text or ""
    if found.get("sendreminder") == "email" and not found.get("reminderemail"):
        remarks.error(node, "element_required", name="reminderemail")
    return found


def _check_length(node: Element, remarks: Remarks) -> None:
    name = local_name(node)
    longest = LENGTHS.get(name)
    if longest and len(node.text or "") > longest:
        remarks.error(node, "text_too_long", text=node.text, length=longest)


def _financials(
    books: Books, node: Element, remarks: Remarks, kind: DimensionType, earlier: dict[str, Any]
) -> dict[str, Any]:
    found: dict[str, Any] = dict(earlier)
    for each in node:
        name = local_name(each)
        if name not in FINANCIALS:
            remarks.error(each, "element_not_allowed", name=name)
        elif name in SUBTREES:
            found[name] = {local_name(part): part.text or "" for part in each}
        elif name != "childvalidations":
            found[name] = each.text or ""
    _check_financials(books, node, remarks, kind, found)
    return found


def _check_financials(
    books: Books, node: Element, remarks: Remarks, kind: DimensionType, found: dict[str, Any]
) -> None:
    name, fixed = FIXED.get(kind.code, ("", ""))
    if name and found.get(name, fixed) not in {fixed, ""}:
        remarks.error(_place(node, name), "value_invalid", value=found[name])
    days = str(found.get("duedays", "") or "0")
    if not days.isdigit():
        remarks.error(_place(node, "duedays"), "value_invalid", value=days)
    account = str(found.get("substitutewith", ""))
    if account and books.office.dimension(1, account) is None:
        remarks.error(_place(node, "substitutewith"), "substitute_not_found", code=account)
    code = str(found.get("vatcode", ""))
    if code and code not in books.office.vat_codes:
        remarks.error(_place(node, "vatcode"), "vat_not_found", code=code)
    if found.get("ebilling") == "true" and not found.get("ebillmail"):
        remarks.error(_place(node, "ebillmail"), "ebillmail")
    pays = found.get("payavailable") == "true"
    if pays and (found.get("meansofpayment") != "paymentfile" or not found.get("paycode")):
        remarks.error(_place(node, "payavailable"), "element_required", name="paycode")
    if found.get("paycode", "") not in PAY_CODES:
        remarks.error(_place(node, "paycode"), "value_invalid", value=found["paycode"])


def _place(node: Element, name: str) -> Element:
    found = node.find(name)
    return node if found is None else found


def _rows(node: Element, remarks: Remarks, name: str, ignored: set[str]) -> list[dict[str, str]]:
    """Return addresses or banks: a document that has them replaces all of them."""
    known = (set(ADDRESS) if name == "addresses" else {*BANK, "address"}) | ignored
    rows = []
    for each in node:
        if local_name(each) not in {"address", "bank"}:
            remarks.error(each, "element_not_allowed", name=local_name(each))
            continue
        row = {f"@{attribute}": each.get(attribute, "") for attribute in ("type", "default")}
        for field in each:
            if local_name(field) not in known:
                remarks.error(field, "element_not_allowed", name=local_name(field))
            _check_length(field, remarks)
            row[local_name(field)] = text_of(each, local_name(field))
        rows.append({key: value for key, value in row.items() if value})
    return rows
