"""Write rows as CSV whose cells no spreadsheet takes for formulas."""

import csv
import re
from collections.abc import Iterable
from typing import TextIO

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_FORMULA = re.compile(r"(^|[;\t\r\n])\s*(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where a formula begins, also behind the semicolon at which Dutch spreadsheets divide cells."""


def write_rows(to: TextIO, rows: Iterable[Iterable[object]], *, line_end: str) -> None:
    """Write rows; a text that would be a formula gets an apostrophe before it, numbers stay numbers."""
    csv.writer(to, lineterminator=line_end).writerows([cell_text(value) for value in row] for row in rows)


def cell_text(value: object) -> str:
    """Write one value as a text that a spreadsheet shows and does not carry out."""
    text = "" if value is None else str(value)
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(lambda found: f"{found[0]}'", text)
