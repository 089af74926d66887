"""Two versions of a file are compared by the keys of their rows."""

from collections.abc import Sequence

import pytest

from finance_hooks.mapping.row_changes import CellChange, ChangeKind, RowChange, compare_rows
from finance_hooks.mapping.rows import Row, divide_content
from finance_hooks.mapping.schemas import LEDGER_ACCOUNTS, VAT_CODES, Schema

FILE = "books/file.csv"


def rows_of(schema: Schema, *lines: str) -> list[Row]:
    rows, problems = divide_content("\n".join([",".join(schema.header), *lines]).encode(), FILE, schema)
    assert problems == []
    return rows


def compared(
    before: Sequence[str], after: Sequence[str], schema: Schema = LEDGER_ACCOUNTS
) -> list[RowChange]:
    return compare_rows(rows_of(schema, *before), rows_of(schema, *after), schema, FILE)


def test_moved_rows_are_no_change() -> None:
    assert compared(["nl,1,,,A,", "nl,2,,,B,"], ["nl,2,,,B,", "nl,1,,,A,"]) == []


def test_new_row_says_what_it_holds() -> None:
    (change,) = compared(["nl,1,,,A,"], ["nl,1,,,A,", "*,2,,,B,new"])

    assert (change.kind, change.owner, change.key, change.line) == (ChangeKind.ADDED, "*", ("2",), 3)
    assert change.cells == (
        CellChange(column="target_account", before="", after="B"),
        CellChange(column="note", before="", after="new"),
    )
    assert change.content is None


def test_row_that_goes_says_what_documents_remember_of_it() -> None:
    (change,) = compared(["nl,1,,,A,x"], [])

    assert (change.kind, change.line) == (ChangeKind.REMOVED, 2)
    assert change.content == f"{FILE}\x1fnl\x1f1\x1f\x1f\x1fA"


def test_changed_row_shows_each_cell_before_and_after() -> None:
    (change,) = compared(["nl,1,,,A,"], ["nl,1,,2026-12-31,B,"])

    assert change.kind is ChangeKind.CHANGED
    assert [(cell.column, cell.before, cell.after) for cell in change.cells] == [
        ("valid_until", "", "2026-12-31"),
        ("target_account", "A", "B"),
    ]
    assert change.content == f"{FILE}\x1fnl\x1f1\x1f\x1f\x1fA"


def test_changed_note_changes_nothing_that_documents_used() -> None:
    (change,) = compared(["nl,1,,,A,x"], ["nl,1,,,A,y"])

    assert (change.kind, change.content) == (ChangeKind.CHANGED, None)


@pytest.mark.parametrize(
    ("before", "after", "schema", "kinds"),
    [
        # A row that ends and one that follows: the first changes, the second is new.
        (
            ["nl,1,,,A,"],
            ["nl,1,2027-01-01,,B,", "nl,1,,2026-12-31,A,"],
            LEDGER_ACCOUNTS,
            [ChangeKind.ADDED, ChangeKind.CHANGED],
        ),
        # Rows of one code are told apart by their conditions before they are brought together by code.
        (
            ["nl,V,,,,sales,,,1,,,,", "nl,V,,,,purchase,,,2,,,,"],
            ["nl,V,,,,purchase,,,3,,,,", "nl,V,,,,sales,,,1,,,,"],
            VAT_CODES,
            [ChangeKind.CHANGED],
        ),
        (["nl,1,,,A,"], ["be,1,,,A,"], LEDGER_ACCOUNTS, [ChangeKind.ADDED, ChangeKind.REMOVED]),
        (["nl,1,,,A,", "nl,1,,,A,"], ["nl,1,,,A,"], LEDGER_ACCOUNTS, [ChangeKind.REMOVED]),
    ],
)
def test_rows_are_brought_together_by_what_they_share_most(
    before: list[str], after: list[str], schema: Schema, kinds: list[ChangeKind]
) -> None:
    assert [change.kind for change in compared(before, after, schema)] == kinds
