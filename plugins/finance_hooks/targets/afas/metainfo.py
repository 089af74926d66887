"""Judge what an app connector may do by its own description.

AFAS Developer documentation, "GetConnector" (metainfo) and "UpdateConnector" (metainfo/update).
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

SENT: Mapping[str, frozenset[str]] = {
    "FiEntryPar": frozenset({"Year", "Peri", "UnId", "JoCo"}),
    "FiEntries": frozenset(
        {
            "VaAs", "AcNr", "EnDa", "BpDa", "BpNr", "InId", "Ds", "AmDe", "AmCr", "VaId", "Fref", "DaEx",
            "PaCd", "AmGa", "CuId", "Rate", "AmDc", "AmCc",
        }
    ),
    "FiDimEntries": frozenset({"DiC1", "DiC2", "AmDe", "AmCr"}),
}  # fmt: skip
"""Every field that is ever sent, by the element it stands in."""
PRODUCTION_LETTER = "O"


def environment_of(described: Mapping[str, Any]) -> str:
    """Return the code of the environment, such as O12345AA."""
    return str((described.get("info") or {}).get("envid") or "unknown")


def environment_faults(described: Mapping[str, Any], environment: str) -> Iterator[str]:
    """Say so when the environment is production and the connection says test, or the other way round."""
    code = environment_of(described)
    is_production = code.startswith(PRODUCTION_LETTER)
    if code[:1] in {"O", "T", "A"} and is_production != (environment == "production"):
        what = "production" if is_production else "a test"
        yield f"environment {code} is {what}, the connection says {environment}"


def missing_connectors(described: Mapping[str, Any], reading: Collection[str], writing: str) -> Iterator[str]:
    """Name the connectors that have to be added to the app connector."""
    for kind, needed in (("getConnectors", reading), ("updateConnectors", [writing])):
        there = {str(each.get("id", "")).lower() for each in described.get(kind) or []}
        absent = [name for name in needed if name.lower() not in there]
        if absent:
            yield f"add to the app connector's {kind}: {', '.join(absent)}"


def missing_fields(described: Mapping[str, Any]) -> list[str]:
    """Name the fields that we send and the update connector does not list."""
    listed = dict(_elements(described))
    return [
        f"the update connector lacks {element}.{name}"
        for element, names in SENT.items()
        for name in sorted(names - listed.get(element, set()))
    ]


def describe_expiry(described: Mapping[str, Any]) -> str:
    """Say when the token ends, where AFAS tells."""
    expiry = str((described.get("info") or {}).get("tokenExpiry") or "0")
    return "" if expiry == "0" else f" The token ends on {expiry}."


def _elements(described: Mapping[str, Any]) -> Iterator[tuple[str, set[str]]]:
    names = {str(field["fieldId"]) for field in described.get("fields") or []}
    yield str(described.get("name")), names
    for below in described.get("objects") or []:
        yield from _elements(below)
