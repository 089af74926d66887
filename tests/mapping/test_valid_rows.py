"""The rows that documents may still use are shown with their place; hidden and past ones are not."""

from datetime import date
from pathlib import Path

import pytest

from finance_hooks.mapping.schemas import JOURNALS, PARTIES
from finance_hooks.mapping.tables import read_tables
from finance_hooks.mapping.valid_rows import ValidRow, valid_rows
from tests.mapping.examples import the_administration, write_folder

TODAY = date(2026, 6, 1)


def shown(folder: Path, *rows: str) -> list[ValidRow]:
    write_folder(folder, {"books/journals.csv": rows})
    return list(valid_rows(read_tables(the_administration(folder), folder), JOURNALS, TODAY))


def test_row_is_shown_with_its_file_line_cells_and_dates(folder: Path) -> None:
    (row,) = shown(folder, "nl,memorial,2026-01-01,2026-12-31,MEM,")

    assert (row.file, row.line, row["journal"]) == ("books/journals.csv", 2, "MEM")
    assert (row.valid_from, row.valid_until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert row.content.startswith("books/journals.csv\x1fnl\x1fmemorial")


def test_past_rows_are_left_out_and_later_ones_are_not(folder: Path) -> None:
    rows = shown(
        folder,
        "nl,memorial,,2026-05-31,OLD,",
        "nl,memorial,2026-06-01,,NOW,",
        "*,sales_invoice,2027-01-01,,VRK,",
    )

    assert [row["journal"] for row in rows] == ["NOW", "VRK"]


@pytest.mark.parametrize(
    ("own", "is_shown"),
    [
        (["nl,memorial,,,OWN,"], False),
        (["nl,memorial,2026-01-01,2026-06-30,OWN,", "nl,memorial,2026-07-01,,OWN,"], False),
        (["nl,memorial,2026-01-01,2026-06-30,OWN,", "nl,memorial,2026-07-02,,OWN,"], True),
        (["nl,memorial,2026-07-01,,OWN,"], True),
        (["nl,sales_invoice,,,OWN,"], True),
    ],
)
def test_row_for_all_is_left_out_when_own_rows_hide_it_on_every_day(
    folder: Path, own: list[str], is_shown: bool
) -> None:
    rows = shown(folder, "*,memorial,,,ALL,", *own)

    assert ("ALL" in {row["journal"] for row in rows}) is is_shown


def test_rows_without_dates_are_valid_always(folder: Path) -> None:
    tables = read_tables(the_administration(write_folder(folder)), folder)

    assert {row.valid_until for row in valid_rows(tables, PARTIES, TODAY)} == {date.max}
