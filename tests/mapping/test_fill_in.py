"""Missing rows are written as the reader wants them, and what no file can hold is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_hooks.mapping.fill_in import write_to_fill_in
from finance_hooks.mapping.missing_rows import MissingRow
from finance_hooks.mapping.rows import check_row, divide_content
from finance_hooks.mapping.schemas import ARTICLE_ACCOUNTS, LEDGER_ACCOUNTS, PARTIES, VAT_CODES, Schema


def account(code: str) -> MissingRow:
    return MissingRow(file=LEDGER_ACCOUNTS.name, cells=(code,))


def test_file_has_the_header_the_keys_and_nothing_else() -> None:
    file = write_to_fill_in(LEDGER_ACCOUNTS, "nl", [account("8010"), account("0800")])

    assert file.content.decode() == (
        "administration,source_account,valid_from,valid_until,target_account,note\nnl,0800,,,,\nnl,8010,,,,\n"
    )
    assert (file.count, file.left_out) == (2, ())


@pytest.mark.parametrize(
    ("schema", "cells", "line"),
    [
        (VAT_CODES, ("VOUD19",), "nl,VOUD19,,,,,,,,,,,"),
        (PARTIES, ("10045", "debtor"), "nl,10045,debtor,,"),
        (ARTICLE_ACCOUNTS, ("A", ""), "nl,A,,,"),
    ],
)
def test_every_table_has_its_keys_in_place(schema: Schema, cells: tuple[str, ...], line: str) -> None:
    file = write_to_fill_in(schema, "nl", [MissingRow(file=schema.name, cells=cells)])

    assert file.content.decode().splitlines()[1] == line


def test_row_that_was_filled_in_has_no_problems() -> None:
    file = write_to_fill_in(LEDGER_ACCOUNTS, "nl", [account("=1+1")])
    filled = file.content.decode().replace(",,,,", ",,,8000,").encode()

    (row,), problems = divide_content(filled, "x", LEDGER_ACCOUNTS)

    assert b"nl,'=1+1," in file.content
    assert row.cells["source_account"] == "=1+1"
    assert [*problems, *check_row(row, LEDGER_ACCOUNTS, "x")] == []


@pytest.mark.parametrize(
    "code", ["", " 8000", "80\n00", "80\x0000", "80\r00", "\udc00", "a\u202eb", 'a;"=1+1', "\ufeff8000 "]
)
def test_code_that_no_file_can_hold_is_left_out_and_named(code: str) -> None:
    file = write_to_fill_in(LEDGER_ACCOUNTS, "nl", [account(code), account("8000")])

    assert file.left_out == (account(code),)
    assert file.count == 1


@given(st.lists(st.text(max_size=12), unique=True, max_size=8))
def test_whatever_is_written_is_read_back_unchanged(codes: list[str]) -> None:
    file = write_to_fill_in(LEDGER_ACCOUNTS, "nl", [account(code) for code in codes])

    rows, problems = divide_content(file.content, "x", LEDGER_ACCOUNTS)

    assert problems == []
    read = [row.cells["source_account"] for row in rows]
    assert sorted([*read, *(row.cells[0] for row in file.left_out)]) == sorted(codes)
