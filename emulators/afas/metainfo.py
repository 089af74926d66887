"""What the app connector may do: the list of connectors and the fields of each.

Source: /MetaInfo and /Metainfo/{Type}/{Endpoint} in docs.afas.help/apidoc/nl/Mutaties; the shape of update
fields from dutchgrit/afasclient and schubergphilis/afas_mcp_server.
"""

from werkzeug.wrappers import Response

from emulators.afas import reading, wire
from emulators.afas.books import Books
from emulators.afas.connectors import connectors
from emulators.afas.errors import Bare, Refused
from emulators.afas.hosts import APP_NAME, ENVIRONMENT, GROUP
from emulators.afas.updates import UPDATES, layouts

CONTROL_TYPES = {"string": 1, "blob": 1, "int": 5, "boolean": 2, "date": 3, "datetime": 3, "decimal": 5}
DECIMALS = {"decimal": 2}
SHOWN = {"datetime": "date"}


def answer(books: Books, steps: list[str]) -> Response:
    """Answer `metainfo`, `metainfo/get/{id}` or `metainfo/update/{id}`; `steps` is what follows."""
    if not steps:
        return wire.answer(_listed(books))
    if len(steps) != 2 or steps[0].lower() not in {"get", "update"}:
        raise Bare(404)
    if steps[0].lower() == "get":
        return wire.answer(_get(books, steps[1]))
    name = steps[1]
    if name not in UPDATES or name in books.switches.text("missing_connectors").split():
        raise Refused("update_unauthorised")
    description, start, _ = UPDATES[name]
    return wire.answer({"id": name} | _layout(start) | {"name": start, "description": description})


def _listed(books: Books) -> dict[str, object]:
    missing = set(books.switches.text("missing_connectors").split())
    return {
        "updateConnectors": [
            {"id": name, "description": description}
            for name, (description, _, _) in UPDATES.items()
            if name not in missing
        ],
        "getConnectors": [
            {"id": name, "description": each.description}
            for name, each in connectors().items()
            if name not in missing
        ],
        "info": {"envid": ENVIRONMENT, "appName": APP_NAME, "group": GROUP, "tokenExpiry": "0"},
    }


def _get(books: Books, name: str) -> dict[str, object]:
    connector = reading.find(books, name)
    fields = [
        {
            "id": each.id,
            "fieldId": f"U{place:03d}",
            "dataType": SHOWN.get(each.kind, each.kind),
            "label": each.label,
            "length": each.length,
            "controlType": CONTROL_TYPES[each.kind],
            "decimals": DECIMALS.get(each.kind, 0),
            "decimalsFieldId": "",
        }
        for place, each in enumerate(connector.fields.values(), 1)
    ]
    return {"name": connector.id, "description": connector.description, "fields": fields}


def _layout(name: str) -> dict[str, object]:
    shape = layouts()[name]
    fields = [
        {
            "fieldId": each.id,
            "primaryKey": each.key,
            "dataType": SHOWN.get(each.kind, each.kind),
            "label": each.label,
            "mandatory": each.mandatory,
            "length": each.length,
            "decimals": DECIMALS.get(each.kind, 0),
            "decimalFieldId": "",
            "notzero": False,
            "controlType": CONTROL_TYPES[each.kind],
            "values": None,
        }
        for each in shape.fields.values()
    ]
    return {
        "name": name,
        "description": shape.label,
        "fields": fields,
        "objects": [_layout(below) for below in shape.objects],
    }
