"""What a run asks 21QUBZ for, written as REST parameters or OData options."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.selection import Selection
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.paging import PageRequest
from finance_hooks.sources.qubz.queries import (
    Question,
    document_url,
    page_url,
    parameters,
    questions_of,
    resources_of,
    rest_url,
)
from finance_hooks.sources.qubz.settings import ApiStyle, ParameterDates, QubzSettings

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SETTINGS = QubzSettings(source_id="qubz", environment="test")
NIGHTLY = Selection(
    changed_since=datetime(2026, 11, 4, 3, tzinfo=UTC),
    dated_from=date(2026, 9, 22),
    dated_until=date(2026, 11, 6),
    moves_watermark=True,
)
ODATA = replace(SETTINGS, api_style=ApiStyle.ODATA)
BY_CHANGE = Question(
    resource="memorials", organisation="100", changed_since=datetime(2026, 11, 4, 4, tzinfo=AMSTERDAM)
)
BY_DATE = Question(
    resource="memorials",
    organisation="100",
    dated_from=date(2026, 9, 22),
    dated_until=date(2026, 11, 6),
)


def test_nightly_run_asks_by_change_and_by_date() -> None:
    by_change, by_date = questions_of(NIGHTLY, "memorials", "100")

    assert (by_change.changed_since, by_change.is_dated) == (NIGHTLY.changed_since, False)
    assert (by_date.changed_since, by_date.dated_from, by_date.dated_until) == (
        None,
        NIGHTLY.dated_from,
        NIGHTLY.dated_until,
    )


def test_run_asks_only_by_what_its_selection_names() -> None:
    by_change = replace(NIGHTLY, dated_from=None, dated_until=None)
    since = replace(NIGHTLY, changed_since=None, dated_until=None)
    until = replace(NIGHTLY, changed_since=None, dated_from=None)

    assert questions_of(by_change, "memorials", "100") == [
        Question(resource="memorials", organisation="100", changed_since=datetime(2026, 11, 4, 3, tzinfo=UTC))
    ]
    assert questions_of(since, "memorials", "100") == [
        Question(resource="memorials", organisation="100", dated_from=date(2026, 9, 22))
    ]
    assert questions_of(until, "memorials", "100") == [
        Question(resource="memorials", organisation="100", dated_until=date(2026, 11, 6))
    ]
    assert questions_of(replace(until, dated_until=None), "memorials", "100") == []


def test_question_holds_its_first_and_its_last_day_and_whatever_has_no_day() -> None:
    first, last = date(2026, 9, 22), date(2026, 11, 6)
    both = Question(resource="memorials", dated_from=first, dated_until=last)
    days = [date(2026, 9, 21), first, last, date(2026, 11, 7), None]

    assert [both.holds(day) for day in days] == [False, True, True, False, True]
    assert [replace(both, dated_from=None).holds(day) for day in days] == [True, True, True, False, True]
    assert [replace(both, dated_until=None).holds(day) for day in days] == [False, True, True, True, True]


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


def test_odata_asks_by_change_in_the_order_of_change(contract: SourceContract) -> None:
    settings = replace(ODATA, export_status="ReadyForExport", odata_select=False)

    options = parameters(BY_CHANGE, PageRequest(), contract.tables.fields["memorials"], settings)

    assert options == {
        "$filter": "Organisation eq '100' and ChangedDate ge 2026-11-04T03:00:00Z"
        " and ExportStatus eq Finance.ExportStatus'ReadyForExport'",
        "$expand": "Lines",
        "$orderby": "ChangedDate,Id",
        "$top": "500",
        "$count": "true",
    }


def test_odata_asks_by_date_in_the_order_of_keys(contract: SourceContract) -> None:
    settings = replace(ODATA, export_status="ReadyForExport", odata_select=False)

    options = parameters(BY_DATE, PageRequest(offset=480), contract.tables.fields["memorials"], settings)

    # What was exported already is asked by date all the same.
    assert options == {
        "$filter": "Organisation eq '100' and EntryDate ge 2026-09-21T00:00:00Z"
        " and EntryDate le 2026-11-07T00:00:00Z",
        "$expand": "Lines",
        "$orderby": "Id",
        "$top": "500",
        "$skip": "480",
        "$count": "true",
    }


def test_odata_takes_what_the_connection_says_of_expanding_and_paging(contract: SourceContract) -> None:
    settings = replace(ODATA, page_size=0, odata_expand={"memorials": ""}, odata_select=False)

    options = parameters(BY_CHANGE, PageRequest(), contract.tables.fields["memorials"], settings)

    assert options == {
        "$filter": "Organisation eq '100' and ChangedDate ge 2026-11-04T03:00:00Z",
        "$orderby": "ChangedDate,Id",
    }


def test_odata_asks_for_all_of_what_belongs_to_no_organisation(contract: SourceContract) -> None:
    settings = replace(ODATA, odata_select=False)
    everywhere = Question(resource="organisations")
    rules = dict(contract.tables.fields["vatcodes"])
    rules["organisation"] = replace(rules["organisation"], source_path=())

    organisations = parameters(everywhere, PageRequest(), contract.tables.fields["organisations"], settings)
    shared = parameters(Question(resource="vatcodes", organisation="100"), PageRequest(), rules, settings)

    paged = {"$orderby": "Code", "$top": "500", "$count": "true"}
    assert (organisations, shared) == (paged, paged)


def test_rest_asks_by_change_with_the_status_wanted(contract: SourceContract) -> None:
    settings = replace(SETTINGS, export_status="ReadyForExport")

    asked = parameters(BY_CHANGE, PageRequest(offset=480), contract.tables.fields["memorials"], settings)

    assert asked == {
        "organisation": "100",
        "modifiedSince": "2026-11-04T03:00:00",
        "exportStatus": "ReadyForExport",
        "limit": "500",
        "offset": "480",
    }


def test_rest_asks_by_date_for_a_day_more_on_either_side(contract: SourceContract) -> None:
    settings = replace(SETTINGS, export_status="ReadyForExport", parameter_dates=ParameterDates.WITH_Z)

    asked = parameters(BY_DATE, PageRequest(), contract.tables.fields["memorials"], settings)

    assert asked == {
        "organisation": "100",
        "dateFrom": "2026-09-21T00:00:00Z",
        "dateTo": "2026-11-07T00:00:00Z",
        "limit": "500",
        "offset": "0",
    }


def test_rest_asks_for_organisations_and_without_paging_in_one_go(contract: SourceContract) -> None:
    rules = contract.tables.fields

    assert (
        parameters(Question(resource="organisations"), PageRequest(), rules["organisations"], SETTINGS) == {}
    )
    assert parameters(
        replace(BY_CHANGE, changed_since=None),
        PageRequest(),
        rules["memorials"],
        replace(SETTINGS, page_size=0, parameter_organisation="bedrijf"),
    ) == {"bedrijf": "100"}


@pytest.mark.parametrize("style", ApiStyle)
def test_next_link_brings_its_own_query_and_never_another_address(
    contract: SourceContract, style: ApiStyle
) -> None:
    request = PageRequest(next_link="https://elsewhere.example/steal?$skip=500&x=1")
    settings = replace(SETTINGS, api_style=style)

    assert page_url("https://q/rest/memorials", request) == "https://q/rest/memorials?$skip=500&x=1"
    assert page_url("https://q/rest/memorials", PageRequest(offset=500)) == "https://q/rest/memorials"
    assert parameters(BY_CHANGE, request, contract.tables.fields["memorials"], settings) == {}


def test_one_document_and_what_only_rest_has_are_addressed() -> None:
    odata = replace(SETTINGS, api_style=ApiStyle.ODATA, paths={"exportresults": "resultaten"})

    assert document_url("https://q", "memorials", "a/1", SETTINGS) == (
        "https://q/rest/financeexport/v1/memorials/a%2F1"
    )
    assert document_url("https://q", "salesinvoices", "900101", odata) == (
        "https://q/odata/financeexport/v1/SalesInvoices(900101)"
    )
    assert rest_url("https://q", "exportresults", odata) == "https://q/rest/financeexport/v1/resultaten"
