"""Read the mapping tables of one administration, or name everything that is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pandas import DataFrame

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.cells import NAME, check_date
from finance_hooks.mapping.folder import MAPPINGS
from finance_hooks.mapping.problems import Problem, said, write_problems
from finance_hooks.mapping.rows import Row, check_row, name_file, read_rows, whose
from finance_hooks.mapping.schemas import ADMINISTRATIONS, ARTICLE_ACCOUNTS, EVERY, TARGET_SCHEMAS, Schema
from finance_hooks.model.administration import Administration
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.party import PartyKey, PartyLink

SOURCE = "qubz"
FIRST, LAST = "0000-00-00", "9999-99-99"
"""What an empty valid_from and valid_until mean; dates compare as text, year first."""
Validity = tuple[str, str]
Applying = tuple[Row, Validity, tuple[str, ...]]
"""A row, when it holds, and on what conditions."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """The tables of one administration as far as they can be read, and the problems in the way of its books.

    Problems in rows of other administrations are not among them: who works on one may not see the others.
    """

    tables: Tables
    concerning: Sequence[Problem]


def read_tables(administration: Administration, folder: Path = MAPPINGS) -> Tables:
    """Read the tables; ConfigurationError names every problem that concerns the books.

    A problem in a row of another administration is left to that administration's own run.
    """
    examined = examine_tables(administration, folder)
    if examined.concerning:
        problems = write_problems(examined.concerning)
        raise ConfigurationError(f"The mapping files of {administration.sync_id} have problems:\n{problems}")
    return examined.tables


def examine_tables(administration: Administration, folder: Path = MAPPINGS) -> Examined:
    """Read the tables as far as that is possible, and name every problem that concerns the books."""
    names = known_names(folder)
    frames: dict[str, DataFrame] = {}
    concerning: list[Problem] = []
    for path, schema in _files(folder, [administration.target]):
        mine, known = owner(administration, schema), names.of(schema)
        rows, found = _read_file(path, schema, known)
        concerning += [problem for problem in found if _concerns(problem, mine, known, schema)]
        frames[schema.name] = frame_of(rows, schema, name_file(path), mine)
    rows, _ = read_rows(folder / ADMINISTRATIONS.name, ADMINISTRATIONS)
    line = next((row.line for row in rows if row.cells["sync_id"] == administration.sync_id), None)
    return Examined(
        tables=Tables(sync_id=administration.sync_id, frames=frames, line=line),
        concerning=concerning,
    )


def check_mappings(folder: Path = MAPPINGS) -> list[Problem]:
    """Name every problem of administrations.csv and of every table that its rows rely on, in one pass."""
    problems = [problem for row in read_administrations(folder) for problem in row.problems]
    names = known_names(folder)
    rows, _ = read_rows(folder / ADMINISTRATIONS.name, ADMINISTRATIONS)
    targets = sorted({row.cells["target"] for row in rows if NAME.fullmatch(row.cells["target"])})
    for path, schema in _files(folder, [target for target in targets if (folder / target).is_dir()]):
        problems += _read_file(path, schema, names.of(schema))[1]
    return problems


def _files(folder: Path, targets: Iterable[str]) -> Iterator[tuple[Path, Schema]]:
    for target in targets:
        for schema in TARGET_SCHEMAS:
            yield folder / target / schema.name, schema
    yield folder / SOURCE / ARTICLE_ACCOUNTS.name, ARTICLE_ACCOUNTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Which sync_ids and organisations rows may name; those of bad rows of administrations.csv too."""

    sync_ids: frozenset[str | None]
    organisations: frozenset[str | None]

    def of(self, schema: Schema) -> frozenset[str | None]:
        """Return what the first cell of a row of one kind of file may name."""
        return self.sync_ids if schema.shared else self.organisations


def known_names(folder: Path) -> Names:
    """Read which names there are."""
    rows, misshapen = read_rows(folder / ADMINISTRATIONS.name, ADMINISTRATIONS)
    sync_ids = {row.cells["sync_id"] for row in rows} | {problem.whose for problem in misshapen}
    return Names(
        sync_ids=frozenset(sync_ids - {None, ""}),
        organisations=frozenset(row.cells["organisation"] for row in rows),
    )


def owner(administration: Administration, schema: Schema) -> str:
    """Say what the first cell of an administration's own rows holds."""
    return administration.sync_id if schema.shared else administration.organisation


def _concerns(problem: Problem, mine: str, known: frozenset[str | None], schema: Schema) -> bool:
    """Say whether these books may rely on the faulty row; a misspelt name may hide a row of theirs."""
    if schema.shared:
        return problem.whose not in known - {mine}
    return problem.whose in {mine, None, ""}


def _read_file(path: Path, schema: Schema, known: frozenset[str | None]) -> tuple[list[Row], list[Problem]]:
    rows, problems = read_rows(path, schema)
    return rows, problems + check_rows(rows, schema, name_file(path), known)


def check_rows(rows: Sequence[Row], schema: Schema, file: str, known: frozenset[str | None]) -> list[Problem]:
    """Name every problem of the rows of one file: of their cells, of their names, and rows that clash."""
    problems: list[Problem] = []
    for row in rows:
        problems += check_row(row, schema, file)
        name = whose(row, schema)
        if name not in {*known, ""} and not (schema.shared and name == EVERY):
            what = said("no_administration", column=schema.columns[0].name, name=name)
            remedy = said("correct_name")
            problems.append(Problem(file=file, line=row.line, whose=name, what=what, remedy=remedy))
    problems += _find_clashes(rows, schema, file)
    return problems


def _find_clashes(rows: Sequence[Row], schema: Schema, file: str) -> Iterator[Problem]:
    """Name each row that would apply beside an earlier one: same key, and dates that overlap."""
    alike: dict[tuple[str, ...], list[Applying]] = {}
    for row in rows:
        key = tuple(row.cells[name] for name in (schema.columns[0].name, *schema.keys))
        conditions = tuple(row.cells[name] for name in schema.conditions)
        alike.setdefault(key, []).append((row, _validity(row), conditions))
    for key, group in alike.items():
        for place, later in enumerate(group):
            # The first is enough: a file that was pasted in twice has a million others.
            earlier = next((one for one in islice(group, place) if _both_apply(one, later)), None)
            if earlier is not None:
                what = said("stands_twice", code=" ".join(key[1:]).strip(), line=earlier[0].line)
                remedy = said("keep_one_date")
                yield Problem(file=file, line=later[0].line, whose=key[0], what=what, remedy=remedy)


def _both_apply(one: Applying, other: Applying) -> bool:
    _, (starts, ends), conditions = one
    _, (other_starts, other_ends), other_conditions = other
    if starts > other_ends or other_starts > ends:
        return False
    pairs = zip(conditions, other_conditions, strict=True)
    return all(mine == theirs or not (mine and theirs) for mine, theirs in pairs)


def _validity(row: Row) -> Validity:
    starts, ends = row.cells.get("valid_from", ""), row.cells.get("valid_until", "")
    if any(text and check_date(text) for text in (starts, ends)):
        return NEVER
    return starts or FIRST, ends or LAST


def frame_of(rows: Sequence[Row], schema: Schema, file: str, mine: str) -> DataFrame:
    """Hold the rows of one file that an administration may use."""
    used = [row for row in rows if whose(row, schema) in {mine, EVERY}]
    columns = [name for name in schema.header if name != "note"]
    frame = DataFrame([row.cells for row in used], columns=columns, dtype="str")
    validity = [_validity(row) for row in used]
    return frame.assign(
        valid_from=[starts for starts, _ in validity],
        valid_until=[ends for _, ends in validity],
        at=[f"{file}:{row.line}" for row in used],
        content=[content_of(row.cells, schema, file) for row in used],
        own=[whose(row, schema) != EVERY for row in used],
    )


def content_of(cells: Mapping[str, str], schema: Schema, file: str) -> str:
    """Write what a row says, wherever it stands: the file and all cells but the note."""
    return "\x1f".join([file, *(cells[name] for name in schema.header if name != "note")])
