"""Fiscal years from July to June in AFAS."""

import pytest

from tests.emulators.afas_client import AfasClient, Body, purchase, sale, text_of

PERIODS = "Profit_periods_per_administration"


@pytest.fixture
def broken(client: AfasClient) -> AfasClient:
    """A caller of an environment whose years begin in July and are called after the year they end in."""
    client.switch(fiscal_year_start=7, fiscal_year_named="last")
    return client


def periods(client: AfasClient, unit: int = 1) -> dict[tuple[int, int], Body]:
    """Return the periods of an administration by year and number."""
    return {(row["Year"], row["Period"]): row for row in client.rows(PERIODS) if row["Unit"] == unit}


def blocked(client: AfasClient, unit: int = 1) -> set[tuple[int, int]]:
    return {period for period, row in periods(client, unit).items() if row["Blocked"]}


def test_connector_shows_years_from_july_to_june(broken: AfasClient) -> None:
    found = periods(broken, unit=2)

    assert set(found) == {(year, period) for year in range(2025, 2029) for period in range(1, 13)}
    first, last = found[2027, 1], found[2027, 12]
    assert (first["PeriodDesc"], first["DateFrom"][:10]) == ("Juli", "2026-07-01")
    assert (last["PeriodDesc"], last["DateTo"][:10]) == ("Juni", "2027-06-30")


def test_years_may_be_called_after_the_year_they_begin_in(broken: AfasClient) -> None:
    broken.switch(fiscal_year_named="first", period_holds_date="checked")

    assert periods(broken)[2026, 1]["DateFrom"][:10] == "2026-07-01"
    assert broken.post(sale(), Year=2026, Peri=4).status_code == 201


def test_year_and_period_show_everywhere_as_sent(broken: AfasClient) -> None:
    assert broken.post(sale(), Year=2027, Peri=4).status_code == 201

    for connector in ("Profit_Transactions", "Profit_Period_balance", "Profit_Balance_Allocated"):
        assert {(row["Year"], row["Period"]) for row in broken.rows(connector)} == {(2027, 4)}, connector
    assert [(each["date"], each["period"]) for each in broken.booked()] == [("2026-10-31", "2027/4")]


def test_period_that_does_not_hold_the_date_is_taken_unless_switched(broken: AfasClient) -> None:
    first = broken.post(sale(), Year=2026, Peri=10)
    broken.switch(period_holds_date="checked")
    second = broken.post(sale("SI-2"), Year=2026, Peri=10)
    third = broken.post(sale("SI-2"), Year=2027, Peri=4)

    assert (first.status_code, third.status_code) == (201, 201)
    assert text_of(second) == "Datum '31-10-2026' valt niet in periode 10 van jaar 2026."


def test_year_that_is_not_there_is_refused(broken: AfasClient) -> None:
    text = "Voor deze administratie bestaat periode 4 van jaar 2024 niet."

    assert text_of(broken.post(sale(), Year=2024, Peri=4)) == text


def test_third_month_back_is_blocked_under_its_name(broken: AfasClient) -> None:
    by_period = broken.post(sale(), Year=2027, Peri=2)
    in_august = [each | {"Fields": each["Fields"] | {"EnDa": "2026-08-31"}} for each in sale("SI-2")]
    by_date = broken.post(in_august, Year=2027, Peri=4)

    assert blocked(broken) == {(2027, 2)}
    assert "periode 2 van jaar 2027" in text_of(by_period)
    assert text_of(by_date) == "Datum '31-8-2026' valt in een geblokkeerde periode"


def test_closed_periods_are_named_by_year_and_period(broken: AfasClient) -> None:
    broken.switch(closed_periods="2027/4")

    assert blocked(broken) == {(2027, 4)}
    assert "periode 4 van jaar 2027" in text_of(broken.post(sale(), Year=2027, Peri=4))
    assert broken.post(purchase(), JoCo="10", Year=2027, Peri=2).status_code == 500


def test_month_that_was_blocked_by_a_row_stays_so_under_its_name(client: AfasClient) -> None:
    client.control("load", {"1": {PERIODS: [{"Year": 2026, "Period": 9, "Blocked": True}]}})
    client.switch(fiscal_year_start=7, fiscal_year_named="last")

    assert (blocked(client), blocked(client, unit=2)) == ({(2027, 2), (2027, 3)}, {(2027, 2)})


def test_calendar_years_come_back(client: AfasClient) -> None:
    before = periods(client)
    client.switch(fiscal_year_start=7)
    client.switch(fiscal_year_start=1)

    assert periods(client) == before
