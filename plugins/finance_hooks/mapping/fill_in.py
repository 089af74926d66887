"""Write the rows that a table lacks as a file of that table: keys filled in, codes of the package open."""

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from finance_hooks.mapping.missing_rows import MissingRow
from finance_hooks.mapping.rows import divide_content
from finance_hooks.mapping.schemas import Schema
from finance_hooks.mapping.spreadsheet_cells import guard_cell

PARTED = re.compile(r';\s*"')
"""Where a spreadsheet that parts cells at semicolons would begin a cell that no apostrophe can stand in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFillIn:
    """A file to fill in, how many rows it has, and the codes that no mapping file can hold."""

    content: bytes
    count: int
    left_out: tuple[MissingRow, ...]


def write_to_fill_in(schema: Schema, owner: str, missing: Collection[MissingRow]) -> ToFillIn:
    """Write a row for each code that is missing; `owner` is the first cell of each.

    A code whose cell could not be read back as it is stands in no file: its row is left out and named.
    """
    written, left_out = [_line(schema.header)], []
    for row in sorted(missing, key=lambda one: one.cells):
        cells = {schema.columns[0].name: owner, **dict(zip(schema.keys, row.cells, strict=True))}
        line = _line([guard_cell(cells.get(name, "")) for name in schema.header])
        if row.is_known and not PARTED.search(line) and _reads_back(written[0] + line, cells, schema):
            written.append(line)
        else:
            left_out.append(row)
    return ToFillIn(content="".join(written).encode(), count=len(written) - 1, left_out=tuple(left_out))


def _line(cells: Sequence[str]) -> str:
    to = StringIO()
    csv.writer(to, lineterminator="\n").writerow(cells)
    return to.getvalue()


def _reads_back(text: str, cells: Mapping[str, str], schema: Schema) -> bool:
    """Say whether the reader finds the row as it was meant, and nothing wrong with its keys."""
    rows, _ = divide_content(text.encode("utf-8", "replace"), schema.name, schema)
    filled = [column for column in schema.columns if cells.get(column.name)]
    return (
        len(rows) == 1
        and all(rows[0].cells[name] == cell for name, cell in cells.items())
        and not any(column.check(cells[column.name]) for column in filled)
    )
