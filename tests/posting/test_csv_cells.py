"""No cell that we write is carried out by a spreadsheet, and amounts stay amounts."""

import csv
import io

from finance_hooks.posting.csv_cells import write_rows


def test_nothing_is_an_empty_cell_and_rows_can_be_read_back() -> None:
    to = io.StringIO()

    write_rows(to, [["a", None, 'x"y'], ["=1", "-1.00", "b\nc"]], line_end="\r\n")

    assert list(csv.reader(io.StringIO(to.getvalue(), newline=""))) == [
        ["a", "", 'x"y'],
        ["'=1", "-1.00", "b c"],
    ]
