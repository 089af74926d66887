"""Show the rows of an administration's tables that documents may use from a day on, with file and line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from finance_hooks.mapping.schemas import Schema
from finance_hooks.mapping.tables import FIRST, LAST, Tables

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidRow:
    """One row with where it stands, what it says, and the first and last document date it is valid for."""

    file: str
    line: int
    content: str
    cells: Mapping[str, str]
    valid_from: date
    valid_until: date

    def __getitem__(self, column: str) -> str:
        """Return one cell."""
        return self.cells[column]


def valid_rows(tables: Tables, schema: Schema, day: date) -> Iterator[ValidRow]:
    """Yield every row that is valid on this day or later.

    A row for all administrations that rows of the administration itself hide on every such day is left out:
    no document uses it.
    """
    rows = [(_row(cells), bool(cells["own"])) for cells in tables[schema].to_dict("records")]
    for row, is_own in rows:
        if row.valid_until < day:
            continue
        rivals = [other for other, others_own in rows if others_own and _same_key(row, other, schema)]
        if is_own or not _covered(max(row.valid_from, day), row.valid_until, rivals):
            yield row


def _row(cells: Mapping[Any, Any]) -> ValidRow:
    file, _, line = str(cells["at"]).rpartition(":")
    starts, ends = str(cells["valid_from"]), str(cells["valid_until"])
    return ValidRow(
        file=file,
        line=int(line),
        content=str(cells["content"]),
        cells={str(name): str(text) for name, text in cells.items()},
        valid_from=date.min if starts == FIRST else date.fromisoformat(starts),
        valid_until=date.max if ends == LAST else date.fromisoformat(ends),
    )


def _same_key(row: ValidRow, other: ValidRow, schema: Schema) -> bool:
    return all(row[name] == other[name] for name in schema.keys)


def _covered(first: date, last: date, rows: list[ValidRow]) -> bool:
    """Say whether some rows are valid on every day of a range between them."""
    for row in sorted(rows, key=lambda each: each.valid_from):
        if row.valid_from <= first <= row.valid_until:
            if row.valid_until >= last:
                return True
            first = row.valid_until + DAY
    return False
