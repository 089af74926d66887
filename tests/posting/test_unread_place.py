"""A document that cannot be read has a place all the same: the journal of its kind, the period of its day."""

from datetime import date
from pathlib import Path

import pytest

from finance_hooks.mapping.tables import Tables, read_tables
from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.entry import Period
from finance_hooks.model.keys import DocumentKey
from finance_hooks.posting.unread_place import unread_place
from finance_hooks.sources.qubz.parse import ParsedDocument
from tests.mapping.examples import an_organisation, some_masters, the_administration, write_folder

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 2)
JOURNALS = (
    "nl,sales_invoice,,2026-09-30,OUD,",
    "nl,sales_invoice,2026-10-01,,VRK,",
    "nl,sales_invoice/USD,,,VRD,",
    "nl,sales_credit_note,,,VCN,",
)


@pytest.fixture
def tables(tmp_path: Path) -> Tables:
    folder = write_folder(tmp_path, {"books/journals.csv": JOURNALS})
    return read_tables(the_administration(folder), folder)


@pytest.mark.parametrize(
    ("document_type", "currency", "journal"),
    [
        ("sales_credit_note", "EUR", "VCN"),
        ("sales_invoice", "USD", "VRD"),
        ("sales_invoice", None, "VRK"),
        ("salesinvoices", None, "VRK"),
        ("salesinvoices", "USD", "VRD"),
    ],
)
def test_journal_is_that_of_as_much_as_can_be_read(
    tables: Tables, document_type: str, currency: str | None, journal: str
) -> None:
    parsed = _unread(document_type, currency, None)

    found = unread_place(parsed, tables, some_masters(), (), TODAY)

    assert found == (journal, Period(fiscal_year=2026, number=11))


def test_row_of_the_documents_own_day_counts(tables: Tables) -> None:
    parsed = _unread("sales_invoice", "EUR", date(2026, 9, 3))

    found = unread_place(parsed, tables, some_masters(), (), TODAY)

    assert found == ("OUD", Period(fiscal_year=2026, number=9))


def test_document_of_a_kind_without_a_journal_has_no_place(tables: Tables) -> None:
    parsed = _unread("memorials", None, None, resource="memorials")

    assert unread_place(parsed, tables, some_masters(), (), TODAY) is None


def test_period_is_the_packages_own_where_it_is_known(tables: Tables) -> None:
    own = ChartPeriod(
        fiscal_year=2027, number=5, first_date=date(2026, 11, 1), last_date=date(2026, 11, 30), is_open=True
    )

    found = unread_place(_unread("sales_invoice", None, None), tables, some_masters(), (own,), TODAY)

    assert found == ("VRK", Period(fiscal_year=2027, number=5))


def test_period_is_counted_from_the_first_month_of_the_fiscal_year(tables: Tables) -> None:
    masters = some_masters(organisation=an_organisation(fiscal_year_start_month=7))

    found = unread_place(_unread("sales_invoice", None, None), tables, masters, (), TODAY)

    assert found == ("VRK", Period(fiscal_year=2026, number=5))


def _unread(
    document_type: str,
    currency: str | None,
    document_date: date | None,
    *,
    resource: str = "salesinvoices",
) -> ParsedDocument:
    key = DocumentKey(
        source_id="qubz",
        organisation="100",
        document_type=document_type,
        source_document_id="1",
        export_sequence=1,
    )
    return ParsedDocument(
        resource=resource,
        key=key,
        key_is_final=False,
        take_up=True,
        number=None,
        document_date=document_date,
        party=None,
        currency=currency,
        status=None,
        export_status=None,
        document=None,
        reasons=(),
    )
