"""What page Mapping says of tables, missing codes and faults."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from finance_hooks.mapping.lookup import all_rows
from finance_hooks.mapping.schemas import JOURNALS, LEDGER_ACCOUNTS
from finance_hooks.mapping.tables import Tables, read_tables
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.preflight_fault import FaultCode, PreflightFault
from finance_hooks.store.mapping_gaps import Gap
from finance_hooks.web.mapping import (
    PAGE_ROWS,
    TITLES,
    WANTED,
    Part,
    cut_part,
    documents_address,
    make_coverage,
    make_faults,
    make_missing,
    unused_rows,
)
from tests.mapping.examples import the_administration, write_folder


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    write_folder(tmp_path)
    return read_tables(the_administration(tmp_path), tmp_path)


def a_gap(code: ReasonCode, field: str | None, value: str | None, side: str = "") -> Gap:
    return Gap(
        code=code,
        field=field,
        value=value,
        side=side,
        documents=2,
        gross=Decimal(100),
        unread=0,
        since=datetime(2026, 11, 1, tzinfo=UTC),
        dated_from=date(2026, 11, 1),
        dated_until=date(2026, 11, 1),
    )


def a_fault(file: str, line: int | None, content: str | None, code: FaultCode) -> PreflightFault:
    return PreflightFault(
        code=code,
        administration="nl",
        file=file,
        line=line,
        column="target_account",
        value="8000",
        content=content,
    )


def test_missing_code_says_table_column_and_code(tables: Tables) -> None:
    gaps = [
        a_gap(ReasonCode.LEDGER_ACCOUNT_UNMAPPED, "ledger_account", "9000"),
        a_gap(ReasonCode.PARTY_UNMAPPED, "party", "10045", "debtor"),
        a_gap(ReasonCode.LEDGER_ACCOUNT_ABSENT, "ledger_account", None),
        a_gap(ReasonCode.VAT_CODE_UNMAPPED, "vat_code", "VH21"),
        a_gap(ReasonCode.PERIOD_CLOSED, "period", "2026-10"),
    ]

    found = make_missing(gaps, tables, "books")

    assert [(one.file, one.columns, one.code, one.has_row) for one in found] == [
        ("books/ledger_accounts.csv", "source_account", "9000", False),
        ("books/parties.csv", "party, role", "10045, debtor", False),
        ("qubz/article_accounts.csv", "article, activity", "", False),
        ("books/vat_codes.csv", "source_vat_code", "VH21", True),
    ]


def test_coverage_counts_own_rows_rows_for_all_used_and_faulty_ones(tables: Tables) -> None:
    used = {row.content for row in all_rows(tables[JOURNALS])[:4]}
    missing = make_missing([a_gap(ReasonCode.JOURNAL_UNMAPPED, "document_type", "x")], tables, "books")
    faults = [a_fault("books/journals.csv", 2, None, FaultCode.CODE_UNKNOWN)]

    coverage = {one.name: one for one in make_coverage(tables, used, missing, faults, "books")}

    journals = coverage["journals.csv"]
    assert (journals.own, journals.for_all, journals.used, journals.unused) == (2, 4, 4, 2)
    assert (journals.missing, journals.faults, journals.title) == (1, 1, "mapping.table_journals")
    assert coverage["ledger_accounts.csv"].unused == 18
    assert coverage.keys() == TITLES.keys()


def test_rows_that_no_document_used_are_shown_with_all_they_say(tables: Tables) -> None:
    used = {row.content for row in all_rows(tables[LEDGER_ACCOUNTS])}

    rows = unused_rows(tables, used)

    assert {row.at.partition(":")[0] for row in rows} >= {"books/journals.csv", "books/vat_codes.csv"}
    assert not any("ledger_accounts" in row.at for row in rows)
    code = next(row for row in rows if row.key == "VH21")
    assert (code.owner, code.at) == ("nl", "books/vat_codes.csv:2")
    assert code.says.startswith("treatment standard, direction sales, rate 21")


@pytest.mark.parametrize(
    ("language", "what"),
    [("nl", "het pakket kent deze code niet"), ("en", "the package does not know this code")],
)
def test_fault_is_told_in_the_language_of_the_page_by_file_and_line(
    tables: Tables, language: str, what: str
) -> None:
    present = all_rows(tables[JOURNALS])[0].content
    faults = [
        a_fault("books/vat_codes.csv", 3, "gone", FaultCode.CODE_UNKNOWN),
        a_fault("books/journals.csv", 2, present, FaultCode.CODE_UNKNOWN),
        a_fault("administrations.csv", None, None, FaultCode.CODE_UNKNOWN),
    ]

    shown = make_faults(faults, tables, "nl" if language == "nl" else "en")

    assert [(one.fault.file, one.is_old) for one in shown] == [
        ("administrations.csv", False),
        ("books/journals.csv", False),
        ("books/vat_codes.csv", True),
    ]
    assert {one.what for one in shown} == {what}
    assert all(one.remedy for one in shown)


@pytest.mark.parametrize(
    ("asked", "number"),
    [("", 1), ("1", 1), ("3", 3), ("99", 3), ("0", 1), ("x", 1), ("-1", 1), ("9" * 5000, 1)],
)
def test_part_that_is_asked_for_is_shown_and_the_first_otherwise(asked: str, number: int) -> None:
    part = cut_part(range(2 * PAGE_ROWS + 1), asked)

    assert part.number == number
    assert part.total == 2 * PAGE_ROWS + 1
    assert len(part.rows) == (1 if number == 3 else PAGE_ROWS)
    assert part.earlier == (number - 1 or None)
    assert part.later == (None if number == 3 else number + 1)


def test_empty_list_has_one_part() -> None:
    part: Part[int] = cut_part([], "2")

    assert (part.number, part.earlier, part.later, part.total) == (1, None, None, 0)


def test_documents_of_a_reason_stand_on_their_own_page() -> None:
    assert (
        documents_address("exact_nl", ReasonCode.VAT_CODE_UNMAPPED)
        == "/documents?sync_id=exact_nl&reason=vat_code_unmapped"
    )


def test_every_document_type_has_a_side() -> None:
    assert {str(side) for side in WANTED.sides.values()} == {"debtor", "creditor", ""}
    assert ReasonCode.VAT_CODE_UNMAPPED in WANTED.codes
