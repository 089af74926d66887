"""Fiscal years from July to June in Twinfield."""

import pytest
from lxml import etree

from tests.emulators.twinfield.first_remark import first_remark
from tests.emulators.twinfield.query_services import PERIODS, periods, query
from tests.emulators.twinfield_client import TwinfieldClient, line, plain_sale, remarks, transaction

ARRAYS = "http://schemas.microsoft.com/2003/10/Serialization/Arrays"
CLOSED = "20260831"


@pytest.fixture
def broken(client: TwinfieldClient) -> TwinfieldClient:
    """A client of an office whose years begin in July and are called after the year they end in."""
    client.switch(fiscal_year_start=7, fiscal_year_named="last")
    return client


def years(client: TwinfieldClient) -> list[str | None]:
    root = etree.fromstring(query(client, "GetYears", PERIODS, "PeriodService.svc").content)
    return [each.text for each in root.iter(f"{{{ARRAYS}}}int")]


def ends(client: TwinfieldClient, year: int) -> dict[str, str]:
    root = etree.fromstring(query(client, "GetPeriods", PERIODS, "PeriodService.svc", Year=year).content)
    return {
        str(each.findtext(f"{{{PERIODS}}}Name")): str(each.findtext(f"{{{PERIODS}}}EndDate"))[:10]
        for each in root.iter(f"{{{PERIODS}}}Period")
    }


def opening(date: str) -> str:
    lines = [
        line("detail", "1100", "debit", "1.00", id="1"),
        line("detail", "0500", "credit", "1.00", id="2"),
    ]
    return transaction({"office": "NL42", "code": "BEGINBALANS", "date": date}, *lines)


def test_service_shows_years_from_july_to_june(broken: TwinfieldClient) -> None:
    found = ends(broken, 2027)

    assert years(broken) == ["2025", "2026", "2027", "2028"]
    assert len(found) == 14
    assert [found[f"2027/{number}"] for number in ("00", "01", "04", "08", "12", "55")] == [
        "2026-07-01", "2026-07-31", "2026-10-31", "2027-02-28", "2027-06-30", "2027-06-30",
    ]  # fmt: skip


def test_years_may_be_called_after_the_year_they_begin_in(broken: TwinfieldClient) -> None:
    broken.switch(fiscal_year_named="first")

    assert years(broken) == ["2024", "2025", "2026", "2027"]
    assert ends(broken, 2026)["2026/01"] == "2026-07-31"
    assert broken.book(plain_sale())[0].findtext("header/period") == "2026/04"


def test_period_comes_from_the_date_and_shows_everywhere(broken: TwinfieldClient) -> None:
    number = broken.number(plain_sale())

    assert number == "202700001"
    assert broken.read("VRK", number).findtext("header/period") == "2027/04"
    fields = "".join(
        f"<column><field>fin.trs.head.{name}</field><visible>true</visible></column>"
        for name in ("year", "period", "yearperiod")
    )
    shown = broken.ask(f'<columns code="000">{fields}</columns>')
    assert {tuple(cell.text for cell in row.findall("td")) for row in shown.findall("tr")} == {
        ("2027", "4", "2027/04")
    }
    assert [(each["date"], each["period"]) for each in broken.books()] == [("2026-10-31", "2027/04")]


def test_day_outside_its_period_is_a_warning(broken: TwinfieldClient) -> None:
    text = "Datum 31-10-2026 valt buiten de opgegeven periode (2026/10)."

    assert remarks(broken.book(plain_sale(period="2026/10"))) == [("date", "warning", text)]
    assert broken.book(plain_sale(period="2027/04")).get("result") == "1"


def test_year_that_is_not_there_is_refused(broken: TwinfieldClient) -> None:
    assert "2029/01" in first_remark(broken, plain_sale(date="20280701"))[2]
    assert broken.book(plain_sale(date="20280630")).get("result") == "1"


def test_opening_balance_and_year_end_take_the_whole_year(broken: TwinfieldClient) -> None:
    assert broken.book(opening("20260701"))[0].findtext("header/period") == "2027/00"
    for number, date in (("VF1", "20260701"), ("VF2", "20270630")):
        assert broken.book(plain_sale(number, date=date, period="2027/55")).get("result") == "1"
    outside = broken.book(plain_sale("VF3", date="20270701", period="2027/55"))
    assert remarks(outside)[0][:2] == ("date", "warning")


def test_third_month_back_is_closed_under_its_name(broken: TwinfieldClient) -> None:
    broken.switch(closed_period="refuse_all", user_language="en")

    assert remarks(broken.book(plain_sale(date=CLOSED))) == [
        ("transaction", "error", "Period 2027/02 is closed.")
    ]
    assert {name for name, opened in periods(broken, 2027).items() if opened == "false"} == {"2027/02"}


def test_closed_periods_are_named_by_year_and_period(broken: TwinfieldClient) -> None:
    broken.switch(closed_periods="2027/4", closed_period="refuse_all")

    assert broken.book(plain_sale()).get("result") == "0"
    assert broken.book(plain_sale(date=CLOSED)).get("result") == "1"


def test_what_was_opened_and_closed_stays_so_under_its_name(client: TwinfieldClient) -> None:
    for kind, number in (("OpenPeriod", 8), ("ClosePeriod", 9), ("ClosePeriod", 55)):
        query(client, kind, PERIODS, "PeriodService.svc", "Command", Number=number, Year=2026)
    client.switch(fiscal_year_start=7, fiscal_year_named="last")

    shut = {
        name for year in (2026, 2027) for name, opened in periods(client, year).items() if opened == "false"
    }
    assert shut == {"2027/03", "2026/55"}
