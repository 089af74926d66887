from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.document import EntryKind
from finance_hooks.targets.accountview.chart import PartyKind, read_periods
from finance_hooks.targets.accountview.company import read_company, write_company
from tests.targets.accountview.sample_company import journal_rows, period_rows, sample_company

COMPANY = sample_company()


def test_company_keeps_its_code_name_and_id() -> None:
    chart = COMPANY.chart

    assert (COMPANY.id, chart.administration, chart.name) == ("a1b2", "VB01", "Voorbeeld Recycling B.V.")
    assert (chart.country, chart.currency) == ("", "EUR")


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        ({"DJ_TYPEV": "Verkoop"}, "sales"),
        ({"DJ_TYPEV": "INKOOPBOEK  "}, "purchase"),
        ({"DJ_TYPEV": "Memoriaal"}, "memorial"),
        ({"DJ_TYPEV": "Bank/giro"}, "bank/giro"),
        ({"DJ_TYPEV": None, "DJ_TYPE": 4}, "4"),
        ({"DJ_TYPEV": None}, ""),
    ],
)
def test_kind_of_a_journal_is_told_by_its_text_never_by_its_number(
    shown: dict[str, object], kind: str
) -> None:
    row = {**journal_rows()[0], **shown}

    journal = sample_company(journals=[row]).chart.journals["VRK"]

    serves = {"bank/giro": set(), "4": None, "": None}.get(kind, {kind})
    assert (journal.kind, journal.serves) == (kind, serves)


def test_rules_of_codes_are_kept_beside_the_chart() -> None:
    assert COMPANY.journals["VRA"].numbers_itself
    assert (COMPANY.journals["VRK"].account, COMPANY.journals["VRK"].currency) == ("1210", "EUR")
    assert COMPANY.journals["VRV"].currency is None
    assert COMPANY.collective_accounts == {"1210", "1510"}
    assert COMPANY.accounts["8110"].wants_cost_centre
    assert COMPANY.accounts["8310"].wants_vat_code
    assert (COMPANY.vat_codes["14"].account, COMPANY.vat_codes["14"].reverse_account) == ("1620", "1612")


def test_chart_tells_what_everybody_must_know() -> None:
    chart = COMPANY.chart

    assert chart.journals["VRA"].numbers_itself
    assert (chart.journals["VRK"].numbers_itself, chart.journals["VRK"].only_currency) == (False, "EUR")
    assert chart.ledger_accounts["8110"].needs_cost_centre
    assert chart.parties["99002"].serves == frozenset({EntryKind.SALES, EntryKind.PURCHASE})
    assert chart.parties["10045"].serves == frozenset({EntryKind.SALES})
    assert set(chart.cost_units or {}) == {"REST", "PAPIER", "METAAL"}


def test_account_is_one_of_vat_for_its_own_codes_only() -> None:
    assert COMPANY.is_vat_account("1612", "14")
    assert COMPANY.is_vat_account("1620", "14")
    assert not COMPANY.is_vat_account("1612", "11")
    assert not COMPANY.is_vat_account("1612", "?")


def test_percentage_and_roles_are_read() -> None:
    chart = COMPANY.chart

    assert chart.vat_codes["1"].percentage == Decimal(21)
    assert {code: chart.parties[code].kind for code in ("10045", "70007", "99002")} == {
        "10045": PartyKind.CUSTOMER,
        "70007": PartyKind.SUPPLIER,
        "99002": PartyKind.BOTH,
    }


def test_relation_that_comes_twice_in_one_list_keeps_its_role() -> None:
    row = {"SUB_NR": "1", "ACCT_NAME": "A", "REC_BLK": False}

    assert sample_company(debtors=[row, row]).chart.parties["1"].kind == PartyKind.CUSTOMER


def test_periods_say_whether_they_are_open() -> None:
    periods = read_periods(period_rows(2026))

    assert periods[0] == ChartPeriod(
        fiscal_year=2026, number=1, first_date=date(2026, 1, 1), last_date=date(2026, 1, 31), is_open=True
    )
    assert [period.number for period in periods if not period.is_open] == [8]


def test_broken_book_year_is_named_by_the_year_it_begins_in() -> None:
    rows = [
        {"PERIOD": 1, "BEG_DATE": "2025-07-01T00:00:00", "END_DATE": "2025-07-31T00:00:00"},
        {"PERIOD": 12, "BEG_DATE": "2026-06-01T00:00:00", "END_DATE": "2026-06-30T00:00:00"},
        {"PERIOD": 0, "BEG_DATE": "", "END_DATE": ""},
    ]

    periods = read_periods(rows)

    assert [(period.fiscal_year, period.number, period.is_open) for period in periods] == [
        (2025, 1, None),
        (2025, 12, None),
    ]
    assert read_periods([]) == []


def test_company_survives_the_cache() -> None:
    assert read_company(write_company(COMPANY)) == COMPANY


def test_company_that_an_older_version_kept_is_read_anew() -> None:
    assert read_company('{"id": "1"}') is None
