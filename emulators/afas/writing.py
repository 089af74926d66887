"""One call of an UpdateConnector: POST, PUT and DELETE, and the body of their answers.

Sources: docs.afas.help/profit/nl/update-connector, endpoint texts fientries-post and fientries-delete,
help.afas.nl App_Conect_UpdDsc_070 (results), the specification's own response example.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from werkzeug.wrappers import Request, Response

from emulators.afas import entries, invoices, relations, shapes, subjects, wire
from emulators.afas.books import Books, Entry
from emulators.afas.dimension_codes import put_code
from emulators.afas.errors import Bare, Refused
from emulators.afas.shapes import Element, InvalidJsonError
from emulators.afas.updates import UPDATES

BODY_LIMIT = 75_000_000
DELETE_STEPS = 7

Results = list[dict[str, object]]


def answer(books: Books, request: Request, steps: list[str]) -> Response:
    """Answer a change; `steps` are the parts of the address behind `connectors`."""
    name, method = steps[0], request.method
    start = _check_allowed(books, name, method)
    if len(request.get_data()) > BODY_LIMIT:
        raise Bare(413)
    if method == "DELETE":
        return _delete(books, steps)
    if len(steps) > 1:
        raise Bare(404)
    try:
        elements = shapes.read(request, start, books.switches)
    except InvalidJsonError:
        return wire.answer({"message": "Invalid json"}, books.switches.number("invalid_json_status"))
    if name == "FiEntries":
        return _posted(books, entries.post(books, elements))
    results = [made for element in elements for made in CARRY_OUT[name](books, element, method)]
    if not results:
        return wire.empty(201)
    return wire.answer({"results": {start: results[0] if len(results) == 1 else results}}, 201)


def _check_allowed(books: Books, name: str, method: str) -> str:
    """Return the object the body of a connector starts with; raise when it is not the caller's to use."""
    if name not in UPDATES or name in books.switches.text("missing_connectors").split():
        if books.switches.number("unauthorised_connector_status") == 401:
            raise Bare(401)
        raise Refused("update_unauthorised")
    _, start, methods = UPDATES[name]
    if method not in methods:
        raise Refused("update_unauthorised")
    return start


def _posted(books: Books, booked: list[Entry]) -> Response:
    variant = books.switches.text("post_answer")
    if variant == "empty":
        return wire.empty(201)
    if variant == "spec":
        named: Results = [
            {"EnNo": str(each.number), "UnId": str(each.unit), "InID": _invoice(each)} for each in booked
        ]
        return wire.answer({"results": {"FiEntries": _single(named)}}, 201)
    keys: Results = [{"UnId": str(each.unit), "EnNo": str(each.number)} for each in booked]
    if variant != "short":
        keys = [made | {"InId": _invoice(each)} for made, each in zip(keys, booked, strict=True)]
    body = {"FiEntryPar": _single(keys)}
    return wire.answer(body if variant == "bare" else {"results": body}, 201)


def _single(results: Results) -> object:
    return results[0] if len(results) == 1 else results


def _invoice(entry: Entry) -> str:
    return next((line.invoice for line in entry.lines if line.kind != "1" and line.invoice), "")


def _delete(books: Books, steps: list[str]) -> Response:
    """Read `FiEntries/FiEntryPar/UnId,JoCo/{adm},{journal}/FiEntries/@EnNo/{n}`; keys with or without @."""
    if len(steps) != DELETE_STEPS or steps[1] != "FiEntryPar" or steps[4] != "FiEntries":
        raise Refused("delete_needs_key")
    names = [name.removeprefix("@") for name in steps[2].split(",")]
    values = steps[3].split(",")
    if sorted(names) != ["JoCo", "UnId"] or len(values) != len(names):
        raise Refused("delete_needs_key")
    given = dict(zip(names, values, strict=True))
    if not given["UnId"].isdigit():
        raise Refused("type_mismatch")
    entries.delete(books, int(given["UnId"]), given["JoCo"], steps[5].removeprefix("@"), steps[6])
    return wire.empty(200)


def _change_invoice(books: Books, element: Element, _method: str) -> Results:
    shapes.require(element)
    invoices.change(books, element)
    return []


CARRY_OUT: Mapping[str, Callable[[Books, Element, str], Results]] = MappingProxyType(
    {
        "FiInvoice": _change_invoice,
        "KnDimCode": put_code,
        "KnSalesRelationOrg": relations.put,
        "KnSalesRelationPer": relations.put,
        "KnPurchaseRelationOrg": relations.put,
        "KnPurchaseRelationPer": relations.put,
        "KnSubject": subjects.add,
    }
)
