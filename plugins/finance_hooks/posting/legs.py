"""Put beside each leg of a booking what it was made of: lines of the source, rows of the mapping files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from finance_hooks.sources.qubz.fields import FieldTables
from finance_hooks.sources.qubz.rows import find
from finance_hooks.sources.qubz.values import Reading, read_value
from finance_hooks.store.provenance import Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One leg of an entry as it was booked.

    `source_lines` are the lines of the document as received; `mapping_rows` the cells of the rows that chose
    the leg's codes, by `file:line`, as they stood then.
    """

    line: Mapping[str, Any]
    source_lines: tuple[Mapping[str, Any], ...]
    mapping_rows: Mapping[str, tuple[str, ...]]


def legs_of(found: Provenance, tables: FieldTables) -> list[Leg]:
    """List the legs of a booking; none while a document is parked."""
    lines = list(source_lines(found, tables))
    return [
        Leg(
            line=line,
            source_lines=tuple(row for number, row in lines if number in line["source_lines"]),
            mapping_rows={at: found.mapping_rows.get(at, ()) for at in line["mapping_rows"]},
        )
        for line in (found.entry or {}).get("lines", ())
    ]


def source_lines(found: Provenance, tables: FieldTables) -> Iterator[tuple[object, Mapping[str, Any]]]:
    """Yield the lines of the document with their numbers, read the way they were read for the booking."""
    rows = (
        None
        if found.source is None
        else find(found.source, tables.fields[found.resource]["lines"].source_path)
    )
    rule = tables.fields[f"{found.resource}/lines"]["number"]
    for row in rows if isinstance(rows, list) else ():
        raw = find(row, rule.source_path)
        yield None if raw is None else read_value(rule.type, raw, Reading(members=tables.members)), row
