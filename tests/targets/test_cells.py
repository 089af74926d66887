from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.targets.cells import (
    CellKind,
    Column,
    Row,
    check_cells,
    fit_texts,
    why_no_code,
    why_unwritable,
    write_cell,
    write_cells,
)
from finance_hooks.targets.file_format import DateStyle, FileLayout
from tests.targets.afas.samples import SAMPLES

LAYOUT = FileLayout(encoding="cp1252")
DUTCH = replace(LAYOUT, decimal_mark=",")
ISO = replace(LAYOUT, date_style=DateStyle.ISO)
CODE = Column(
    name="rekening",
    field="AcNr",
    word="ledger_account",
    kind=CellKind.CODE,
    length=4,
    example="8000",
    nl="",
    en="",
)
AMOUNT = replace(CODE, name="debet", field="AmDe", word="amount", kind=CellKind.AMOUNT, length=6)
TEXT = replace(CODE, name="tekst", field="Ds", word="description", kind=CellKind.TEXT, length=9)
S1 = SAMPLES["S1"]


@pytest.mark.parametrize(
    ("value", "kind", "layout", "cell"),
    [
        (None, CellKind.AMOUNT, LAYOUT, ""),
        ("0800", CellKind.CODE, LAYOUT, "0800"),
        (10, CellKind.COUNT, LAYOUT, "10"),
        (Decimal(-5), CellKind.AMOUNT, LAYOUT, "-5.00"),
        (Decimal("1234567.5"), CellKind.AMOUNT, DUTCH, "1234567,50"),
        (Decimal("0.9185"), CellKind.RATE, DUTCH, "0,9185"),
        (Decimal("1E+2"), CellKind.RATE, LAYOUT, "100"),
        (date(2026, 2, 5), CellKind.DATE, LAYOUT, "05-02-2026"),
        (date(2026, 2, 5), CellKind.DATE, ISO, "2026-02-05"),
    ],
)
def test_value_is_written_as_the_layout_says(
    value: object, kind: CellKind, layout: FileLayout, cell: str
) -> None:
    assert write_cell(value, kind, layout) == cell


def test_cell_with_the_separator_or_a_quote_stands_in_quotes() -> None:
    rows: list[Row] = [{"AcNr": "8000", "Ds": 'a;"b"'}, {"AcNr": None, "Ds": "é"}]

    content = write_cells([CODE, TEXT], rows, LAYOUT)

    assert content == b'rekening;tekst\r\n8000;"a;""b"""\r\n;\xe9\r\n'
    assert write_cells([CODE], rows[:1], replace(LAYOUT, has_header=False)) == b"8000\r\n"


@pytest.mark.parametrize(
    ("text", "encoding", "fitted"),
    [
        ("=1+1", "utf-8", "'=1+1"),
        ("-5", "utf-8", "'-5"),
        ("- korting", "cp1252", "'- korting"),
        ("\u207a31 6", "ascii", "'+31 6"),
        ("\uff1dSOM(A1)", "utf-8", "'\uff1dSOM(A1)"),
        ("regel 1\r\nregel 2", "utf-8", "regel 1 regel 2"),
        ("a\u202eb\u200fc", "utf-8", "a bc"),
        ("Łódź", "cp1252", "?ódz"),
    ],
)
def test_text_is_put_on_one_line_in_the_encoding_and_begins_no_formula(
    text: str, encoding: str, fitted: str
) -> None:
    entry = replace(S1, description=text, lines=(replace(S1.lines[0], description=text),))

    changed = fit_texts(entry, encoding)

    assert changed.description == changed.lines[0].description == fitted
    assert replace(changed, description=text, lines=entry.lines) == entry


@pytest.mark.parametrize("code", ["8000", "0800", "-5", "F2026/1 a", "É1", ""])
def test_code_that_stands_for_itself_may_stand_in_a_file(code: str) -> None:
    assert list(why_no_code(code, "cp1252")) == []


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("ż1", "the file is written in cp1252, which has not all of its characters"),
        ("=1+1", "a spreadsheet would change it or calculate with it, and a file bears it as it is"),
        ("-A", "a spreadsheet would change it or calculate with it, and a file bears it as it is"),
        ("a\nb", "a spreadsheet would change it or calculate with it, and a file bears it as it is"),
        ("a\x00", "a spreadsheet would change it or calculate with it, and a file bears it as it is"),
    ],
)
def test_code_that_would_change_is_named(code: str, why: str) -> None:
    assert list(why_no_code(code, "cp1252")) == [why]


def test_value_too_long_for_its_column_is_named_whatever_it_is() -> None:
    assert list(why_unwritable(Decimal("1000.00"), AMOUNT, LAYOUT)) == ["column debet takes 6 characters"]
    assert list(why_unwritable("80000", CODE, LAYOUT)) == ["column rekening takes 4 characters"]
    assert list(why_unwritable("=a", TEXT, LAYOUT)) == []
    assert list(why_unwritable("ż", TEXT, LAYOUT)) == [
        "the file is written in cp1252, which has not all of its characters"
    ]


def test_fault_is_named_once_for_all_rows_and_per_line_where_it_is_the_lines() -> None:
    rows = [(line, {"AcNr": "80000"}) for line in S1.lines[:2]]

    assert [reason.line for reason in check_cells(S1, [CODE], rows, LAYOUT)] == [1, 2]
    (whole,) = check_cells(S1, [replace(CODE, of_line=False)], rows, LAYOUT)
    assert (whole.field, whole.value, whole.line) == ("ledger_account", "80000", None)
    assert whole.detail == "column rekening takes 4 characters"
