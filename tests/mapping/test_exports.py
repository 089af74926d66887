"""exports.csv says whose entries go by file, where to and how written; without a row they go by the API."""

from dataclasses import replace
from pathlib import Path

import pytest

from finance_hooks.mapping.administrations import AdministrationRow, check_finance_link, read_administrations
from finance_hooks.model.administration import Administration
from finance_hooks.model.export import DateStyle, ExportType, FileExport, FileLayout
from finance_hooks.model.masters import FinanceLink
from tests.mapping.examples import ADMINISTRATION_ROW, an_organisation, write_folder

WITHOUT_CONNECTION = ADMINISTRATION_ROW.replace("books_nl", "")


def read(folder: Path, *exports: str, row: str = ADMINISTRATION_ROW) -> AdministrationRow:
    write_folder(folder, {"administrations.csv": (row,), "exports.csv": exports})
    (found,) = read_administrations(folder)
    return found


def administration(row: AdministrationRow) -> Administration:
    assert row.administration is not None, row.problems
    return row.administration


def test_administration_without_a_row_goes_by_the_api(tmp_path: Path) -> None:
    found = administration(read(tmp_path))

    assert found.export_type is ExportType.API
    assert found.can_be_asked


def test_row_that_says_api_keeps_the_layout_for_another_day(tmp_path: Path) -> None:
    assert administration(read(tmp_path, "nl,api,file:///srv/export,,,,,,,")).export is None


def test_row_that_says_file_and_nothing_else_takes_what_is_usual(tmp_path: Path) -> None:
    found = administration(read(tmp_path, "nl,file,,,,,,,,"))

    assert found.export_type is ExportType.FILE
    assert found.export == FileExport()


def test_every_cell_of_a_row_counts(tmp_path: Path) -> None:
    found = administration(
        read(tmp_path, "nl,file,s3://bucket/in,csv,tab,comma,yyyy-mm-dd,cp1252,no,by hand")
    )

    layout = FileLayout(
        variant="csv",
        separator="\t",
        decimal_mark=",",
        date_style=DateStyle.ISO,
        encoding="cp1252",
        has_header=False,
    )
    assert found.export == FileExport(location="s3://bucket/in", layout=layout)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ("post,,,,,,,,", "export_type 'post' is not one of api, file"),
        ("file,/srv/export,,,,,,,", "location '/srv/export' is no address like file:///srv/export"),
        ("file,,,pipe,,,,,", "separator 'pipe' is not one of semicolon, comma, tab"),
        ("file,,,,point.,,,,", "decimal_mark 'point.' is not one of point, comma"),
        ("file,,,,,mdy,,,", "date_style 'mdy' is not one of dd-mm-yyyy, yyyy-mm-dd"),
        ("file,,,,,,utf-99,,", "encoding 'utf-99' is no known encoding"),
        ("file,,,,,,hex,,", "encoding 'hex' is no known encoding"),
        ("file,,,,,,,maybe,", "header_row 'maybe' is not one of yes, no"),
    ],
)
def test_faulty_cell_stops_the_administration(tmp_path: Path, cells: str, says: str) -> None:
    row = read(tmp_path, f"nl,{cells}")

    assert row.administration is None
    (problem,) = row.problems
    assert says in str(problem)


def test_only_an_administration_that_goes_by_file_needs_no_connection(tmp_path: Path) -> None:
    without = read(tmp_path, row=WITHOUT_CONNECTION)
    by_file = read(tmp_path, "nl,file,,,,,,,,", row=WITHOUT_CONNECTION)

    assert without.administration is None
    assert "target_conn_id is empty" in str(without.problems[0])
    assert not administration(by_file).can_be_asked


def test_source_must_name_the_same_export_type(tmp_path: Path) -> None:
    by_file = administration(read(tmp_path, "nl,file,,,,,,,,"))

    link = FinanceLink(target="Books", export_type="ApiBased", nationality="NL", administration="1234567")

    assert check_finance_link(by_file, an_organisation(finance_link=link)) == [
        "organisation 100, nl: export type is apibased in the source and filebased in exports.csv"
    ]
    agreeing = replace(link, export_type="file_based")
    assert check_finance_link(by_file, an_organisation(finance_link=agreeing)) == []
