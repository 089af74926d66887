"""Days are asked about as one while no row begins or ceases to hold between them."""

from datetime import date
from pathlib import Path

import pytest

from finance_hooks.mapping.spans import find_spans
from finance_hooks.mapping.tables import Tables, read_tables
from tests.mapping.examples import a_document, a_line, map_all, the_administration, write_folder

ACCOUNTS = (
    "*,8000,,2026-06-30,old,",
    "*,8000,2026-07-01,,new,",
    "nl,8000,2026-09-01,2026-09-30,own,",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path, {"books/ledger_accounts.csv": ACCOUNTS})


@pytest.fixture
def tables(folder: Path) -> Tables:
    return read_tables(the_administration(folder), folder)


def test_days_of_one_span_are_asked_about_as_the_first_that_came(tables: Tables) -> None:
    spans = find_spans(tables)

    asked = [spans.day_for(day) for day in ("2026-03-31", "2026-01-01", "2026-06-30", "2026-07-01")]

    assert asked == ["2026-03-31", "2026-03-31", "2026-03-31", "2026-07-01"]


def test_the_first_and_last_day_of_a_row_belong_to_its_span(tables: Tables) -> None:
    spans = find_spans(tables)

    asked = [spans.day_for(f"2026-{day}") for day in ("08-31", "09-01", "09-30", "10-01")]

    assert asked == ["2026-08-31", "2026-09-01", "2026-09-01", "2026-10-01"]


def test_every_document_of_a_batch_gets_the_rows_of_its_own_day(folder: Path) -> None:
    days = {
        date(2026, 6, 30): "old",
        date(2026, 7, 1): "new",
        date(2026, 8, 31): "new",
        date(2026, 9, 1): "own",
        date(2026, 9, 30): "own",
        date(2026, 10, 1): "new",
        date(2026, 1, 1): "old",
    }

    mapped = map_all(folder, [a_document(document_date=day, period=None) for day in days])

    found = [one.entry.lines[0].ledger_account if one.entry else None for one in mapped]
    assert found == list(days.values())


def test_a_reason_names_the_document_s_own_day(folder: Path) -> None:
    documents = [
        a_document([a_line(1, "9999", "100.00")], document_date=date(2026, 10, day)) for day in (3, 8)
    ]

    mapped = map_all(folder, documents)

    details = [reason.detail for one in mapped for reason in one.reasons]
    assert details == [
        f"no row in ledger_accounts.csv for administration nl on 2026-10-{day}" for day in ("03", "08")
    ]


def test_lines_that_ask_alike_are_traced_in_every_document(folder: Path) -> None:
    first, second = map_all(folder, [a_document(), a_document()])

    assert first.mapping_rows == second.mapping_rows
    assert first.mapping_digest == second.mapping_digest
    assert [line.mapping_rows for line in first.would_be.lines] == [
        line.mapping_rows for line in second.would_be.lines
    ]


def test_a_fault_on_a_later_line_is_named_although_an_earlier_line_asked_alike(folder: Path) -> None:
    lines = [a_line(number, account, "50.00") for number, account in enumerate(("9999", "8000", "9999"), 1)]

    (mapped,) = map_all(folder, [a_document(lines)])

    assert [(reason.line, reason.value) for reason in mapped.reasons] == [(1, "9999")]
