"""What AFAS makes of entries: shifted VAT, currencies, administrations, cost centres, memorials, calls."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.outcome import Booked, Refused
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.afas.hook import AfasHook
from tests.contract.afas.afas_bench import AfasBench
from tests.contract.afas.afas_entries import numbered, without_accounts
from tests.contract.bench import post
from tests.targets.afas.samples import OTHERS, SAMPLES

S1 = SAMPLES["S1"]


@pytest.mark.parametrize(
    ("position", "by_two_lines", "booked"),
    [
        ("either", True, True),
        ("either", False, True),
        ("two_lines", True, True),
        ("two_lines", False, False),
        ("vat_code_only", True, False),
        ("vat_code_only", False, True),
    ],
)
def test_shifted_vat_goes_by_the_mapping_of_its_code_or_is_refused(
    afas: AfasBench, position: str, by_two_lines: bool, booked: bool
) -> None:
    afas.switch(reverse_charge=position)
    entry = SAMPLES["P1"] if by_two_lines else without_accounts(SAMPLES["P1"])

    outcome = post(afas.hook(), entry)

    assert isinstance(outcome, Booked if booked else Refused), outcome
    if isinstance(outcome, Refused):
        assert [(reason.code, reason.field) for reason in outcome.reasons] == [
            (ReasonCode.FIELD_REFUSED, "vat_code")
        ]


def test_rate_read_the_other_way_round_is_refused_and_not_booked_wrongly(afas: AfasBench) -> None:
    afas.switch(rate_direction="base_per_foreign")

    outcome = post(afas.hook(), OTHERS["foreign currency"])

    assert isinstance(outcome, Refused), outcome
    assert [(reason.code, reason.field) for reason in outcome.reasons] == [
        (ReasonCode.FIELD_REFUSED, "exchange_rate")
    ]
    assert afas.books() == []


def test_foreign_currency_of_an_entry_stands_in_the_books_as_it_was_sent(afas: AfasBench) -> None:
    post(afas.hook(), OTHERS["foreign currency"])

    (entry,) = afas.books()
    assert entry["currency"] == "USD"
    assert entry["party"] == "40010"
    assert sum(Decimal(line["debit"]) - Decimal(line["credit"]) for line in entry["lines"]) == 0


def test_entry_stands_in_the_administration_it_was_meant_for(afas: AfasBench) -> None:
    post(afas.hook(), S1)
    post(afas.hook(), replace(SAMPLES["S5"], administration="2"))

    assert [entry["document"] for entry in afas.books()] == ["F2026-0042"]
    (other,) = afas.control("books?administration=2")["entries"]
    assert other["document"].endswith(" F2026-0045")


@pytest.mark.parametrize(
    ("administration", "word"), [("3", "not among"), ("999", "not among"), ("main", "number")]
)
def test_administration_that_cannot_be_booked_in_is_refused_before_anything_is_sent(
    afas: AfasBench, administration: str, word: str
) -> None:
    hook = afas.hook()

    with pytest.raises(ConfigurationError, match=word):
        post(hook, replace(S1, administration=administration))

    assert afas.posting_calls() == 0
    assert hook.test_connection(administration)[0] is False


def test_cost_centre_stands_on_the_line_it_belongs_to(afas: AfasBench) -> None:
    post(afas.hook(), S1)

    (entry,) = afas.books()
    by_account = {line["account"]: line["cost_centre"] for line in entry["lines"]}
    assert by_account == {
        "1300": None,
        "8110": "INZ",
        "8120": "VERH",
        "8130": "VERW",
        "8140": "INZ",
        "1510": None,
    }


def test_customer_that_is_new_since_the_chart_was_read_is_found_at_once(afas: AfasBench) -> None:
    afas.hook().read_chart("1")
    row = {"DebtorId": "10999", "DebtorName": "Nieuwe klant", "CollectAccount": "1300", "CurrencyId": "EUR"}
    afas.control("load", {"1": {"Profit_Debtor": [row]}})

    outcome = post(afas.hook(), replace(S1, party="10999"))

    assert isinstance(outcome, Booked), outcome


def test_memorial_on_a_debtor_settles_an_open_item_and_is_read_back_as_a_memorial(afas: AfasBench) -> None:
    entry = OTHERS["memorial on a debtor"]

    assert isinstance(post(afas.hook(), entry), Booked)

    (booked,) = afas.read_back(afas.hook(), entry)
    assert (booked.kind, booked.gross, booked.number) == (entry.kind, entry.gross, "M2026-0011")
    assert {line.ledger_account for line in booked.lines} == {"1300", "8140"}


def test_each_entry_costs_one_call_beside_token_chart_and_one_look_at_the_first(afas: AfasBench) -> None:
    hook = afas.hook()

    for entry in numbered(40):
        assert isinstance(post(hook, entry), Booked)

    calls = list(afas.calls())
    assert len([call for call in calls if call["method"] == "GET"]) == 10
    assert len([call for call in calls if call["operation"] == "token"]) == 1
    assert len(calls) == 51


def test_hook_that_airflow_makes_from_a_connection_id_alone_says_what_to_do(afas: AfasBench) -> None:
    works, what = AfasHook("afas_bench").test_connection()

    assert not works
    assert "store" in what
    assert list(afas.calls()) == []
