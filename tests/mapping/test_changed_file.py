"""A changed file is read by the reader of the nightly run, whatever somebody offers, and never written."""

import time
from pathlib import Path

import pytest

from finance_hooks.mapping import changed_file
from finance_hooks.mapping.changed_file import Changed, read_changed
from finance_hooks.mapping.lookup import all_rows
from finance_hooks.mapping.row_changes import ChangeKind
from finance_hooks.mapping.schemas import (
    ARTICLE_ACCOUNTS,
    COST_UNITS,
    LEDGER_ACCOUNTS,
    PARTIES,
    VAT_CODES,
    Schema,
)
from finance_hooks.mapping.tables import check_mappings
from tests.mapping.examples import the_administration

HEADER = ",".join(LEDGER_ACCOUNTS.header)
NEW = f"{HEADER}\nnl,9000,,,9,\n"


def read(
    folder: Path, content: bytes | str, schema: Schema = LEDGER_ACCOUNTS, *, is_addition: bool = False
) -> Changed:
    return read_changed(
        content if isinstance(content, bytes) else content.encode(),
        schema,
        the_administration(folder),
        is_addition=is_addition,
        folder=folder,
    )


def kinds(changed: Changed) -> dict[ChangeKind, int]:
    found = [change.kind for change in changed.changes]
    return {kind: found.count(kind) for kind in set(found)}


def test_added_rows_come_below_the_present_ones(folder: Path) -> None:
    changed = read(folder, NEW, is_addition=True)

    (change,) = changed.changes
    assert (changed.problems, change.kind, change.key) == ([], ChangeKind.ADDED, ("9000",))
    assert change.line == len((folder / "books" / "ledger_accounts.csv").read_text().splitlines()) + 1
    assert len(all_rows(changed.after[LEDGER_ACCOUNTS])) == len(all_rows(changed.before[LEDGER_ACCOUNTS])) + 1


def test_whole_file_takes_the_place_of_the_present_one(folder: Path) -> None:
    changed = read(folder, NEW)

    assert kinds(changed) == {ChangeKind.ADDED: 1, ChangeKind.REMOVED: 18}
    assert [row["source_account"] for row in all_rows(changed.after[LEDGER_ACCOUNTS])] == ["9000"]


def test_nothing_is_ever_written(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.csv")}

    read(folder, NEW)
    read(folder, NEW, is_addition=True)

    assert {path: path.read_bytes() for path in folder.rglob("*.csv")} == before


def test_problems_are_those_of_the_nightly_run(folder: Path) -> None:
    content = f"{HEADER}\nnl,8000,,,,\nxx,1,,,1,\nnl,8010,,,1,\nnl,8010,,,2,\nnl,8020\n"

    changed = read(folder, content)

    (folder / "books" / "ledger_accounts.csv").write_text(content)
    assert sorted(map(str, changed.problems)) == sorted(map(str, check_mappings(folder)))
    assert len(changed.problems) == 4


def test_problem_of_an_added_row_names_the_line_it_would_stand_on(folder: Path) -> None:
    lines = len((folder / "books" / "ledger_accounts.csv").read_text().splitlines())

    changed = read(folder, f"{HEADER}\nnl,8000,,,1,\nnl,1,,\n", is_addition=True)

    assert [problem.line for problem in changed.problems] == [lines + 2, lines + 1]
    assert "8000 stands on line" in str(changed.problems[1])


def test_article_accounts_are_those_of_the_organisation(folder: Path) -> None:
    content = f"{','.join(ARTICLE_ACCOUNTS.header)}\n100,NEW,,8000,\n"

    changed = read(folder, content, ARTICLE_ACCOUNTS, is_addition=True)

    assert (changed.file, changed.problems) == ("qubz/article_accounts.csv", [])
    assert len(all_rows(changed.after[ARTICLE_ACCOUNTS])) == 4


def test_file_that_is_not_there_yet_is_all_new(folder: Path) -> None:
    (folder / "books" / "cost_units.csv").unlink()
    content = f"{','.join(COST_UNITS.header)}\n*,GLAS,,,GLAS,\n"

    assert kinds(read(folder, content, COST_UNITS, is_addition=True)) == {ChangeKind.ADDED: 1}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the header is empty"),
        (b"\x00" * 1000, "the header is"),
        (b"\xef\xbb\xbf" + NEW.encode(), "byte order mark"),
        (NEW.encode("utf-16"), "not UTF-8"),
        (NEW.replace("9000", "9\u00e9").encode("latin-1"), "not UTF-8"),
        (NEW.replace(",", ";").encode(), "separated by semicolons"),
        (NEW.replace("note", "administration").encode(), "names administration more than once"),
        (b"PK\x03\x04" + bytes(range(256)) * 10, "not UTF-8"),
        (b"\n" * 1_900_000, "offer at most 2000000 bytes and 20000 lines"),
        (b"x" * 2_000_001, "offer at most 2000000 bytes"),
    ],
)
@pytest.mark.parametrize("is_addition", [False, True])
def test_file_that_cannot_be_read_says_why_and_changes_nothing(
    folder: Path, content: bytes, said: str, is_addition: bool
) -> None:
    changed = read(folder, content, is_addition=is_addition)

    (problem,) = changed.problems
    assert said in str(problem)
    assert changed.changes == []
    assert all_rows(changed.after[LEDGER_ACCOUNTS]) == all_rows(changed.before[LEDGER_ACCOUNTS])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nl,90\x0000,,,9,", "control character"),
        ("nl,9000,,,9\x1b[31m,", "control character"),
        ("nl,9\u202e000,,,9,", "control character"),
        ('nl,"9000,,,9,', "a quote is not closed"),
        ("nl,9000,,,9,\rnl,9001,,,9,", "a quote is not closed in this line, or followed by text"),
        (f'nl,"{"9" * 200_000}",,,9,', "a cell has no end"),
        ("nl,9000,0000-00-00,,9,", "does not exist in the calendar"),
    ],
)
def test_hostile_cell_is_named(folder: Path, line: str, said: str) -> None:
    (problem,) = read(folder, f"{HEADER}\n{line}\n", is_addition=True).problems

    assert said in str(problem)


def test_cell_that_a_spreadsheet_was_kept_from_calculating_is_read_as_the_code(folder: Path) -> None:
    (change,) = read(folder, f"{HEADER}\nnl,'=9000,,,'@9,\n", is_addition=True).changes

    assert (change.key, change.cells[0].after) == (("=9000",), "@9")


def test_one_code_on_very_many_lines_is_named_once(folder: Path) -> None:
    lines = [f"nl,9000,{year}-01-01,{year}-12-31,9," for year in range(1000, 1051)]

    (problem,) = read(folder, "\n".join([HEADER, *lines]), is_addition=True).problems

    assert "9000 stands on 51 lines" in str(problem)


@pytest.mark.parametrize(
    ("schema", "line"),
    [
        (LEDGER_ACCOUNTS, "nl,{code},{place:04}-01-01,{place:04}-12-31,9,"),
        (LEDGER_ACCOUNTS, "nl,{code},x,x,9,"),
        (VAT_CODES, "nl,{code},,,,,{place},,9,,,,"),
        (PARTIES, "nl,{place},debtor,9,"),
        (PARTIES, "{place},,,,"),
    ],
)
def test_worst_file_within_the_bounds_is_read_in_seconds(folder: Path, schema: Schema, line: str) -> None:
    alike = changed_file.ALIKE_MAX
    lines = [line.format(code=place // alike, place=place % 9999 + 1) for place in range(19_900)]
    started = time.process_time()

    changed = read(folder, "\n".join([",".join(schema.header), *lines]), schema)

    assert changed.changes
    assert time.process_time() - started < 60
