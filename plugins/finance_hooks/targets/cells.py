"""Write rows of cells as a file that a package imports, by a table of its columns."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.money import CENT
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.plain_text import csv_cell, no_formula
from finance_hooks.model.printable import printable
from finance_hooks.targets.characters import fit_characters, is_encodable
from finance_hooks.targets.faults import fault
from finance_hooks.targets.file_format import DateStyle, FileLayout

DATE_FORMATS: Mapping[DateStyle, str] = {DateStyle.DUTCH: "%d-%m-%Y", DateStyle.ISO: "%Y-%m-%d"}
LINE_END = "\r\n"
Row = Mapping[str, object]
"""The values of one row by the field of their column; `None` leaves a cell empty."""


class CellKind(StrEnum):
    """How a cell is written; a text may be changed to fit, a code never is."""

    TEXT = "text"
    CODE = "code"
    COUNT = "count"
    AMOUNT = "amount"
    RATE = "rate"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name in the file, the package's field behind it, and our word for what it holds.

    `length` counts characters of the cell. `nl` and `en` say what stands in it. `of_line` is false where all
    rows of an entry bear the same.
    """

    name: str
    field: str
    word: str
    kind: CellKind
    length: int
    example: object
    nl: str
    en: str
    of_line: bool = True


def write_cells(columns: Sequence[Column], rows: Iterable[Row], layout: FileLayout) -> bytes:
    """Write a header and rows; `layout` says separator, marks and encoding."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=layout.separator, lineterminator=LINE_END)
    if layout.has_header:
        writer.writerow([column.name for column in columns])
    writer.writerows(
        [write_cell(row[column.field], column.kind, layout) for column in columns] for row in rows
    )
    return written.getvalue().encode(layout.encoding)


def write_cell(value: object, kind: CellKind, layout: FileLayout) -> str:
    """Write one value as it stands in a file."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime(DATE_FORMATS[layout.date_style])
    if isinstance(value, Decimal):
        exact = value.quantize(CENT) if kind is CellKind.AMOUNT else value
        return format(exact, "f").replace(".", layout.decimal_mark)
    return str(value)


def fit_texts(entry: Entry, encoding: str) -> Entry:
    """Put the texts of an entry into an encoding, on one line each, and so that none begins a formula.

    Codes and numbers are left: another one would be booked.
    """
    lines = tuple(replace(line, description=_fit(line.description, encoding)) for line in entry.lines)
    return replace(entry, description=_fit(entry.description, encoding), lines=lines)


def check_cells(
    entry: Entry, columns: Sequence[Column], rows: Iterable[tuple[EntryLine | None, Row]], layout: FileLayout
) -> list[Reason]:
    """Name every value of an entry's rows that its cell cannot hold, with the line of the entry it is of."""
    found = (
        fault(
            entry,
            ReasonCode.FIELD_REFUSED,
            column.word,
            str(row[column.field]),
            line if column.of_line else None,
            why,
        )
        for line, row in rows
        for column in columns
        for why in why_unwritable(row[column.field], column, layout)
    )
    return list(dict.fromkeys(found))


def why_unwritable(value: object, column: Column, layout: FileLayout) -> Iterator[str]:
    """Say what keeps a value from standing in a column as it is."""
    cell = write_cell(value, column.kind, layout)
    if len(cell) > column.length:
        yield f"column {column.name} takes {column.length} characters"
    if column.kind is CellKind.CODE:
        yield from why_no_code(cell, layout.encoding)
    else:
        yield from _why_not_encodable(cell, layout.encoding)


def why_no_code(code: str, encoding: str) -> Iterator[str]:
    """Say what keeps a code from standing in a file of cells unchanged."""
    yield from _why_not_encodable(code, encoding)
    if printable(code) != code or csv_cell(code) != code:
        yield "a spreadsheet would change it or calculate with it, and a file bears it as it is"


def _why_not_encodable(cell: str, encoding: str) -> Iterator[str]:
    if not is_encodable(cell, encoding):
        yield f"the file is written in {encoding}, which has not all of its characters"


def _fit(text: str, encoding: str) -> str:
    return no_formula(fit_characters(printable(text), encoding))
