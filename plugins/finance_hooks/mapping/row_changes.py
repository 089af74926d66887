"""Compare two versions of a mapping file by the keys of their rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from finance_hooks.mapping.rows import Row
from finance_hooks.mapping.schemas import Schema
from finance_hooks.mapping.tables import content_of

Sameness = Callable[[Row], tuple[str, ...]]


class ChangeKind(StrEnum):
    """What happens to a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellChange:
    """One cell before and after."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """One row that differs: `owner` is its first cell, `key` the cells it is looked up by.

    `line` is where it stands in the new file, in the present one when it goes. `content` is what documents
    that used it remember of it, `None` when it is new or says the same but for its note.
    """

    kind: ChangeKind
    owner: str
    key: tuple[str, ...]
    line: int
    cells: tuple[CellChange, ...]
    content: str | None


def compare_rows(before: Sequence[Row], after: Sequence[Row], schema: Schema, file: str) -> list[RowChange]:
    """Return every row that was added, removed or changed, by the order of their lines; moved rows are equal.

    Rows are brought together when they say the same, else by key, first date and conditions, else by key.
    """
    first = schema.columns[0].name
    exact = ("valid_from", *schema.conditions)
    left, added = list(before), list(after)
    pairs: list[tuple[Row, Row]] = []
    for names in (schema.header, (first, *schema.keys, *exact), (first, *schema.keys)):
        found, left, added = _pair(left, added, names)
        pairs += found
    changes = [_changed(one, other, schema, file) for one, other in pairs if one.cells != other.cells]
    changes += [_whole(row, ChangeKind.REMOVED, schema, file) for row in left]
    changes += [_whole(row, ChangeKind.ADDED, schema, file) for row in added]
    return sorted(changes, key=lambda change: (change.line, change.kind))


def _pair(
    before: Iterable[Row], after: Iterable[Row], names: Iterable[str]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """Bring rows together that agree in some columns, in their order; return what is left of both."""
    columns = tuple(names)
    waiting: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in reversed(list(before)):
        waiting[_cells(row, columns)].append(row)
    pairs, alone = [], []
    for row in after:
        alike = waiting[_cells(row, columns)]
        if alike:
            pairs.append((alike.pop(), row))
        else:
            alone.append(row)
    left = sorted((row for rows in waiting.values() for row in rows), key=lambda row: row.line)
    return pairs, left, alone


def _cells(row: Row, columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(row.cells.get(name, "") for name in columns)


def _changed(before: Row, after: Row, schema: Schema, file: str) -> RowChange:
    old, new = (content_of(row.cells, schema, file) for row in (before, after))
    return RowChange(
        kind=ChangeKind.CHANGED,
        owner=after.cells[schema.columns[0].name],
        key=_cells(after, schema.keys),
        line=after.line,
        cells=tuple(
            CellChange(column=name, before=before.cells[name], after=after.cells[name])
            for name in schema.header
            if before.cells[name] != after.cells[name]
        ),
        content=old if old != new else None,
    )


def _whole(row: Row, kind: ChangeKind, schema: Schema, file: str) -> RowChange:
    is_new = kind is ChangeKind.ADDED
    first = schema.columns[0].name
    return RowChange(
        kind=kind,
        owner=row.cells[first],
        key=_cells(row, schema.keys),
        line=row.line,
        cells=tuple(
            CellChange(column=name, before="" if is_new else cell, after=cell if is_new else "")
            for name, cell in row.cells.items()
            if cell and name not in {first, *schema.keys}
        ),
        content=None if is_new else content_of(row.cells, schema, file),
    )
