"""Read an Airflow connection of type finance_qubz: every fault of it at once, no secret in any message."""

import json
from collections.abc import Mapping
from dataclasses import Field, dataclass, field
from enum import StrEnum
from typing import Any

from finance_hooks.sources.qubz.canonical import DOCUMENT_RESOURCES, EXPORT_RESULTS, MASTER_RESOURCES
from finance_hooks.sources.qubz.settings import (
    Auth,
    QubzSettings,
    declared_settings,
    default_of,
    is_required,
)
from finance_hooks.transport.connection_parts import ConnectionParts, raise_faults, read_base_url


@dataclass(frozen=True, slots=True, kw_only=True)
class QubzConnection:
    """Where the source is, who we are there, and how it is spoken to."""

    conn_id: str
    base_url: str
    login: str
    password: str = field(repr=False)
    settings: QubzSettings

    @property
    def secrets(self) -> tuple[str, ...]:
        """List what must never be shown, wherever the other side repeats it."""
        return (self.password, self.settings.api_key, *self.settings.headers.values())


def read_connection(parts: ConnectionParts) -> QubzConnection:
    """Check and complete a connection; ConfigurationError names every fault."""
    faults: list[str] = []
    values = _values(parts.extra, faults)
    base_url = read_base_url(parts, "enter the base URL of 21QUBZ", faults)
    if not faults:
        settings = QubzSettings(**values)
        faults += _contradictions(settings, parts)
    raise_faults(parts, faults)
    return QubzConnection(
        conn_id=parts.conn_id,
        base_url=base_url,
        login=parts.login or "",
        password=parts.password or "",
        settings=settings,
    )


def _values(extra: Mapping[str, object], faults: list[str]) -> dict[str, Any]:
    declared = {setting.name: (setting, kind) for setting, kind in declared_settings()}
    unknown = sorted(set(extra) - set(declared))
    faults.extend(f"extra field {name} is no setting; correct or remove it" for name in unknown)
    return {
        name: _value(setting, kind, extra.get(name), faults) for name, (setting, kind) in declared.items()
    }


def _value(setting: Field[Any], kind: type, raw: object, faults: list[str]) -> object:
    if raw is None or raw == "":
        if is_required(setting):
            faults.append(f"extra field {setting.name} is missing")
        return default_of(setting)
    value = _typed(kind, raw)
    schema = setting.metadata["schema"]
    if value is None or not _within(value, schema):
        is_secret = not setting.repr
        shown = "a value" if is_secret else repr(raw)
        faults.append(f"extra field {setting.name} is {shown}; expected {_expected(kind, schema)}")
    return value


def _typed(kind: type, raw: object) -> object:
    if kind is dict:
        return _text_pairs(raw)
    if kind is bool:
        return {"true": True, "false": False}.get(str(raw).lower())
    if kind is int:
        return int(str(raw)) if not isinstance(raw, bool) and str(raw).isdecimal() else None
    if not isinstance(raw, str):
        return None
    if issubclass(kind, StrEnum):
        return next((member for member in kind if member == raw.strip().lower()), None)
    return raw.strip()


def _text_pairs(raw: object) -> dict[str, str] | None:
    try:
        pairs = json.loads(raw) if isinstance(raw, str) else raw
    except ValueError:
        return None
    if not isinstance(pairs, dict) or not all(isinstance(text, str) for text in pairs.values()):
        return None
    return {str(name): text for name, text in pairs.items()}


def _within(value: object, schema: Mapping[str, Any]) -> bool:
    if isinstance(value, int) and "minimum" in schema:
        return bool(schema["minimum"] <= value <= schema["maximum"])
    return "enum" not in schema or value in schema["enum"]


def _expected(kind: type, schema: Mapping[str, Any]) -> str:
    if issubclass(kind, StrEnum):
        return " or ".join(kind)
    if "enum" in schema:
        return " or ".join(schema["enum"])
    if "minimum" in schema:
        return f"{schema['minimum']} to {schema['maximum']}"
    return {dict: "a JSON object of texts", bool: "true or false"}.get(kind, "a text")


def _contradictions(settings: QubzSettings, parts: ConnectionParts) -> list[str]:
    faults = []
    if settings.auth is Auth.BASIC and not (parts.login and parts.password):
        faults.append("auth is basic but user name or password is empty")
    if settings.auth is Auth.HEADER and not settings.api_key:
        faults.append("auth is header but api_key is empty")
    if settings.page_size and settings.page_overlap >= settings.page_size:
        faults.append("page_overlap must be smaller than page_size")
    unknown = sorted(set(settings.document_resources) - set(DOCUMENT_RESOURCES))
    if unknown or not settings.document_resources:
        faults.append(f"documents names {unknown or 'nothing'}; known are {', '.join(DOCUMENT_RESOURCES)}")
    known = {*DOCUMENT_RESOURCES, *MASTER_RESOURCES, EXPORT_RESULTS}
    strange = sorted(set(settings.paths) - known)
    if strange:
        faults.append(f"paths names {strange}; known are {', '.join(sorted(known))}")
    return faults
