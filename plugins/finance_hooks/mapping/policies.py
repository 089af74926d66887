"""Read policies.csv: what may be done by itself for an administration; without a row the defaults hold.

Imported when Airflow parses the DAG file, so it needs nothing but the standard library.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from finance_hooks.mapping.problems import Problem, said
from finance_hooks.mapping.rows import Row, check_row, read_rows
from finance_hooks.mapping.schemas import POLICIES
from finance_hooks.model.administration import Administration, CorrectionPolicy, RelationsPolicy

FILE = POLICIES.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """The rows of the file by sync_id, and what is wrong: of one row (`whose` names it) or of the file."""

    rows: Mapping[str, Row]
    problems: Sequence[Problem]

    def problems_of(self, sync_id: str) -> tuple[Problem, ...]:
        """Return what keeps an administration from running: its own row, or a file nobody can read."""
        return tuple(problem for problem in self.problems if problem.whose in {sync_id, None})

    def problems_of_nobody(self, sync_ids: Collection[str]) -> tuple[Problem, ...]:
        """Return what is wrong in rows that name no administration there is."""
        return tuple(problem for problem in self.problems if problem.whose not in {*sync_ids, None})

    def apply(self, administration: Administration) -> Administration:
        """Give an administration the policies of its row; an empty cell leaves the default."""
        row = self.rows.get(administration.sync_id)
        if row is None:
            return administration
        corrections, relations = row.cells["corrections"], row.cells["relations"]
        return replace(
            administration,
            correction_policy=CorrectionPolicy(corrections or administration.correction_policy),
            relations_policy=RelationsPolicy(relations or administration.relations_policy),
        )


def read_policies(folder: Path, sync_ids: Collection[str]) -> Policies:
    """Read the file where there is one; `sync_ids` are those that administrations.csv names."""
    rows, misshapen = read_rows(folder / FILE, POLICIES)
    named = Counter(row.cells["sync_id"] for row in rows)
    problems = list(misshapen)
    for row in rows:
        problems += check_row(row, POLICIES, FILE)
        problems += _check_sync_id(row, named, sync_ids)
    return Policies(rows={row.cells["sync_id"]: row for row in rows}, problems=problems)


def _check_sync_id(row: Row, named: Counter[str], sync_ids: Collection[str]) -> Iterator[Problem]:
    sync_id = row.cells["sync_id"]
    if named[sync_id] > 1:
        what = said("policy_repeats", sync_id=sync_id, count=named[sync_id])
        yield Problem(file=FILE, line=row.line, whose=sync_id, what=what, remedy=said("keep_one"))
    if sync_id not in sync_ids:
        what = said("no_administration", column="sync_id", name=sync_id)
        remedy = said("correct_name")
        yield Problem(file=FILE, line=row.line, whose=sync_id, what=what, remedy=remedy)
