"""Lines of a booking lead to lines of the source and rows of the mapping files, with names for the cells."""

from finance_hooks.posting.legs import Leg
from finance_hooks.web.document_origin import (
    MappingRow,
    mapping_row,
    rows_of_all,
    rows_of_leg,
    source_fields,
    source_table,
)

ACCOUNT_AT = "exactonline/ledger_accounts.csv:23"
ACCOUNT = ("ledger_accounts.csv", "exact_nl", "8090", "", "", "80590")
JOURNAL_AT = "exactonline/journals.csv:12"
JOURNAL = ("journals.csv", "*", "memorial", "", "", "90")


def leg(**rows: tuple[str, ...]) -> Leg:
    return Leg(line={}, source_lines=(), mapping_rows=rows or {ACCOUNT_AT: ACCOUNT})


def test_cells_of_a_row_have_the_names_of_their_columns_and_empty_ones_are_left_out() -> None:
    assert rows_of_leg(leg()) == [
        MappingRow(
            file="exactonline/ledger_accounts.csv",
            line="23",
            cells=[("administration", "exact_nl"), ("source_account", "8090"), ("target_account", "80590")],
        )
    ]


def test_row_of_another_version_has_its_cells_without_names() -> None:
    row = mapping_row("exactonline/ledger_accounts.csv:23", ("ledger_accounts.csv", "a", "b"))

    assert row.cells == [("", "a"), ("", "b")]


def test_row_that_was_purged_and_one_of_no_file_are_known_by_their_place() -> None:
    assert mapping_row(ACCOUNT_AT, ()).cells == []
    assert mapping_row("relation", ("relation", "4711")) == MappingRow(
        file="relation", line="relation", cells=[("", "4711")]
    )


def test_rows_behind_all_of_a_booking_are_those_of_no_leg() -> None:
    found = rows_of_all({ACCOUNT_AT: ACCOUNT, JOURNAL_AT: JOURNAL}, [leg()])

    assert [(row.file, row.line) for row in found] == [("exactonline/journals.csv", "12")]


def test_lines_of_the_source_have_every_field_of_any_of_them_known_ones_first() -> None:
    table = source_table(
        [
            {"Extra": {"Depth": "1", "Empty": None}, "LineNumber": 1},
            {"LineNumber": 2, "Description": "", "Tags": ["a", "b"]},
        ],
        ["LineNumber", "Description"],
    )

    assert table.names == ["LineNumber", "Extra.Depth", "Tags.1", "Tags.2"]
    assert table.rows == [["1", "1", "", ""], ["2", "", "a", "b"]]


def test_fields_of_a_document_are_all_but_its_lists() -> None:
    source = {"InvoiceNumber": "1", "Lines": [{"LineNumber": 1}], "Address": {"City": "Delft"}}

    assert source_fields(source) == [("InvoiceNumber", "1"), ("Address.City", "Delft")]
    assert source_fields(None) == []
    assert source_fields("no JSON") == [("", "no JSON")]
