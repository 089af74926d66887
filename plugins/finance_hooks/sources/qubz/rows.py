"""Read one row of the source with the field map: canonical fields out, and every fault found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.sources.qubz.fields import FieldRule
from finance_hooks.sources.qubz.values import Reading, Unreadable, read_value, show


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One field that is missing or cannot be read."""

    code: ReasonCode
    field: str
    value: str | None
    detail: str | None

    def reason(self, document: str, line: int | None = None) -> Reason:
        """Say it about a document."""
        return Reason(
            code=self.code,
            document=document,
            line=line,
            field=self.field,
            value=self.value,
            detail=self.detail,
        )


def read_row(
    row: Mapping[str, object], rules: Mapping[str, FieldRule], reading: Reading
) -> tuple[dict[str, Any], list[Fault]]:
    """Read every field of a row; what is missing, null or empty takes its default, else is `None`."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for canonical_field, rule in rules.items():
        value = _read_field(row, rule, reading)
        if isinstance(value, Fault):
            faults.append(value)
            value = None
        values[canonical_field] = value
    return values, faults


def find(row: Mapping[str, object], path: tuple[str, ...]) -> object:
    """Find what stands at a path; a missing key, null and an empty text are alike (Mendix sends either)."""
    found: object = row
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return None if not path or (isinstance(found, str) and not found.strip()) else found


def _read_field(row: Mapping[str, object], rule: FieldRule, reading: Reading) -> object:
    raw = find(row, rule.source_path)
    if raw is None:
        raw = rule.default
    if raw is None:
        return _missing(rule) if rule.required else None
    if rule.type == "rows":
        return _rows(raw, rule)
    value = read_value(rule.type, raw, reading)
    if isinstance(value, Unreadable):
        return Fault(code=value.code, field=rule.name, value=show(raw), detail=value.why)
    return value


def _rows(raw: object, rule: FieldRule) -> object:
    if not isinstance(raw, list) or not all(isinstance(part, dict) for part in raw):
        return Fault(
            code=ReasonCode.FIELD_UNREADABLE,
            field=rule.name,
            value=show(raw),
            detail="expected a list of objects",
        )
    return _missing(rule) if rule.required and not raw else raw


def _missing(rule: FieldRule) -> Fault:
    return Fault(code=ReasonCode.FIELD_MISSING, field=rule.name, value=None, detail=None)
