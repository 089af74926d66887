"""Fiscal years from July to June in Exact."""

import pytest
import requests

from tests.emulators.exactonline_client import Body, ExactClient, message

PERIODS = "financial/FinancialPeriods"
LINES = "financialtransaction/TransactionLines"


@pytest.fixture
def broken(client: ExactClient) -> ExactClient:
    """A client of a division whose years begin in July and are called after the year they end in."""
    client.switch(fiscal_year_start=7, fiscal_year_named="last")
    return client


def sold(client: ExactClient, **fields: object) -> requests.Response:
    return client.sale("10045", [client.line("80502", 100)], YourRef="A1", **fields)


def reported(answer: requests.Response) -> tuple[int, int]:
    assert answer.status_code == 201, answer.text
    content = answer.json()["d"]
    return content["ReportingYear"], content["ReportingPeriod"]


def periods(client: ExactClient, year: int) -> list[Body]:
    return sorted(client.rows(PERIODS, filter=f"FinYear eq {year}"), key=lambda row: row["FinPeriod"])


def test_table_shows_years_from_july_to_june(broken: ExactClient) -> None:
    found = periods(broken, 2027)

    assert [row["FinPeriod"] for row in found] == list(range(1, 13))
    assert broken.rows(PERIODS, filter="StartDate eq datetime'2026-07-01'")[0]["ID"] == found[0]["ID"]
    assert broken.rows(PERIODS, filter="EndDate eq datetime'2027-06-30'")[0]["ID"] == found[-1]["ID"]
    assert {row["FinYear"] for row in broken.rows(PERIODS, select="ID,FinYear")} == set(range(2025, 2029))


def test_years_may_be_called_after_the_year_they_begin_in(broken: ExactClient) -> None:
    broken.switch(fiscal_year_named="first")

    assert broken.rows(PERIODS, filter="StartDate eq datetime'2026-07-01'")[0]["FinYear"] == 2026
    assert reported(sold(broken)) == (2026, 4)


def test_year_and_period_come_from_the_date_and_show_everywhere(broken: ExactClient) -> None:
    entry = sold(broken).json()["d"]

    assert (entry["ReportingYear"], entry["ReportingPeriod"]) == (2027, 4)
    assert str(entry["EntryNumber"]) == "27700001"
    lines = broken.rows(
        LINES, filter="FinancialYear eq 2027 and FinancialPeriod eq 4", select="EntryID,GLAccountCode"
    )
    assert {row["EntryID"] for row in lines} == {entry["EntryID"]}
    balances = broken.rows("financial/ReportingBalance", select="ReportingYear,ReportingPeriod")
    assert {(row["ReportingYear"], row["ReportingPeriod"]) for row in balances} == {(2027, 4)}
    books = broken.session.get(f"{broken.base}/_emulator/books", timeout=5).json()["entries"]
    assert [(each["date"], each["period"]) for each in books] == [("2026-10-31", "2027/4")]


def test_year_and_period_that_exist_are_taken_as_sent(broken: ExactClient) -> None:
    assert reported(sold(broken, ReportingYear=2026, ReportingPeriod=10)) == (2026, 10)


def test_year_without_the_date_does_not_exist(broken: ExactClient) -> None:
    assert "Boekjaar" in message(sold(broken, ReportingYear=2026))
    assert "Boekjaar" in message(sold(broken, ReportingYear=2024, ReportingPeriod=1))


def test_memorial_takes_its_period_from_the_lines(broken: ExactClient) -> None:
    lines = [broken.line("14305", 10, Date="2027-07-01"), broken.line("20001", -10, Date="2027-07-01")]

    entry = broken.memorial(lines)

    assert entry.status_code == 201, entry.text
    assert (entry.json()["d"]["FinancialYear"], entry.json()["d"]["FinancialPeriod"]) == (2028, 1)


def test_third_month_back_is_closed_under_its_name(broken: ExactClient) -> None:
    assert message(sold(broken, EntryDate="2026-08-31")) == "Periode is afgesloten: [2027] \u2013 [2]"
    assert sold(broken, EntryDate="2026-07-31").status_code == 201


def test_closed_periods_are_named_by_year_and_period(broken: ExactClient) -> None:
    broken.switch(closed_periods="2027/4")

    assert message(sold(broken)) == "Periode is afgesloten: [2027] \u2013 [4]"
    assert reported(sold(broken, EntryDate="2027-04-30")) == (2027, 10)


def test_calendar_years_come_back(broken: ExactClient) -> None:
    broken.switch(fiscal_year_start=1)

    assert {row["FinYear"] for row in broken.rows(PERIODS, select="ID,FinYear")} == set(range(2024, 2028))
    assert reported(sold(broken)) == (2026, 10)
    assert "[2026] \u2013 [8]" in message(sold(broken, EntryDate="2026-08-31"))
