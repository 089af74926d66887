"""The sheet of a layout says what the file holds, column by column."""

import csv
import io
import re

import pytest

from finance_hooks.targets.accountview.file_columns import FIELDS, FROZEN
from finance_hooks.targets.afas.file_columns import COLUMNS
from finance_hooks.targets.cells import CellKind, Column, why_unwritable
from finance_hooks.targets.definition_sheet import write_definition_sheet
from finance_hooks.targets.file_format import DateStyle, FileLayout
from finance_hooks.targets.registry import TARGETS
from tests.house.tree import PROJECT
from tests.targets.files.sample_files import PACKAGES

LAYOUT = FileLayout(encoding="utf-8")
WITH_SHEET = [("accountview", "csv"), ("accountview", "fields"), ("afas", "csv")]


@pytest.mark.parametrize(("slug", "variant"), WITH_SHEET)
def test_sheet_names_the_columns_of_the_file_in_their_order(slug: str, variant: str) -> None:
    file_format, layout = TARGETS[slug].make_file_format(), FileLayout(variant=variant)
    content = file_format.write([PACKAGES[slug].entries["S1"]], layout, None).decode("cp1252")

    named = [
        row.split("`")[1] for row in file_format.definition_sheet(layout).splitlines() if row[2:3].isdigit()
    ]

    assert named == next(csv.reader(io.StringIO(content), delimiter=";"))


@pytest.mark.parametrize(("slug", "variant"), [("accountview", "xml"), ("twinfield", "xml")])
def test_xml_that_names_its_fields_needs_no_sheet(slug: str, variant: str) -> None:
    assert TARGETS[slug].make_file_format().definition_sheet(FileLayout(variant=variant)) == ""


def test_frozen_layout_is_the_one_that_definitions_were_built_on() -> None:
    assert ";".join(column.name for column in FROZEN) == (
        "dj_code;inv_nr;sub_nr;trn_date;period;hdr_desc;cred_days;acct_nr;trn_desc;amount;vat_code;vat_amt;"
        "cost_code;proj_code;cur_code"
    )


@pytest.mark.parametrize(
    "column", [*FROZEN, *FIELDS, *COLUMNS], ids=lambda column: f"{column.field} {column.name}"
)
def test_example_is_one_that_its_column_can_hold(column: Column) -> None:
    assert list(why_unwritable(column.example, column, LAYOUT)) == []
    assert column.nl
    assert column.en


@pytest.mark.parametrize("columns", [FROZEN, FIELDS, COLUMNS], ids=["frozen", "fields", "afas"])
def test_no_column_stands_twice(columns: list[Column]) -> None:
    assert (
        len({column.name for column in columns}) == len({column.field for column in columns}) == len(columns)
    )


def test_sheet_says_how_the_layout_writes() -> None:
    column = Column(
        name="a|b", field="F", word="amount", kind=CellKind.AMOUNT, length=9, example=None, nl="x", en="y"
    )
    layout = FileLayout(
        separator="\t", decimal_mark=",", date_style=DateStyle.ISO, encoding="utf-8", has_header=False
    )

    sheet = write_definition_sheet("Titel", [column], layout, ["Let op"])

    assert "separator: tab; eerste rij namen / first row names: nee / no" in sheet
    assert "encoding: utf-8" in sheet
    assert "* Let op" in sheet
    assert "| 1 | `a\\|b` | `F` | bedrag / amount, 0,00 | 9 |  | x | y |" in sheet


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("slug", "columns"), [("accountview", FROZEN), ("afas", COLUMNS)])
def test_page_of_the_package_has_the_columns_with_their_lengths(
    slug: str, columns: list[Column], language: str
) -> None:
    folder = PROJECT / "docs" / "nl" if language == "nl" else PROJECT / "docs"
    page = (folder / "targets" / f"{slug}.md").read_text(encoding="utf-8")

    listed = re.findall(r"^\| `(\S+)` \| `(\S+)` \| \w+ (\d+) \| (.+) \|$", page, re.MULTILINE)

    assert listed == [
        (column.name, column.field, str(column.length), getattr(column, language)) for column in columns
    ]
