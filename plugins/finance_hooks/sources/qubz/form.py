"""Show the settings of 21QUBZ in Airflow's connection form."""

from dataclasses import Field
from enum import StrEnum
from typing import Any

from finance_hooks.sources.qubz.settings import declared_settings, default_of, is_required

_JSON_TYPES = {bool: "boolean", int: "integer", dict: "object"}


def _form_field(setting: Field[Any], kind: type) -> dict[str, object]:
    schema: dict[str, object] = dict(setting.metadata["schema"])
    if issubclass(kind, StrEnum):
        schema["enum"] = [str(member) for member in kind]
    json_type = _JSON_TYPES.get(kind, "string")
    # A type without "null" makes the form field compulsory.
    schema["type"] = json_type if is_required(setting) else [json_type, "null"]
    # Airflow masks what stands in a secret field, also a default: the form would begin with dots to be saved.
    if not is_required(setting) and setting.repr:
        default = default_of(setting)
        schema["default"] = str(default) if isinstance(default, StrEnum) else default
    return {**setting.metadata, "schema": schema}


CONNECTION_TYPE: dict[str, object] = {
    "connection-type": "finance_qubz",
    "hook-class-name": "finance_hooks.sources.qubz.hook.QubzHook",
    "hook-name": "21QUBZ",
    "ui-field-behaviour": {
        "hidden-fields": ["schema"],
        "relabeling": {"host": "Base URL", "login": "User name", "password": "Password"},
        "placeholders": {
            "port": "443; Airflow's Test button refuses an empty one",
            "host": "https://… (what stands before /rest/ or /odata/)",
            "login": "with authentication basic",
        },
    },
    "conn-fields": {setting.name: _form_field(setting, kind) for setting, kind in declared_settings()},
}
"""What Airflow's connection form shows; collected by `finance_hooks.provider_info`."""
