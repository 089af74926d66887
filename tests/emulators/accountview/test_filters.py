"""Numbered filters and free expressions, with FoxPro's way of comparing."""

from typing import Any

import pytest

from tests.emulators.accountview_client import AccountViewClient, line, message


@pytest.fixture
def booked(client: AccountViewClient) -> AccountViewClient:
    for number, day in (("2024", "2026-10-01"), ("20241", "2026-10-15"), ("A2024", "2026-10-31")):
        answer = client.sale([line("8120", 10, VAT_CODE="3")], INV_NR=number, TRN_DATE=day)
        assert answer.status_code == 200
    return client


def _found(client: AccountViewClient, *filters: tuple[str, str, str, str], **more: str) -> list[str]:
    asked = dict(more)
    for number, (source, operator, kind, value) in enumerate(filters, start=1):
        asked |= {
            f"FilterControlSource{number}": source,
            f"FilterOperator{number}": operator,
            f"FilterValueType{number}": kind,
            f"FilterValue{number}": value,
        }
    return [row["INV_NR"] for row in client.read("DJ2", **asked)["DJ_PAGE"]]


def _refusal(client: AccountViewClient, source: str, operator: str, kind: str, value: str) -> str:
    asked = {
        "FilterControlSource1": source,
        "FilterOperator1": operator,
        "FilterValueType1": kind,
        "FilterValue1": value,
    }
    return message(client.get(BusinessObject="DJ2", PageSize=9, **asked))


def test_equal_finds_what_begins_with_the_value(booked: AccountViewClient) -> None:
    assert _found(booked, ("INV_NR", "Equal", "C", "2024")) == ["2024", "20241"]
    assert _found(booked, ("dj_page.inv_nr", "EQUAL", "c", "2024        ")) == ["2024"]
    assert _found(booked, ("INV_NR", "NotEqual", "C", "2024")) == ["A2024"]
    assert _found(booked, ("INV_NR", "Equal", "C", "")) == ["2024", "20241", "A2024"]


def test_equal_may_be_exact(booked: AccountViewClient) -> None:
    booked.switch(prefix_equal=False)

    assert _found(booked, ("INV_NR", "Equal", "C", "2024")) == ["2024"]
    assert _found(booked, ("INV_NR", "NotEqual", "C", "2024")) == ["20241", "A2024"]


def test_contains_finds_text_anywhere_and_heeds_capitals(booked: AccountViewClient) -> None:
    assert _found(booked, ("INV_NR", "Contains", "C", "2024")) == ["2024", "20241", "A2024"]
    assert _found(booked, ("INV_NR", "Contains", "C", "a2")) == []
    booked.switch(filter_case="ignored")
    assert _found(booked, ("INV_NR", "Contains", "C", "a2")) == ["A2024"]


def test_dates_are_compared_as_foxpro_literals(booked: AccountViewClient) -> None:
    assert _found(booked, ("TRN_DATE", "DateOnOrAfterDate", "D", "{^2026-10-15}")) == ["20241", "A2024"]
    assert _found(booked, ("TRN_DATE", "42", "D", "{^2026-10-15}")) == ["20241", "A2024"]
    assert _found(booked, ("TRN_DATE", "43", "T", "{^2026-10-15 00:00:00}")) == ["2024", "20241"]
    assert _found(booked, ("TRN_DATE", "Equal", "D", "{^2026-10-31}")) == ["A2024"]
    assert _found(booked, ("MAND_DATE", "42", "D", "{^2026-10-15}")) == []


def test_a_plain_date_is_refused_finds_nothing_or_works(booked: AccountViewClient) -> None:
    asked = ("TRN_DATE", "DateOnOrAfterDate", "D", "2026-10-15")
    assert "2026-10-15" in _refusal(booked, *asked)
    booked.switch(plain_date_filter="nothing")
    assert _found(booked, asked) == []
    booked.switch(plain_date_filter="works")
    assert "gisteren" in _refusal(booked, *asked[:3], "gisteren")
    assert _found(booked, asked) == ["20241", "A2024"]


def test_numbers_and_logicals_are_compared(booked: AccountViewClient) -> None:
    assert len(_found(booked, ("PERIOD", "Equal", "N", "10"))) == 3
    assert _found(booked, ("PERIOD", "Equal", "N", "11")) == []
    assert len(_found(booked, ("GROSS_FLG", "Equal", "L", ".F."))) == 3
    assert _found(booked, ("GROSS_FLG", "NotEqual", "L", "false")) == []


def test_filters_are_joined_by_and_unless_any_may_match(booked: AccountViewClient) -> None:
    both = (("DJ_CODE", "Equal", "C", "VRK"), ("INV_NR", "Equal", "C", "A"))
    assert _found(booked, *both) == ["A2024"]
    assert len(_found(booked, *both, MatchAnyFilter="true")) == 3


def test_a_list_of_values_needs_a_known_separator(booked: AccountViewClient) -> None:
    asked = ("INV_NR", "Equal", "C", "A2024,20241")
    answer = booked.get(
        BusinessObject="DJ2",
        PageSize=9,
        FilterControlSource1="INV_NR",
        FilterOperator1="Equal",
        FilterValueType1="C",
        FilterValue1="A2024,20241",
        FilterIsListOfValues1="true",
    )
    assert message(answer) == "FilterIsListOfValues1 wordt niet ondersteund"

    booked.switch(value_lists="comma")
    assert _found(booked, asked, FilterIsListOfValues1="true") == ["20241", "A2024"]
    assert _found(booked, asked, FilterIsListOfValues1="false") == []


@pytest.mark.parametrize(
    ("source", "operator", "kind", "value"),
    [
        ("NOT_THERE", "Equal", "C", "x"),
        ("DJ_LINE.ACCT_NR", "Equal", "C", "8120"),
        ("INV_NR", "BeginsWith", "C", "x"),
        ("INV_NR", "", "C", "x"),
        ("INV_NR", "Equal", "N", "1"),
        ("INV_NR", "DateOnOrAfterDate", "C", "x"),
        ("TRN_DATE", "Equal", "C", "8000"),
        ("TRN_DATE", "Contains", "D", "{^2026-10-01}"),
        ("TRN_DATE", "Equal", "D", "{^2026-13-01}"),
        ("PERIOD", "Equal", "N", "x"),
        ("PERIOD", "Contains", "N", "1"),
        ("GROSS_FLG", "Equal", "L", "x"),
    ],
)
def test_filters_that_nobody_has_seen_working_are_refused(
    booked: AccountViewClient, source: str, operator: str, kind: str, value: str
) -> None:
    assert _refusal(booked, source, operator, kind, value)


def test_a_filter_with_a_gap_in_its_numbers_is_refused(booked: AccountViewClient) -> None:
    answer = booked.get(BusinessObject="DJ2", PageSize=9, FilterControlSource2="INV_NR")

    assert message(answer) == "filtercontrolsource2 hoort niet bij een filter"


def test_free_expressions_work_on_system_tables_only_unless_switched(booked: AccountViewClient) -> None:
    fields = booked.read("FLD", Filter="dct_fld.dbf_name='DJ_LINE'")["DCT_FLD"]
    assert len(fields) == 49

    asked: dict[str, Any] = {"BusinessObject": "GJ1", "PageSize": 9, "Filter": "transact.period=10"}
    assert booked.get(**asked).status_code == 400
    booked.switch(filter_expressions="all")
    assert len(booked.read("GJ1", Filter=asked["Filter"])["TRANSACT"]) == 6


@pytest.mark.parametrize(
    ("expression", "numbers"),
    [
        ("(dj_page.trn_date >= {^2026-10-02} AND dj_page.trn_date <= {^2026-10-15})", ["20241"]),
        ("inv_nr = '2024'", ["2024", "20241"]),
        ('inv_nr == "2024"', ["2024"]),
        ("inv_nr <> '2024'", ["A2024"]),
        ("NOT inv_nr = 'A' .AND. period > 9", ["2024", "20241"]),
        ("EMPTY(proj_code) and gross_flg", []),
        ("(gross_flg) OR !gross_flg and page_amt<10.5", ["2024", "20241", "A2024"]),
        ("gross_flg = .T. or mand_date > {^2000-01-01 00:00:00}", []),
    ],
)
def test_an_expression_is_worked_out(booked: AccountViewClient, expression: str, numbers: list[str]) -> None:
    booked.switch(filter_expressions="all")

    found = booked.read("DJ2", Filter=expression)["DJ_PAGE"]

    assert [row["INV_NR"] for row in found] == numbers


@pytest.mark.parametrize(
    "expression",
    [
        "inv_nr",
        "inv_nr = ",
        "inv_nr = 5",
        "trn_date = '2026-10-01'",
        "trn_date = {^2026-13-01}",
        "EMPTY inv_nr",
        "(inv_nr = 'A'",
        "inv_nr = 'A' period = 1",
        "5 = 5",
        "not_there = 'A'",
        "inv_nr ; 'A'",
        "inv_nr AND",
    ],
)
def test_an_expression_that_makes_no_sense_is_refused(booked: AccountViewClient, expression: str) -> None:
    booked.switch(filter_expressions="all")

    assert message(booked.get(BusinessObject="DJ2", PageSize=9, Filter=expression))
