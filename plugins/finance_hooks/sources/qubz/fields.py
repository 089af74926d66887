"""Read fields.csv and enums.csv: where the source keeps each canonical field, and how it calls enum members.

Every fault of both files is found in one pass and named with file and line.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.sources.qubz.canonical import CANONICAL, ENUMS, FAMILY_OF_TYPE
from finance_hooks.sources.qubz.values import Reading, Unreadable, read_value

FOLDER = Path(__file__).parents[4] / "include" / "mappings" / "qubz"
FIELD_COLUMNS = ["resource", "canonical_field", "source_path", "type", "required", "default"]
ENUM_COLUMNS = ["enum", "source_member", "canonical_member"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRule:
    """One row of fields.csv: where a canonical field stands in the source and how it is read."""

    canonical_field: str
    source_path: tuple[str, ...]
    type: str
    required: bool
    default: str | None

    @property
    def name(self) -> str:
        """Name the field as the source does, else as we do."""
        return ".".join(self.source_path) or self.canonical_field


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldTables:
    """Both files, read: rules by resource and canonical field, enum members by enum and source member."""

    fields: Mapping[str, Mapping[str, FieldRule]]
    members: Mapping[str, Mapping[str, str]]


_Row = tuple[str, dict[str, str]]


def read_field_tables(folder: Path = FOLDER) -> FieldTables:
    """Read both files; ConfigurationError names every fault found in them."""
    faults: list[str] = []
    members = _members(_rows(folder / "enums.csv", ENUM_COLUMNS, faults), faults)
    fields = _fields(_rows(folder / "fields.csv", FIELD_COLUMNS, faults), members, faults)
    if faults:
        raise ConfigurationError("\n".join(faults))
    return FieldTables(fields=fields, members=members)


def _rows(path: Path, columns: list[str], faults: list[str]) -> list[_Row]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{path}: cannot be read as UTF-8 text: {error}")
        return []
    reader = csv.reader(text.splitlines(), strict=True)
    return list(_checked_rows(path, columns, reader, faults))


def _checked_rows(
    path: Path, columns: list[str], reader: Iterator[list[str]], faults: list[str]
) -> Iterator[_Row]:
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            where = f"{path}:{number}"
            if number == 1 and cells != columns:
                faults.append(f"{where}: expected the header {','.join(columns)}, found {','.join(cells)}")
                return
            if number > 1 and len(cells) != len(columns):
                faults.append(f"{where}: expected {len(columns)} cells, found {len(cells)}")
            elif number > 1:
                yield where, dict(zip(columns, cells, strict=True))
    except csv.Error as error:
        faults.append(f"{path}:{number + 1}: {error}")
    if number == 0:
        faults.append(f"{path}:1: expected the header {','.join(columns)}, found an empty file")


def _members(rows: list[_Row], faults: list[str]) -> dict[str, dict[str, str]]:
    members: dict[str, dict[str, str]] = {enum: {} for enum in ENUMS}
    for where, row in rows:
        enum, source, canonical = row["enum"], row["source_member"], row["canonical_member"]
        if enum not in ENUMS:
            faults.append(f"{where}: unknown enum {enum}; known are {', '.join(sorted(ENUMS))}")
        elif canonical not in (known := ENUMS[enum] or {canonical}):
            faults.append(f"{where}: {enum} has no member {canonical}; it has {', '.join(sorted(known))}")
        elif not source or source in members[enum]:
            faults.append(f"{where}: source member '{source}' of {enum} is empty or stands here twice")
        else:
            members[enum][source] = canonical
    return members


def _fields(
    rows: list[_Row], members: Mapping[str, Mapping[str, str]], faults: list[str]
) -> dict[str, dict[str, FieldRule]]:
    fields: dict[str, dict[str, FieldRule]] = {resource: {} for resource in CANONICAL}
    named: set[tuple[str, str]] = set()
    for where, row in rows:
        resource, canonical_field = row["resource"], row["canonical_field"]
        fault = _row_fault(row) or _default_fault(row, members)
        if (resource, canonical_field) in named:
            fault = f"{resource} {canonical_field} stands here twice"
        named.add((resource, canonical_field))
        if fault:
            faults.append(f"{where}: {fault}")
        else:
            fields[resource][canonical_field] = _rule(row)
    missing = [(resource, field) for resource in CANONICAL for field in CANONICAL[resource]]
    faults.extend(
        f"fields.csv: no row for {resource} {field}; add one, source_path empty where the source has none"
        for resource, field in missing
        if rows and (resource, field) not in named
    )
    return fields


def _row_fault(row: Mapping[str, str]) -> str | None:
    resource, canonical_field, kind = row["resource"], row["canonical_field"], row["type"]
    if resource not in CANONICAL:
        return f"unknown resource {resource}; known are {', '.join(CANONICAL)}"
    expected = CANONICAL[resource].get(canonical_field)
    if expected is None:
        return f"{resource} has no canonical field {canonical_field}; it has {', '.join(CANONICAL[resource])}"
    if FAMILY_OF_TYPE.get(kind, kind) != expected:
        types = [name for name, family in FAMILY_OF_TYPE.items() if family == expected] or [expected]
        return f"{resource} {canonical_field} is of type {kind}; expected {' or '.join(types)}"
    if row["required"] not in {"yes", "no"}:
        return f"required is '{row['required']}'; expected yes or no"
    return None


def _default_fault(row: Mapping[str, str], members: Mapping[str, Mapping[str, str]]) -> str | None:
    if not row["default"]:
        return None
    if row["type"] == "rows":
        return "rows have no default"
    value = read_value(row["type"], row["default"], Reading(members=members))
    return f"default '{row['default']}': {value.why}" if isinstance(value, Unreadable) else None


def _rule(row: Mapping[str, str]) -> FieldRule:
    return FieldRule(
        canonical_field=row["canonical_field"],
        source_path=tuple(row["source_path"].split(".")) if row["source_path"] else (),
        type=row["type"],
        required=row["required"] == "yes",
        default=row["default"] or None,
    )
