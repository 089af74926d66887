"""List the settings of one link as they are effective and where each comes from; secrets are left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from finance_hooks.model.administration import Administration

ROW = "administrations.csv"
OWN_PLACES = {"correction_policy": "policies.csv", "relations_policy": "policies.csv"}
"""Settings of an administration that stand in a file of their own."""
EXPORTS = "exports.csv"
STANDARD = ("host", "login")
"""Fields of every connection that are no secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting: its name, what it is set to, and the file or connection that says so."""

    name: str
    value: object
    place: str


def of_administration(administration: Administration) -> Iterator[Setting]:
    """List what the mapping files say."""
    for field in fields(administration):
        if field.name != "export":
            place = OWN_PLACES.get(field.name, ROW)
            yield Setting(name=field.name, value=getattr(administration, field.name), place=place)
    yield Setting(name="export_type", value=administration.export_type, place=EXPORTS)
    if administration.export is not None:
        yield Setting(name="location", value=administration.export.location, place=EXPORTS)
        for field in fields(administration.export.layout):
            value = getattr(administration.export.layout, field.name)
            yield Setting(name=field.name, value=value, place=EXPORTS)


def of_connection(
    conn_id: str, connection: object, extra: Mapping[str, Any], declared: Mapping[str, Any]
) -> Iterator[Setting]:
    """List what a connection says; `declared` is its type in the shape of Airflow's provider schema."""
    renamed = declared.get("ui-field-behaviour", {}).get("relabeling", {})
    for name in STANDARD:
        if value := getattr(connection, name, None):
            yield Setting(name=renamed.get(name, name), value=value, place=conn_id)
    for name, field in declared["conn-fields"].items():
        schema = field["schema"]
        is_secret = schema.get("format") == "password" or schema.get("writeOnly")
        if not is_secret:
            value = extra.get(name, schema.get("default"))
            yield Setting(name=field["label"], value=value, place=conn_id)
