"""Where the lines of a booking come from: lines of the source, and the mapping rows that chose the codes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from finance_hooks.mapping.schemas import ARTICLE_ACCOUNTS, NOTE, TARGET_SCHEMAS
from finance_hooks.posting.legs import Leg

HEADERS: Mapping[str, Sequence[str]] = {
    schema.name: [name for name in schema.header if name != NOTE.name]
    for schema in (*TARGET_SCHEMAS, ARTICLE_ACCOUNTS)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingRow:
    """One row of a mapping file as it stood when it was used: its cells by column, empty ones left out."""

    file: str
    line: str
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """Lines of the source as received: every field that one of them has, and the values of each line."""

    names: Sequence[str]
    rows: Sequence[Sequence[str]]


def mapping_row(at: str, content: Sequence[str]) -> MappingRow:
    """Read a mapping row that was kept; of a purged one only its place is known."""
    file, _, line = at.rpartition(":")
    names = HEADERS.get(PurePosixPath(file).name, ())
    cells = content[1:]
    if len(names) != len(cells):
        names = [""] * len(cells)
    return MappingRow(
        file=file or at,
        line=line,
        cells=[(name, cell) for name, cell in zip(names, cells, strict=True) if cell],
    )


def rows_of_leg(leg: Leg) -> list[MappingRow]:
    """List the mapping rows that chose the codes of a leg."""
    return [mapping_row(at, content) for at, content in sorted(leg.mapping_rows.items())]


def rows_of_all(mapping_rows: Mapping[str, Sequence[str]], legs: Sequence[Leg]) -> list[MappingRow]:
    """List the mapping rows that chose what a booking has as a whole: its journal, its party, its term."""
    of_legs = {at for leg in legs for at in leg.mapping_rows}
    return [mapping_row(at, content) for at, content in sorted(mapping_rows.items()) if at not in of_legs]


def source_table(rows: Sequence[Mapping[str, Any]], known: Sequence[str]) -> SourceTable:
    """Put lines of the source into a table, known fields first; nested ones under all the names to them."""
    flat = [dict(_flat(row)) for row in rows]
    there = dict.fromkeys(name for row in flat for name in row)
    names = [*(name for name in known if name in there), *(name for name in there if name not in known)]
    return SourceTable(names=names, rows=[[row.get(name, "") for name in names] for row in flat])


def source_fields(source: object) -> list[tuple[str, str]]:
    """List what a document says besides its lists of lines; text that is no document stands alone."""
    if not isinstance(source, Mapping):
        return [] if source is None else [("", str(source))]
    return list(_flat({name: value for name, value in source.items() if not isinstance(value, list)}))


def _flat(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    match value:
        case Mapping():
            for part, inner in value.items():
                yield from _flat(inner, f"{name}.{part}" if name else str(part))
        case list():
            for number, inner in enumerate(value, start=1):
                yield from _flat(inner, f"{name}.{number}")
        case None | "":
            return
        case _:
            yield name, str(value)
