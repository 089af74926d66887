"""Write a table as CSV that a spreadsheet with Dutch or Belgian settings opens as it is."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from finance_hooks.model.plain_text import csv_cell

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the letters of Windows."""


def write_sheet(rows: Iterable[Iterable[object]]) -> bytes:
    """Write rows parted by semicolons, amounts with a comma; no text of others begins a formula."""
    to = io.StringIO(newline="")
    csv.writer(to, delimiter=";", lineterminator="\r\n").writerows(_cells(row) for row in rows)
    return f"{BYTE_ORDER_MARK}{to.getvalue()}".encode()


def _cells(row: Iterable[object]) -> Iterator[Any]:
    for value in row:
        yield f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else csv_cell(value)
