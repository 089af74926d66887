"""No cell that we write is carried out by a spreadsheet, and amounts stay amounts."""

import csv
import io

import pytest

from finance_hooks.posting.csv_cells import cell_text, write_rows


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("+31 6", "'+31 6"),
        ("-2+3", "'-2+3"),
        ("@SUM(1)", "'@SUM(1)"),
        (" \t=1", " \t'=1"),
        ("x;=1+1", "x;'=1+1"),
        ("a\n=1", "a\n'=1"),
        ("\uff1d1", "'\uff1d1"),
    ],
)
def test_text_that_would_be_a_formula_is_shown_as_text(text: str, written: str) -> None:
    assert cell_text(text) == written


@pytest.mark.parametrize("value", ["-12.50", "+3", "0.00", "a=b", "2026/10", "", "[Q234567ABCD]", -5])
def test_numbers_and_plain_texts_stay_as_they_are(value: object) -> None:
    assert cell_text(value) == str(value)


def test_nothing_is_an_empty_cell_and_rows_can_be_read_back() -> None:
    to = io.StringIO()

    write_rows(to, [["a", None, 'x"y'], ["=1", "-1.00", "b\nc"]], line_end="\r\n")

    assert list(csv.reader(io.StringIO(to.getvalue(), newline=""))) == [
        ["a", "", 'x"y'],
        ["'=1", "-1.00", "b\nc"],
    ]
