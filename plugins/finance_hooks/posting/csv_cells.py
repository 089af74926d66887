"""Write rows as CSV whose cells no spreadsheet takes for formulas."""

import csv
from collections.abc import Iterable
from typing import TextIO

from finance_hooks.model.plain_text import csv_cell


def write_rows(to: TextIO, rows: Iterable[Iterable[object]], *, line_end: str) -> None:
    """Write rows; a text that would be a formula gets an apostrophe before it, numbers stay numbers."""
    csv.writer(to, lineterminator=line_end).writerows([csv_cell(value) for value in row] for row in rows)
