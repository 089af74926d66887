from dataclasses import replace
from datetime import date

from finance_hooks.targets.supposed_chart import suppose_chart
from tests.targets.afas.samples import OTHERS, SAMPLES

S1, P1 = SAMPLES["S1"], SAMPLES["P1"]


def test_chart_holds_what_the_entry_names_and_nothing_else() -> None:
    chart = suppose_chart(P1, journal_kind="purchase", party_kind="creditor")

    assert set(chart.journals) == {"11"}
    assert set(chart.ledger_accounts) == {"4710", "1505", "1520"}
    assert set(chart.vat_codes) == {"7"}
    assert set(chart.cost_centres) == {"HANDEL"}
    assert chart.cost_units == {}
    assert set(chart.payment_terms) == {"14"}
    assert {code: party.kind for code, party in chart.parties.items()} == {"70007": "creditor"}
    assert (chart.administration, chart.currency) == ("1", "EUR")


def test_what_the_entry_lacks_is_lacking() -> None:
    bare = replace(S1, journal="", party=None, payment_term=None)

    chart = suppose_chart(bare, journal_kind="sales", party_kind="debtor")

    assert chart.journals == chart.parties == chart.payment_terms == {}


def test_party_of_a_memorial_line_is_supposed_too() -> None:
    chart = suppose_chart(OTHERS["memorial on a debtor"], journal_kind="memorial", party_kind="both")

    assert set(chart.parties) == {"10045"}


def test_currency_of_the_books_is_unknown_where_the_document_is_in_another() -> None:
    assert suppose_chart(OTHERS["foreign currency"], journal_kind="", party_kind="").currency == ""


def test_period_is_open_and_holds_the_entrys_day_whatever_its_month() -> None:
    entry = replace(S1, entry_date=date(2026, 10, 15), fiscal_year=2027, period=1)

    (period,) = suppose_chart(entry, journal_kind="", party_kind="").periods

    assert (period.fiscal_year, period.number, period.is_open) == (2027, 1, None)
    assert period.first_date <= entry.entry_date <= period.last_date
    assert period.is_supposed
