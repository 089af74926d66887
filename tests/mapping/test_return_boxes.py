"""The boxes of the VAT return are read by the package's code, the side, and the dates of the row."""

from pathlib import Path

from finance_hooks.mapping.return_boxes import read_return_boxes
from finance_hooks.mapping.tables import FIRST, LAST, read_tables
from tests.mapping.examples import the_administration, write_folder


def test_boxes_are_read_by_code_side_and_date(folder: Path) -> None:
    rows = (
        "nl,VH21,,2026-12-31,standard,sales,21,NL,VH,,,1a,",
        "nl,VH21,2027-01-01,,standard,sales,21,NL,VH,,,1c,",
        "nl,IVERL,,,reverse_charge_domestic,purchase,21,NL,IV,,,2a 5b,",
        "nl,BTN,,,outside_scope,,,NL,GEEN,,,,",
    )
    write_folder(folder, {"books/vat_codes.csv": rows})

    found = read_return_boxes(read_tables(the_administration(folder), folder))

    assert found == {
        ("VH", "sales"): [(FIRST, "2026-12-31", ("1a",)), ("2027-01-01", LAST, ("1c",))],
        ("IV", "purchase"): [(FIRST, LAST, ("2a", "5b"))],
        ("GEEN", ""): [(FIRST, LAST, ())],
    }
