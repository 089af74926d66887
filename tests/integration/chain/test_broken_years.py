"""A fiscal year that begins in July is booked in the package's own years, whatever they are called."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.integration.chain.chain import Chain
from tests.integration.chain.nights import Nights

PACKAGES = ("exact_nl", "exact_be", "twinfield_nl", "afas_nl", "accountview_nl")
JUNE = {"from": "2026-06-30", "to": "2026-07-01"}
LATE_IN_THE_OLD_YEAR, EARLY_IN_THE_NEW = date(2026, 6, 30), date(2026, 7, 1)
NAMED = {"first": (2025, 2026), "last": (2026, 2027)}


@pytest.fixture(params=PACKAGES)
def nights(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Nights]:
    chain = Chain(store_url, request.param, monkeypatch)
    organisations = chain.source_emulator.documents.rows["organisations"]
    for row in organisations.values():
        row["FiscalYearStartMonth"] = 7
    yield Nights(chain)
    chain.close()


@pytest.mark.parametrize("named", NAMED)
@pytest.mark.parametrize("source_tells", [True, False], ids=["the source tells", "derived"])
def test_june_and_july_are_booked_in_two_years_called_as_the_package_calls_them(
    nights: Nights, named: str, source_tells: bool
) -> None:
    nights.chain.bench.switch(fiscal_year_start=7, fiscal_year_named=named)
    told_old, told_new = ((2025, 12), (2026, 1)) if source_tells else ((None, None), (None, None))
    old = nights.issue(LATE_IN_THE_OLD_YEAR, FiscalYear=told_old[0], Period=told_old[1])
    new = nights.issue(EARLY_IN_THE_NEW, FiscalYear=told_new[0], Period=told_new[1])

    report = nights.triggered("by hand", JUNE)
    again = nights.triggered("by hand once more", JUNE)

    assert (report.booked, report.red) == (2, ())
    assert report.difference == 0
    assert (again.booked, again.already_booked, again.red) == (0, 2, ())
    # AccountView shows the days of a book year and no name: it is called after its first day.
    known_as = "first" if nights.chain.administration.target == "accountview" else named
    assert places(nights) == in_two_years(known_as, old, new)
    assert periods_in_the_books(nights) == sorted(in_two_years(named, old, new).values())


def test_parked_document_is_looked_for_in_the_year_as_the_package_calls_it(nights: Nights) -> None:
    nights.chain.bench.switch(fiscal_year_start=7, fiscal_year_named="last")
    untold = {"FiscalYear": None, "Period": None}
    number = nights.issue(EARLY_IN_THE_NEW, Status="Concept", **untold)

    report = nights.triggered("by hand", JUNE)

    assert report.parked == 1
    known_as = "first" if nights.chain.administration.target == "accountview" else "last"
    assert places(nights) == {number: (NAMED[known_as][1], 1)}
    assert [(one["fiscal_year"], one["period"]) for one in report.journals] == [(NAMED[known_as][1], 1)]


def test_document_of_a_broken_year_that_the_package_does_not_have_is_parked(nights: Nights) -> None:
    nights.chain.bench.switch(fiscal_year_start=7, fiscal_year_named="last")
    number = nights.issue(date(2033, 7, 15), FiscalYear=None, Period=None)

    report = nights.triggered("by hand", {"from": "2033-07-01", "to": "2033-07-31"})

    assert report.parked == 1
    assert nights.states() == {number: "parked"}
    assert nights.chain.reason_codes() == {"year_missing": 1}


def in_two_years(named: str, old: str, new: str) -> dict[str, tuple[int, int]]:
    """Return the last period of one year and the first of the next, by document."""
    return {old: (NAMED[named][0], 12), new: (NAMED[named][1], 1)}


def places(nights: Nights) -> dict[str, tuple[int, int]]:
    """Return the fiscal year and period in which the store says that each document stands."""
    with nights.chain.engine.begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT d.number, p.fiscal_year, p.period FROM posting p JOIN document d USING (document_id)"
        )
        return {row.number: (row.fiscal_year, row.period) for row in rows}


def periods_in_the_books(nights: Nights) -> list[tuple[int, int]]:
    """Return the fiscal year and period of every booking, by the emulator's own account."""
    found = []
    for entry in nights.chain.bench.books():
        year, _, period = str(entry["period"]).partition("/")
        found.append((int(year), int(period)))
    return sorted(found)
