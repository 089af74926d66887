"""The OpenAPI description that Mendix serves beside a REST service.

Source: docs.mendix.com/refguide/open-api/ (`/rest-doc/rest/<service>/v1/openapi.json`, Studio Pro 10.1 and
later; an administrator may restrict it).
"""

from typing import Any

from emulators.qubz.resources import RESOURCES, Resource

MASTER_PARAMETERS = ("organisation", "modifiedSince", "limit", "offset")
DOCUMENT_PARAMETERS = (*MASTER_PARAMETERS, "exportStatus", "dateFrom", "dateTo")
WHOLE_PARAMETERS = frozenset({"limit", "offset"})


def openapi(address: str) -> dict[str, Any]:
    """Describe the service whose base address is given."""
    paths: dict[str, Any] = {}
    for resource in RESOURCES.values():
        paths[f"/{resource.name}"] = {"get": _operation(resource, _parameters(resource))}
        key = {"name": resource.key, "in": "path", "required": True, "schema": {"type": "string"}}
        paths[f"/{resource.name}/{{{resource.key}}}"] = {"get": _operation(resource, [key])}
    paths["/exportresults"] = {
        "post": {"tags": ["exportresults"], "responses": {"200": {"description": "OK"}}}
    }
    return {
        "openapi": "3.0.1",
        "info": {"title": "financeexport", "version": "1.0.0"},
        "servers": [{"url": address}],
        "paths": paths,
    }


def _operation(resource: Resource, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "tags": [resource.name],
        "parameters": parameters,
        "responses": {"200": {"description": "OK", "content": {"application/json": {}}}},
    }


def _parameters(resource: Resource) -> list[dict[str, Any]]:
    names: tuple[str, ...] = DOCUMENT_PARAMETERS if resource.date_field else MASTER_PARAMETERS
    if resource.name == "organisations":
        names = ()
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "schema": {"type": "integer" if name in WHOLE_PARAMETERS else "string"},
        }
        for name in names
    ]
