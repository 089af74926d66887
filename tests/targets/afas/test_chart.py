from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.targets.afas.chart import make_chart, read_chart, write_chart
from finance_hooks.targets.afas.codes import PartyKind
from tests.targets.afas.sample_chart import TODAY, Rows, chart_of, lists, sample_chart


def with_rows(**rows: list[dict[str, object]]) -> Rows:
    return {**lists(), **rows}


def test_codes_are_known_by_their_own_name() -> None:
    chart = sample_chart().chart

    assert (chart.administration, chart.name, chart.currency) == ("1", "Voorbeeld Recycling B.V.", "EUR")
    assert chart.journals["20"].name == "Verkoopboek"
    assert chart.journals["29"].blocked
    assert chart.ledger_accounts["0100"].name == "Machines en installaties"
    assert chart.payment_terms["OUD"].blocked
    assert {"INZ", "VERW", "HANDEL"} <= set(chart.cost_centres)
    assert "REST" not in chart.cost_centres


def test_codes_say_which_entries_they_serve() -> None:
    chart = sample_chart().chart

    assert chart.journals["10"].serves == frozenset({EntryKind.PURCHASE})
    assert chart.journals["50"].serves == frozenset()
    assert chart.journals["20"].serves == frozenset({EntryKind.SALES, EntryKind.MEMORIAL})
    assert (
        chart_of(with_rows(journals=[{"JournalId": "20", "JournalType": None}])).chart.journals["20"].serves
        is None
    )
    assert chart.vat_codes["5"].serves == frozenset({EntryKind.PURCHASE})
    assert chart.vat_codes["1"].serves == frozenset({EntryKind.SALES})
    assert chart.parties["10045"].serves == frozenset({EntryKind.SALES})
    assert chart.parties["70020"].serves == frozenset({EntryKind.PURCHASE})
    assert chart.parties["99002"].serves == frozenset({EntryKind.SALES, EntryKind.PURCHASE})


def test_accounts_say_what_their_lines_must_bear() -> None:
    accounts = sample_chart().chart.ledger_accounts

    assert (accounts["8110"].needs_cost_centre, accounts["8110"].takes_vat) == (True, True)
    assert (accounts["1300"].needs_cost_centre, accounts["1300"].takes_vat) == (False, False)
    assert "project" in (accounts["8080"].unusable_why or "")
    assert accounts["8110"].unusable_why is None


def test_cost_centres_say_on_which_accounts_they_may_stand() -> None:
    combines = sample_chart().chart.cost_centres["INZ"].combines_with or frozenset()

    assert "8110" in combines
    assert "1300" not in combines


def test_cost_units_are_known_where_an_account_takes_them() -> None:
    accounts = [row | {"DimAx2": "B"} for row in lists()["ledger_accounts"][:1]]
    assignment = {"Unit": 1, "Account": "0100", "DimAx": "2", "DimCode": "REST", "CodeDescription": "Rest"}

    assert sample_chart().chart.cost_units is None
    units = chart_of(with_rows(ledger_accounts=accounts, assignments=[assignment])).chart.cost_units
    assert set(units or {}) == {"REST"}


def test_payment_terms_that_no_connector_lists_are_not_told() -> None:
    administration = {"AdminId": 1, "AdminNm": "Voorbeeld"}

    assert make_chart(administration, lists(), None, today=TODAY).chart.codes_of("payment_terms") is None


def test_vat_code_names_its_account_and_percentage() -> None:
    code = sample_chart().chart.vat_codes["5"]

    assert (code.id, code.percentage, code.blocked) == ("1500", Decimal(21), False)


@pytest.mark.parametrize(
    ("account", "is_vat", "takes_vat", "collects", "needs_project"),
    [
        ("1510", True, True, "N", False),
        ("1300", False, False, "D", False),
        ("1600", False, False, "C", False),
        ("8110", False, True, "N", False),
        ("8080", False, True, "N", True),
    ],
)
def test_account_says_how_it_may_be_booked_on(
    account: str, is_vat: bool, takes_vat: bool, collects: str, needs_project: bool
) -> None:
    found = sample_chart().accounts[account]

    assert (found.is_vat, found.takes_vat, found.collects, found.needs_project) == (
        is_vat,
        takes_vat,
        collects,
        needs_project,
    )


@pytest.mark.parametrize("code", ["V", "I", "J"])
def test_project_is_compulsory_under_every_code_that_afas_has_for_it(code: str) -> None:
    row = lists()["ledger_accounts"][0] | {"ToProject": code}

    assert chart_of(with_rows(ledger_accounts=[row])).accounts["0100"].needs_project


@pytest.mark.parametrize(
    ("use", "takes", "needs"),
    [("N", False, False), ("B", True, True), ("P", False, False), (None, False, False)],
)
def test_axis_of_an_account_is_off_compulsory_or_split_by_afas(
    use: str | None, takes: bool, needs: bool
) -> None:
    row = lists()["ledger_accounts"][0] | {"DimAx1": use}
    account = chart_of(with_rows(ledger_accounts=[row])).accounts["0100"]

    assert (account.takes("1"), account.needs("1")) == (takes, needs)


def test_party_is_debtor_creditor_or_both() -> None:
    parties = sample_chart().chart.parties

    assert [parties[code].kind for code in ("10045", "70020", "99002")] == [
        PartyKind.DEBTOR,
        PartyKind.CREDITOR,
        PartyKind.BOTH,
    ]


def test_debtor_that_gets_no_deliveries_can_be_booked_on_and_a_blocked_creditor_cannot() -> None:
    parties = sample_chart().chart.parties

    assert not parties["99001"].blocked
    assert parties["99004"].blocked


def test_number_that_is_both_is_not_blocked_for_its_other_side() -> None:
    made = lists()
    creditors = [{**row, "Blocked": "1"} for row in made["creditors"]]

    parties = chart_of({**made, "creditors": creditors}).chart.parties

    assert not parties["99002"].blocked


def test_period_has_its_days_and_is_open_unless_blocked() -> None:
    periods = {period.number: period for period in sample_chart().chart.periods}

    assert (periods[2].first_date, periods[2].last_date) == (date(2026, 2, 1), date(2026, 2, 28))
    assert [periods[number].is_open for number in (7, 8)] == [True, False]


def test_months_are_supposed_where_afas_lists_blocked_periods_only() -> None:
    blocked = [row for row in lists()["periods"] if row["Blocked"]]

    periods = chart_of(with_rows(periods=blocked)).chart.periods

    by_place = {(period.fiscal_year, period.number): period for period in periods}
    assert by_place[2026, 8].is_open is False
    assert (by_place[2026, 10].is_open, by_place[2026, 10].is_supposed) == (None, True)
    assert by_place[2024, 2].last_date == date(2024, 2, 29)
    assert {year for year, _ in by_place} == set(range(2019, 2028))


def test_nothing_is_supposed_where_afas_lists_open_periods() -> None:
    assert len(sample_chart().chart.periods) == 12


def test_period_without_days_is_not_as_expected() -> None:
    row = lists()["periods"][0] | {"DateTo": None}

    with pytest.raises(ValueError, match="2026-1"):
        chart_of(with_rows(periods=[row]))


def test_chart_comes_back_from_the_cache_as_it_was() -> None:
    chart = sample_chart()

    assert read_chart(write_chart(chart)) == chart


def test_chart_of_another_version_is_read_anew() -> None:
    assert read_chart('{"chart": 1}') is None


def test_assignments_say_which_code_an_account_may_have() -> None:
    assert ("1", "8110", "INZ") in sample_chart().assignments
    assert ("1", "8110", "OUD") not in sample_chart().assignments
