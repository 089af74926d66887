"""Write the page of every field of every connection type, as Airflow shows them."""

from collections.abc import Mapping
from typing import Any

from finance_hooks.model.park_reason_text import Language
from finance_hooks.provider_info import connection_types, secret_fields
from handbook.tables import code, codes, table

STANDARD = ("host", "port", "login", "password", "schema")
HEAD = """# Fields of connections

Every field of every connection type, as Airflow's form shows it; what is no standard field stands in
`extra`. Explanation, examples and connection `finance_store`: [connections](../connections.md).

"""


def write_connections(_language: Language) -> str:
    """Write a part per connection type: its standard fields, then its own; in English, as the forms are."""
    return HEAD + "\n".join(_part(declared) for declared in connection_types())


def _part(declared: Mapping[str, Any]) -> str:
    rows = [*_standard_rows(declared["ui-field-behaviour"]), *_own_rows(declared["conn-fields"])]
    head = ("Field", "Form", "Values", "Default", "Meaning")
    return f"## {declared['hook-name']}\n\nType {code(declared['connection-type'])}.\n\n{table(head, rows)}"


def _standard_rows(behaviour: Mapping[str, Any]) -> list[tuple[str, ...]]:
    shown = [name for name in STANDARD if name not in behaviour.get("hidden-fields", ())]
    return [
        (
            code(name),
            behaviour.get("relabeling", {}).get(name, name.capitalize()),
            "secret" if name == "password" else "",
            "",
            behaviour.get("placeholders", {}).get(name, ""),
        )
        for name in shown
    ]


def _own_rows(declared: Mapping[str, Any]) -> list[tuple[str, ...]]:
    return [
        (
            code(f"extra.{name}"),
            field["label"],
            _values(name, field["schema"]),
            code(_plain(field["schema"].get("default"))),
            field.get("description", ""),
        )
        for name, field in declared.items()
    ]


def _values(name: str, schema: Mapping[str, Any]) -> str:
    if name in secret_fields():
        return "secret"
    if "enum" in schema:
        return codes(each for each in schema["enum"] if each is not None)
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " or ".join(kind for kind in kinds if kind != "null")


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
