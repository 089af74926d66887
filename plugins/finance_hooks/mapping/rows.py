"""Read the lines of a mapping file strictly: encoding, header, number of cells, and every cell."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from finance_hooks.mapping.problems import Problem, Said, said
from finance_hooks.mapping.schemas import ADMINISTRATIONS, POLICIES, Schema
from finance_hooks.mapping.spreadsheet_cells import unguard_cell

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
ON_TOP = frozenset({ADMINISTRATIONS.name, POLICIES.name})
"""The files that belong to no target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a file, with the line it stands on (the header is line 1)."""

    line: int
    cells: Mapping[str, str]


def read_rows(path: Path, schema: Schema) -> tuple[list[Row], list[Problem]]:
    """Read the rows that have the right number of cells, and every problem of the file's shape."""
    file = name_file(path)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        what, remedy = said("file_missing"), said("add_file", header=_line(schema))
        missing = Problem(file=file, what=what, remedy=remedy)
        return [], [missing] if schema.required else []
    except OSError as error:
        what = said("file_closed", why=error.strerror or "")
        return [], [Problem(file=file, what=what, remedy=said("make_readable"))]
    return divide_content(content, file, schema)


def divide_content(content: bytes, file: str, schema: Schema) -> tuple[list[Row], list[Problem]]:
    """Divide what a file holds into rows, and name every problem of its shape.

    A quoted cell may hold commas but no line break, so that a row is always one line of the file.
    """
    if content.startswith(BYTE_ORDER_MARK):
        what = said("byte_order_mark")
        return [], [Problem(file=file, line=1, what=what, remedy=said("save_without_mark"))]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return [], [Problem(file=file, line=line, what=said("not_utf8"), remedy=said("save_as_utf8"))]
    return _split(text, file, schema)


def check_row(row: Row, schema: Schema, file: str) -> Iterator[Problem]:
    """Name every cell that is empty though required or holds what it may not, and cells at odds."""
    for column in schema.columns:
        text = row.cells[column.name]
        wrong = column.check(text) if text else None
        if wrong:
            what = said("cell_wrong", column=column.name, text=text, wrong=wrong)
            yield _row_problem(row, schema, file, what)
        elif not text and column.required:
            yield _row_problem(row, schema, file, said("cell_empty", column=column.name))
    wrong = schema.check(row.cells)
    if wrong:
        yield _row_problem(row, schema, file, wrong)


def _row_problem(row: Row, schema: Schema, file: str, what: Said) -> Problem:
    remedy = said("correct_row")
    return Problem(file=file, line=row.line, whose=whose(row, schema), what=what, remedy=remedy)


def whose(row: Row, schema: Schema) -> str:
    """Say whose row it is: the first cell."""
    return row.cells[schema.columns[0].name].strip()


def name_file(path: Path) -> str:
    """Name a file as bookkeepers see it: its folder below include/mappings and its name."""
    return path.name if path.name in ON_TOP else f"{path.parent.name}/{path.name}"


def _split(text: str, file: str, schema: Schema) -> tuple[list[Row], list[Problem]]:
    lines = text.removesuffix("\n").split("\n")
    header = _cells(lines[0]) or []
    if header != schema.header:
        return [], [_header_problem(header, file, schema)]
    rows, problems = [], []
    for number, line in enumerate(lines[1:], start=2):
        cells = _cells(line)
        if cells is None:
            what = said("quotes")
            problems.append(Problem(file=file, line=number, what=what, remedy=said("correct_quotes")))
            continue
        if len(cells) == len(header):
            rows.append(Row(line=number, cells=dict(zip(header, cells, strict=True))))
        else:
            what = said("cells", count=len(cells), wanted=len(header))
            remedy = said("write_cells", header=_line(schema))
            whose_row = cells[0].strip() if cells else None
            problems.append(Problem(file=file, line=number, whose=whose_row, what=what, remedy=remedy))
    return rows, problems


def _cells(line: str) -> list[str] | None:
    """Return the cells of a line, `None` when it cannot be divided into cells."""
    try:
        return [unguard_cell(cell) for cell in next(csv.reader([line.removesuffix("\r")], strict=True), [])]
    except csv.Error:
        return None


def _header_problem(header: list[str], file: str, schema: Schema) -> Problem:
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        what = said("header_repeats", names=", ".join(repeated))
    elif len(header) == 1 and ";" in header[0]:
        what = said("semicolons")
    else:
        shown = ",".join(header)
        what = said("header_is", header=shown) if shown else said("header_empty")
    return Problem(file=file, line=1, what=what, remedy=said("write_header", header=_line(schema)))


def _line(schema: Schema) -> str:
    return ",".join(schema.header)
