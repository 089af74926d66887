"""Check events against OpenLineage's schemas.

`spec/` holds the rules of the published schemas for the events and for the facets that are ours
(https://openlineage.io/spec, 2-0-2), written down without their descriptions. OPENLINEAGE_SPEC may name the
folder `spec` of a copy of OpenLineage/OpenLineage: then the published files are used, for every facet.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import Schema

OWN = Path(__file__).parent / "spec"
EVENT = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
ANY_FACET = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/BaseFacet"


def faults(event: dict[str, Any]) -> list[str]:
    """Name everything in an event that a schema does not allow."""
    registry = _registry()
    found = _faults(registry, EVENT, event)
    for facet in facets(event):
        address = facet["_schemaURL"]
        known = address.partition("#")[0] in registry
        found += _faults(registry, address if known else ANY_FACET, facet)
    return found


def facets(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every facet of an event, of its run, its job and its data sets."""
    for holder in (event["run"], event["job"], *event["inputs"], *event["outputs"]):
        for place in ("facets", "inputFacets", "outputFacets"):
            yield from holder.get(place, {}).values()


def _faults(registry: Registry[Schema], address: str, instance: object) -> list[str]:
    validator = Draft202012Validator(
        {"$ref": address}, registry=registry, format_checker=FormatChecker(["uuid"])
    )
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(instance)]


def _registry() -> Registry[Schema]:
    folder = Path(os.environ.get("OPENLINEAGE_SPEC") or OWN)
    files = [folder / "OpenLineage.json", *sorted((folder / "facets").glob("*.json"))]
    resources = [Resource.from_contents(json.loads(file.read_text(encoding="utf-8"))) for file in files]
    return Registry().with_resources((resource.id() or "", resource) for resource in resources)
