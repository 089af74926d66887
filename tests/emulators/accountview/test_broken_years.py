"""Book years from July to June in AccountView."""

import pytest

from tests.emulators.accountview_client import AccountViewClient, Body, line, message

LINES = [line("8120", 100, VAT_CODE="3")]


@pytest.fixture
def broken(client: AccountViewClient) -> AccountViewClient:
    """A client of a company whose years begin in July and are called after the year they end in."""
    client.switch(fiscal_year_start=7, fiscal_year_named="last")
    return client


def periods(client: AccountViewClient, book_date: str) -> list[Body]:
    found: list[Body] = client.read("PER", BookDate=book_date)["PERIODS"]
    return found


def booked(client: AccountViewClient) -> list[tuple[str, str]]:
    entries = client.control("books?administration=VB01")["entries"]
    return [(entry["date"], entry["period"]) for entry in entries]


@pytest.mark.parametrize("day", ["2026-07-01", "2026-10-31", "2027-06-30"])
def test_periods_run_from_july_to_june(broken: AccountViewClient, day: str) -> None:
    found = periods(broken, day)

    assert [row["PERIOD"] for row in found] == list(range(1, 13))
    assert [row["PER_DESC"] for row in (found[0], found[-1])] == ["Juli", "Juni"]
    assert found[0]["BEG_DATE"] == "2026-07-01T00:00:00"
    assert found[-1]["END_DATE"] == "2027-06-30T00:00:00"


def test_administrations_are_the_broken_years(broken: AccountViewClient) -> None:
    listed = {row["ATS_YEAR"]: row["ADM_PREV"] for row in broken.read("adl")["ADM_LIST"]}

    assert listed["2027"] == "VB01-2026"
    assert max(listed) == "2028"
    assert {"2025", "2026"} <= set(listed)
    answer = broken.get(BusinessObject="PER", PageSize=1, BookDate="2028-07-01")
    assert message(answer) == "Er is geen administratie voor boekjaar 2029"


def test_years_may_be_called_after_the_year_they_begin_in(broken: AccountViewClient) -> None:
    broken.switch(fiscal_year_named="first")

    assert max(row["ATS_YEAR"] for row in broken.read("adl")["ADM_LIST"]) == "2027"
    assert broken.sale(LINES).status_code == 200
    assert booked(broken) == [("2026-10-31", "2026/4")]


def test_period_comes_from_the_date_and_shows_everywhere(broken: AccountViewClient) -> None:
    page = broken.sale(LINES).json()["DJ_PAGE"][0]

    assert page["PERIOD"] == 4
    for day in ("2026-07-01", "2027-06-30"):
        assert [row["PERIOD"] for row in broken.read("DJ2", BookDate=day)["DJ_PAGE"]] == [4]
        assert {row["PERIOD"] for row in broken.read("GJ1", BookDate=day)["TRANSACT"]} == {4}
    assert broken.read("DJ2", BookDate="2026-06-30")["DJ_PAGE"] == []
    assert booked(broken) == [("2026-10-31", "2027/4")]


def test_date_of_another_book_year_is_refused(broken: AccountViewClient) -> None:
    refused = broken.sale(LINES, TRN_DATE="2026-06-30")
    next_year = broken.sale(LINES, TRN_DATE="2027-03-31")

    assert message(refused) == "Datum 30-06-2026 valt niet in boekjaar 2027"
    assert next_year.json()["DJ_PAGE"][0]["PERIOD"] == 9


def test_the_period_may_have_to_be_that_of_the_date(broken: AccountViewClient) -> None:
    broken.switch(period_outside_date="refused")

    assert "valt niet in periode 10" in message(broken.sale(LINES, PERIOD=10))
    assert broken.sale(LINES, PERIOD=4).status_code == 200


def test_third_month_back_is_closed_under_its_name(broken: AccountViewClient) -> None:
    closed = message(broken.sale(LINES, TRN_DATE="2026-08-31"))

    assert closed == "Periode 2 van boekjaar 2027 is geblokkeerd"
    assert [row["PERIOD"] for row in periods(broken, "2026-10-31") if row["PER_BLK"]] == [2]


def test_closed_periods_are_named_by_year_and_period(broken: AccountViewClient) -> None:
    broken.switch(closed_periods="2027/4")

    assert message(broken.sale(LINES)) == "Periode 4 van boekjaar 2027 is geblokkeerd"
    assert broken.sale(LINES, TRN_DATE="2026-08-31").status_code == 200


def test_rows_that_are_put_in_go_to_the_broken_year(broken: AccountViewClient) -> None:
    page = {"DJ_CODE": "VRK", "INV_NR": "F9", "SUB_NR": "10045", "HDR_DESC": "x", "DJ_PAGE_Id": 0}
    rows: Body = {
        "PERIODS": [{"BEG_DATE": "2026-09-01", "PER_BLK": True}],
        "DJ_PAGE": [page | {"TRN_DATE": "2026-06-30T00:00:00"}],
        "DJ_LINE": [{"ACCT_NR": "8120", "AMOUNT": 20, "VAT_CODE": "3", "DJ_PAGE_Id": 0}],
    }
    broken.control("load", {"VB01": rows})

    assert booked(broken) == [("2026-06-30", "2026/12")]
    assert [row["PERIOD"] for row in periods(broken, "2026-10-31") if row["PER_BLK"]] == [2, 3]
