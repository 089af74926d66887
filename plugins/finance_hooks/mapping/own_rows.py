"""Read a file in which an administration may have one row of its own, such as policies.csv.

Imported when Airflow parses the DAG file, so it needs nothing but the standard library.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from finance_hooks.mapping.problems import Problem, said
from finance_hooks.mapping.rows import Row, check_row, read_rows
from finance_hooks.mapping.schemas import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRows:
    """The rows of the file by sync_id, and what is wrong: of one row (`whose` names it) or of the file."""

    rows: Mapping[str, Row]
    problems: Sequence[Problem]

    def problems_of(self, sync_id: str) -> tuple[Problem, ...]:
        """Return what keeps an administration from running: its own row, or a file nobody can read."""
        return tuple(problem for problem in self.problems if problem.whose in {sync_id, None})

    def problems_of_nobody(self, sync_ids: Collection[str]) -> tuple[Problem, ...]:
        """Return what is wrong in rows that name no administration there is."""
        return tuple(problem for problem in self.problems if problem.whose not in {*sync_ids, None})

    def cells_of(self, sync_id: str) -> Mapping[str, str]:
        """Return the cells of an administration's row, none where it has no row."""
        row = self.rows.get(sync_id)
        return {} if row is None else row.cells


def read_own_rows(folder: Path, schema: Schema, sync_ids: Collection[str]) -> OwnRows:
    """Read the file where there is one; `sync_ids` are those that administrations.csv names."""
    rows, misshapen = read_rows(folder / schema.name, schema)
    named = Counter(row.cells["sync_id"] for row in rows)
    problems = list(misshapen)
    for row in rows:
        problems += check_row(row, schema, schema.name)
        problems += _check_sync_id(row, schema.name, named, sync_ids)
    return OwnRows(rows={row.cells["sync_id"]: row for row in rows}, problems=problems)


def _check_sync_id(row: Row, file: str, named: Counter[str], sync_ids: Collection[str]) -> Iterator[Problem]:
    sync_id = row.cells["sync_id"]
    if named[sync_id] > 1:
        what = said("own_row_repeats", sync_id=sync_id, count=named[sync_id])
        yield Problem(file=file, line=row.line, whose=sync_id, what=what, remedy=said("keep_one"))
    if sync_id not in sync_ids:
        what = said("no_administration", column="sync_id", name=sync_id)
        remedy = said("correct_name")
        yield Problem(file=file, line=row.line, whose=sync_id, what=what, remedy=remedy)
