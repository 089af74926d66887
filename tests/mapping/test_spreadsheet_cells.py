"""No spreadsheet calculates with a cell that was guarded, and the reader finds it as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance_hooks.mapping.spreadsheet_cells import guard_cell, unguard_cell

DANGEROUS = re.compile(r"(^|;)\s*[=+\-@|%\uff1d\uff0b\uff0d\uff20]")
NASTY = st.text(alphabet=st.sampled_from("=+-@|%';, \t0a\uff1d"), max_size=12)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "  '@SUM(A1)"),
        ("a;=1+1", "a;'=1+1"),
        ("'=1", "''=1"),
        ("\uff1d1", "'\uff1d1"),
        ("-12", "-12"),
        ("-12.50", "-12.50"),
        ("-12x", "'-12x"),
        ("0800", "0800"),
        ("O'Brien", "O'Brien"),
        ("", ""),
    ],
)
def test_cell_that_would_be_a_formula_gets_an_apostrophe(cell: str, written: str) -> None:
    assert guard_cell(cell) == written
    assert unguard_cell(written) == cell


@given(NASTY | st.text(max_size=20))
def test_every_cell_is_read_back_as_it_was(cell: str) -> None:
    assert unguard_cell(guard_cell(cell)) == cell


@given(NASTY)
def test_no_guarded_cell_begins_to_calculate(cell: str) -> None:
    written = guard_cell(cell)

    assert not DANGEROUS.search(written) or re.fullmatch(r"-?\d+(\.\d+)?", written, re.ASCII)
