from datetime import date

import pytest

from finance_hooks.targets.accountview.listings import (
    ENTRY_PAGES,
    FIELD_DICTIONARY,
    JOURNALS,
    TRANSACTIONS,
    Listing,
)
from finance_hooks.targets.accountview.query import Filter, Question, next_page

SOME = Listing(code="CC1", table="COST", fields={"COST": ("COST_CODE",)})
BY_KEY = Listing(code="GL1", table="LEDGER", key="ACCT_NR")


def rows(count: int) -> list[dict[str, str]]:
    return [{"ACCT_NR": f"{number:04} "} for number in range(count)]


def test_question_names_code_size_year_fields_filters_and_order() -> None:
    question = Question(
        listing=Listing(
            code="DJ2", table="DJ_PAGE", fields={"DJ_PAGE": ("DJ_CODE", "PERIOD")}, sorted_by="PAGE_NRD"
        ),
        book_date=date(2026, 10, 15),
        filters=(Filter(field="PERIOD", value="10", kind="N"),),
        page_number=2,
    )

    assert question.path == "/api/v3/accountviewdata"
    assert question.parameters == [
        ("BusinessObject", "DJ2"),
        ("PageSize", "1000"),
        ("BookDate", "2026-10-15"),
        ("Fields", "DJ_PAGE.DJ_CODE,DJ_PAGE.PERIOD"),
        ("FilterControlSource1", "PERIOD"),
        ("FilterOperator1", "Equal"),
        ("FilterValueType1", "N"),
        ("FilterValue1", "10"),
        ("SortFields", "PAGE_NRD"),
        ("SortOrder", "Ascending"),
        ("PageNumber", "2"),
    ]


def test_question_without_anything_asks_for_all() -> None:
    question = Question(listing=Listing(code="PER", table="PERIODS"), last_key="7")

    assert question.parameters == [("BusinessObject", "PER"), ("PageSize", "1000"), ("LastKey", "7")]


def test_system_tables_have_an_address_of_their_own() -> None:
    assert Question(listing=FIELD_DICTIONARY).path == "/api/v3/accountviewsystemdata"


@pytest.mark.parametrize("count", [0, 1, 99])
def test_few_rows_are_the_end(count: int) -> None:
    assert next_page(Question(listing=SOME), rows(count)) is None


@pytest.mark.parametrize("count", [100, 999, 1000])
def test_first_page_that_may_have_met_a_limit_is_followed_by_one_of_as_many_rows(count: int) -> None:
    following = next_page(Question(listing=SOME), rows(count))

    assert following is not None
    assert (following.page_size, following.page_number, following.last_key) == (count, 2, None)
    assert next_page(following, rows(count - 1)) is None
    again = next_page(following, rows(count))
    assert again is not None
    assert again.page_number == 3


def test_listing_with_a_key_goes_on_behind_its_last_row() -> None:
    following = next_page(Question(listing=BY_KEY), rows(100))

    assert following is not None
    assert (following.page_number, following.last_key, following.page_size) == (1, "0099", 100)
    assert next_page(following, rows(99)) is None
    assert next_page(following, rows(100)) is not None


def test_what_pages_are_told_apart_by_is_asked_for() -> None:
    assert ENTRY_PAGES.sorted_by in ENTRY_PAGES.fields["DJ_PAGE"]
    assert TRANSACTIONS.key in TRANSACTIONS.fields["TRANSACT"]
    assert "NUM_AUTO" in JOURNALS.fields["DAILY"]
