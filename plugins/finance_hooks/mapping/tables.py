"""Read the mapping tables of one administration, or name everything that is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pandas import DataFrame

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.cells import NAME, check_date
from finance_hooks.mapping.folder import MAPPINGS
from finance_hooks.mapping.problems import Problem, write_problems
from finance_hooks.mapping.rows import Row, check_row, name_file, read_rows, whose
from finance_hooks.mapping.schemas import ADMINISTRATIONS, ARTICLE_ACCOUNTS, EVERY, TARGET_SCHEMAS, Schema
from finance_hooks.model.administration import Administration
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.party import PartyKey, PartyLink

SOURCE = "qubz"
FIRST, LAST = "0000-00-00", "9999-99-99"
"""What an empty valid_from and valid_until mean; dates compare as text, year first."""
NEVER = ("~", "")
"""The validity of a row with a malformed date: it overlaps nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The rows that one administration may use: its own and those for all (`*`), by file name.

    Every frame holds text only: the file's columns without the note, `valid_from` and `valid_until` filled
    in, `at` (`file:line`) and `content` (what the row says, wherever it stands); and `own`, true on rows of
    the administration itself. `line` is where its own row stands in administrations.csv. `party_links` say
    which relation of the package a party was found to be.
    """

    sync_id: str
    frames: Mapping[str, DataFrame]
    party_links: Mapping[PartyKey, PartyLink] = field(default_factory=dict)
    line: int | None = None

    def __getitem__(self, schema: Schema) -> DataFrame:
        """Return the rows of one kind of file."""
        return self.frames[schema.name]


def read_tables(administration: Administration, folder: Path = MAPPINGS) -> Tables:
    """Read the tables; ConfigurationError with every problem of these files when one concerns the books.

    A problem in a row of another administration is left to that administration's own run.
    """
    sync_ids, organisations = _known(folder)
    frames: dict[str, DataFrame] = {}
    problems: list[Problem] = []
    blocked = False
    for path, schema in _files(folder, [administration.target]):
        mine = administration.sync_id if schema.shared else administration.organisation
        known = sync_ids if schema.shared else organisations
        rows, found = _read_file(path, schema, known)
        blocked |= any(_concerns(problem, mine, known, schema) for problem in found)
        problems += found
        frames[schema.name] = _frame(rows, schema, name_file(path), mine)
    if blocked:
        raise ConfigurationError(
            f"The mapping files of {administration.sync_id} have problems:\n{write_problems(problems)}"
        )
    rows, _ = read_rows(folder / ADMINISTRATIONS.name, ADMINISTRATIONS)
    line = next((row.line for row in rows if row.cells["sync_id"] == administration.sync_id), None)
    return Tables(sync_id=administration.sync_id, frames=frames, line=line)


def check_mappings(folder: Path = MAPPINGS) -> list[Problem]:
    """Name every problem of administrations.csv and of every table that its rows rely on, in one pass."""
    problems = [problem for row in read_administrations(folder) for problem in row.problems]
    sync_ids, organisations = _known(folder)
    rows, _ = read_rows(folder / ADMINISTRATIONS.name, ADMINISTRATIONS)
    targets = sorted({row.cells["target"] for row in rows if NAME.fullmatch(row.cells["target"])})
    for path, schema in _files(folder, [target for target in targets if (folder / target).is_dir()]):
        problems += _read_file(path, schema, sync_ids if schema.shared else organisations)[1]
    return problems


def _files(folder: Path, targets: Iterable[str]) -> Iterator[tuple[Path, Schema]]:
    for target in targets:
        for schema in TARGET_SCHEMAS:
            yield folder / target / schema.name, schema
    yield folder / SOURCE / ARTICLE_ACCOUNTS.name, ARTICLE_ACCOUNTS


def _known(folder: Path) -> tuple[set[str | None], set[str | None]]:
    """Return the sync_ids and organisations that rows may name; those of bad rows are known too."""
    rows, misshapen = read_rows(folder / ADMINISTRATIONS.name, ADMINISTRATIONS)
    sync_ids = {row.cells["sync_id"] for row in rows} | {problem.whose for problem in misshapen}
    return sync_ids - {None, ""}, {row.cells["organisation"] for row in rows}


def _concerns(problem: Problem, mine: str, known: set[str | None], schema: Schema) -> bool:
    """Say whether these books may rely on the faulty row; a misspelt name may hide a row of theirs."""
    if schema.shared:
        return problem.whose not in known - {mine}
    return problem.whose in {mine, None, ""}


def _read_file(path: Path, schema: Schema, known: set[str | None]) -> tuple[list[Row], list[Problem]]:
    file = name_file(path)
    rows, problems = read_rows(path, schema)
    for row in rows:
        problems += check_row(row, schema, file)
        name = whose(row, schema)
        if name not in {*known, ""} and not (schema.shared and name == EVERY):
            what = f"{schema.columns[0].name} {name} has no row in administrations.csv"
            remedy = "correct the name or remove the row"
            problems.append(Problem(file=file, line=row.line, whose=name, what=what, remedy=remedy))
    problems += _find_clashes(rows, schema, file)
    return rows, problems


def _find_clashes(rows: list[Row], schema: Schema, file: str) -> Iterator[Problem]:
    """Name each row that would apply beside an earlier one: same key, and dates that overlap."""
    alike: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = tuple(row.cells[name] for name in (schema.columns[0].name, *schema.keys))
        alike.setdefault(key, []).append(row)
    for key, group in alike.items():
        for place, later in enumerate(group):
            # The first is enough: a file that was pasted in twice has a million others.
            earlier = next((row for row in islice(group, place) if _both_apply(row, later, schema)), None)
            if earlier is not None:
                what = f"{' '.join(key[1:]).strip()} stands on line {earlier.line} too"
                remedy = "keep one row, or give them dates that do not overlap"
                yield Problem(file=file, line=later.line, whose=key[0], what=what, remedy=remedy)


def _both_apply(one: Row, other: Row, schema: Schema) -> bool:
    pairs = [(one.cells[name], other.cells[name]) for name in schema.conditions]
    if any(mine and theirs and mine != theirs for mine, theirs in pairs):
        return False
    (starts, ends), (other_starts, other_ends) = _validity(one), _validity(other)
    return starts <= other_ends and other_starts <= ends


def _validity(row: Row) -> tuple[str, str]:
    starts, ends = row.cells.get("valid_from", ""), row.cells.get("valid_until", "")
    if any(text and check_date(text) for text in (starts, ends)):
        return NEVER
    return starts or FIRST, ends or LAST


def _frame(rows: list[Row], schema: Schema, file: str, mine: str) -> DataFrame:
    used = [row for row in rows if whose(row, schema) in {mine, EVERY}]
    columns = [name for name in schema.header if name != "note"]
    frame = DataFrame([row.cells for row in used], columns=columns, dtype="str")
    validity = [_validity(row) for row in used]
    return frame.assign(
        valid_from=[starts for starts, _ in validity],
        valid_until=[ends for _, ends in validity],
        at=[f"{file}:{row.line}" for row in used],
        content=["\x1f".join([file, *(row.cells[name] for name in columns)]) for row in used],
        own=[whose(row, schema) != EVERY for row in used],
    )
