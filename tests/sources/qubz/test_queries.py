"""What a run asks 21QUBZ for, written as REST parameters or OData options."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.selection import Selection
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.paging import PageRequest
from finance_hooks.sources.qubz.queries import (
    Question,
    document_url,
    parameters,
    questions_of,
    resources_of,
    rest_url,
)
from finance_hooks.sources.qubz.settings import ApiStyle, QubzSettings

SETTINGS = QubzSettings(source_id="qubz", environment="test")
NIGHTLY = Selection(
    changed_since=datetime(2026, 11, 4, 3, tzinfo=UTC),
    dated_from=date(2026, 9, 22),
    dated_until=date(2026, 11, 6),
    moves_watermark=True,
)


def test_nightly_run_asks_by_change_and_by_date() -> None:
    by_change, by_date = questions_of(NIGHTLY, "memorials", "100")

    assert (by_change.changed_since, by_change.is_dated) == (NIGHTLY.changed_since, False)
    assert (by_date.changed_since, by_date.dated_from, by_date.dated_until) == (
        None,
        NIGHTLY.dated_from,
        NIGHTLY.dated_until,
    )


def test_run_for_some_kinds_reads_their_resources_only() -> None:
    some = replace(NIGHTLY, kinds=frozenset({EntryKind.MEMORIAL, EntryKind.SALES}))

    assert resources_of(NIGHTLY, SETTINGS) == SETTINGS.document_resources
    assert resources_of(some, SETTINGS) == ("salesinvoices", "memorials")


def test_run_for_a_kind_that_the_connection_leaves_out_fails() -> None:
    settings = replace(SETTINGS, documents="salesinvoices")
    some = replace(NIGHTLY, kinds=frozenset({EntryKind.MEMORIAL}))

    with pytest.raises(ConfigurationError, match="asks for memorials"):
        resources_of(some, settings)


@pytest.mark.parametrize("selects", [True, False])
def test_odata_names_the_fields_it_wants_unless_told_not_to(contract: SourceContract, selects: bool) -> None:
    settings = replace(SETTINGS, api_style=ApiStyle.ODATA, odata_select=selects)
    question = Question(resource="memorials", organisation="1'00", dated_until=date(2026, 10, 31))

    options = parameters(question, PageRequest(), contract.tables.fields["memorials"], settings)

    assert ("$select" in options) is selects
    # A day may stand in the source as the evening before, and a quote is doubled.
    assert "eq '1''00'" in options["$filter"]
    assert "le 2026-11-01T00:00:00Z" in options["$filter"]


def test_one_document_and_what_only_rest_has_are_addressed() -> None:
    odata = replace(SETTINGS, api_style=ApiStyle.ODATA, paths={"exportresults": "resultaten"})

    assert document_url("https://q", "memorials", "a/1", SETTINGS) == (
        "https://q/rest/financeexport/v1/memorials/a%2F1"
    )
    assert document_url("https://q", "salesinvoices", "900101", odata) == (
        "https://q/odata/financeexport/v1/SalesInvoices(900101)"
    )
    assert rest_url("https://q", "exportresults", odata) == "https://q/rest/financeexport/v1/resultaten"
