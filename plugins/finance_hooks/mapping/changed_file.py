"""Check a changed mapping file by the reader of the nightly run, and hold it against the present one.

Nothing is written: the files are kept where they are, and changed there.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from finance_hooks.mapping.folder import MAPPINGS
from finance_hooks.mapping.problems import Problem, said
from finance_hooks.mapping.row_changes import RowChange, compare_rows
from finance_hooks.mapping.rows import Row, divide_content, name_file, read_rows
from finance_hooks.mapping.schemas import ARTICLE_ACCOUNTS, Schema
from finance_hooks.mapping.tables import (
    SOURCE,
    Tables,
    check_rows,
    examine_tables,
    frame_of,
    known_names,
    owner,
)
from finance_hooks.model.administration import Administration

BYTES_MAX = 2_000_000
LINES_MAX = 20_000
ALIKE_MAX = 50
"""Rows of one code: more are no mapping, and would take long to hold against each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a changed file would do: its problems, its changes, and the tables before and with it.

    A file that cannot be read changes nothing.
    """

    file: str
    problems: Sequence[Problem]
    changes: Sequence[RowChange]
    before: Tables
    after: Tables


def read_changed(
    content: bytes,
    schema: Schema,
    administration: Administration,
    *,
    is_addition: bool,
    folder: Path = MAPPINGS,
) -> Changed:
    """Read a changed file; an addition holds new rows only, which come below the present ones."""
    path = folder / (SOURCE if schema is ARTICLE_ACCOUNTS else administration.target) / schema.name
    file, present = name_file(path), read_rows(path, schema)[0]
    before = examine_tables(administration, folder).tables
    rows, problems = _divide(content, file, schema)
    is_unreadable = bool(problems) and not rows
    if is_addition or is_unreadable:
        last = max((row.line for row in present), default=1) - 1
        rows = [*present, *(replace(row, line=row.line + last) for row in rows)]
        problems = [problem if is_unreadable else _below(problem, last) for problem in problems]
    problems += _crowded(rows, schema, file) or check_rows(rows, schema, file, known_names(folder).of(schema))
    frame = frame_of(rows, schema, file, owner(administration, schema))
    return Changed(
        file=file,
        problems=problems,
        changes=compare_rows(present, rows, schema, file),
        before=before,
        after=replace(before, frames={**before.frames, schema.name: frame}),
    )


def _divide(content: bytes, file: str, schema: Schema) -> tuple[list[Row], list[Problem]]:
    lines = content.count(b"\n")
    if len(content) <= BYTES_MAX and lines <= LINES_MAX:
        return divide_content(content, file, schema)
    what = said("too_large", size=len(content), lines=lines)
    remedy = said("offer_less", size=BYTES_MAX, lines=LINES_MAX)
    return [], [Problem(file=file, what=what, remedy=remedy)]


def _below(problem: Problem, last: int) -> Problem:
    """Name the line that a row would stand on below the present ones."""
    return problem if problem.line in {None, 1} else replace(problem, line=(problem.line or 0) + last)


def _crowded(rows: Sequence[Row], schema: Schema, file: str) -> list[Problem]:
    names = (schema.columns[0].name, *schema.keys)
    counted = Counter(tuple(row.cells[name] for name in names) for row in rows)
    remedy = said("keep_few", most=ALIKE_MAX)
    return [
        Problem(
            file=file,
            whose=key[0],
            what=said("crowded", code=" ".join(key[1:]).strip(), count=count),
            remedy=remedy,
        )
        for key, count in counted.items()
        if count > ALIKE_MAX
    ]
