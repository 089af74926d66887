"""Documents around the turn of the year are booked in the year of their own date, in every package."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from finance_hooks.model.administration import ClosedPeriodPolicy
from tests.integration.chain.chain import Chain
from tests.integration.chain.nights import Nights

PACKAGES = ("exact_nl", "twinfield_nl", "afas_nl", "accountview_nl")


@pytest.fixture(params=PACKAGES)
def nights(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Nights]:
    chain = Chain(store_url, request.param, monkeypatch, closed_period_policy=ClosedPeriodPolicy.NEXT_OPEN)
    # Midnight in Amsterdam, written in UTC: 1 January comes as 31 December, 23:00.
    chain.source_emulator.switches.move({"dates": "localised"})
    yield Nights(chain)
    chain.close()


def test_last_minute_of_the_year_and_first_of_the_next_are_booked_in_their_own_years(nights: Nights) -> None:
    nights.at(datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    december = nights.issue(date(2026, 12, 31))
    nights.at(datetime(2026, 12, 31, 23, 0, tzinfo=UTC))
    january = nights.issue(date(2027, 1, 1))

    nights.at(datetime(2026, 12, 31, 23, 5, tzinfo=UTC))
    at_five_past = nights.triggered("at five past midnight", {})

    assert (at_five_past.booked, at_five_past.red) == (2, ())
    assert years(nights) == {december: (2026, 12), january: (2027, 1)}
    assert days(nights) == {"2026-12-31": 1, "2027-01-01": 1}

    late = nights.issue(date(2026, 12, 30))
    catch_up = nights.night(date(2027, 1, 3))
    assert (catch_up.booked, catch_up.already_booked, catch_up.red) == (1, 2, ())
    assert years(nights)[late] == (2026, 12)


def test_leap_day_is_a_day_of_february(nights: Nights) -> None:
    nights.chain.administration = replace(nights.chain.administration, starts_on=date(2024, 1, 1))
    numbers = [nights.issue(date(2024, 2, 28)), nights.issue(date(2024, 2, 29))]

    report = nights.triggered("by hand", {"from": "2024-02-29", "to": "2024-02-29"})
    month = nights.triggered("the month by hand", {"from": "2024-02-01", "to": "2024-02-29"})

    assert (report.booked, report.red) == (1, ())
    assert (month.booked, month.already_booked, month.red) == (1, 1, ())
    assert years(nights) == dict.fromkeys(numbers, (2024, 2))
    assert days(nights) == {"2024-02-28": 1, "2024-02-29": 1}


def test_document_of_a_year_that_the_package_does_not_have_is_parked_not_moved(nights: Nights) -> None:
    number = nights.issue(date(2033, 1, 15))

    report = nights.triggered("by hand", {"from": "2033-01-01", "to": "2033-01-31"})

    assert (report.parked, report.moved) == (1, ())
    assert nights.states() == {number: "parked"}
    assert nights.chain.reason_codes() == {"year_missing": 1}


def years(nights: Nights) -> dict[str, tuple[int, int]]:
    """Return the fiscal year and period in which each document stands."""
    with nights.chain.engine.begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT d.number, p.fiscal_year, p.period FROM posting p JOIN document d USING (document_id)"
        )
        return {row.number: (row.fiscal_year, row.period) for row in rows}


def days(nights: Nights) -> dict[str, int]:
    """Count the bookings by their day, by the emulator's own account."""
    found: dict[str, int] = {}
    for entry in nights.chain.bench.books():
        found[entry["date"][:10]] = found.get(entry["date"][:10], 0) + 1
    return found
