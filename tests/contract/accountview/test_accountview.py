"""What only AccountView asks of its hook: companies, rights, charts, read-back, waiting."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Period
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Booked, Later, Refused, Unknown
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.accountview.hook import AccountViewHook
from tests.contract.accountview.accountview_bench import AccountViewBench, asked, numbered
from tests.contract.bench import post
from tests.targets.accountview.brief_entries import COMPANY
from tests.targets.accountview.samples import OTHERS, SAMPLES

S1 = SAMPLES["S1"]
OCTOBER = Period(fiscal_year=2026, number=10)


@pytest.mark.parametrize("code", ["VB03", "VB0", "VB011", "999"])
def test_company_is_found_by_its_exact_code_or_nothing_is_sent(
    accountview: AccountViewBench, code: str
) -> None:
    hook = accountview.hook()

    with pytest.raises(ConfigurationError, match="VB01, VB02"):
        post(hook, replace(S1, administration=code))

    assert accountview.posting_calls() == 0
    assert hook.test_connection(code)[0] is False


def test_page_lands_in_the_company_of_the_code(accountview: AccountViewBench) -> None:
    post(accountview.hook(), replace(S1, administration="VB02"))

    assert accountview.books() == []
    assert len(accountview.control("books?administration=VB02")["entries"]) == 1


def test_user_without_any_company_is_told_what_to_do(accountview: AccountViewBench) -> None:
    accountview.switch(companies_bound=False)

    works, what = accountview.hook().test_connection()

    assert not works
    assert "bind the application" in what


def test_user_without_rights_to_post_costs_one_call_and_one_entry(accountview: AccountViewBench) -> None:
    accountview.switch(user_may_post=False)
    hook = accountview.hook()

    first = post(hook, S1)
    with pytest.raises(ConfigurationError, match="rechten"):
        post(hook, SAMPLES["P3"])

    assert isinstance(first, Refused)
    assert [reason.code for reason in first.reasons] == [ReasonCode.TARGET_CONFIGURATION]
    assert accountview.posting_calls() == 1


def test_administration_that_a_user_holds_makes_entries_wait(accountview: AccountViewBench) -> None:
    accountview.switch(administration_state="blocked")

    outcome = post(accountview.hook(), S1)

    assert isinstance(outcome, Later), outcome
    assert "BEHEER" in outcome.why
    accountview.switch(administration_state="free")
    assert isinstance(post(accountview.hook(), S1), Booked)


def test_administration_under_maintenance_is_no_absence(accountview: AccountViewBench) -> None:
    post(accountview.hook(), S1)
    accountview.switch(administration_state="reorganising")

    with pytest.raises(TemporaryFailure):
        accountview.read_back(accountview.hook(), S1)
    assert isinstance(post(accountview.hook(), numbered(1)[0]), Later)


def test_chart_is_read_once_for_all_runs_of_half_a_day(accountview: AccountViewBench) -> None:
    accountview.hook().read_chart(COMPANY)
    before = len(asked(accountview))

    accountview.hook().read_chart(COMPANY)

    assert 0 < before < 25
    assert len(asked(accountview)) == before


def test_relation_that_is_new_since_the_chart_was_read_is_found_at_once(
    accountview: AccountViewBench,
) -> None:
    accountview.hook().read_chart(COMPANY)
    row = {"SUB_NR": "10999", "ACCT_NAME": "Nieuwe klant", "SRC_CODE": "NIEUW", "ACCT_NR": "1210"}
    accountview.control("load", {COMPANY: {"CONTACT": [row]}})

    outcome = post(accountview.hook(), replace(S1, party="10999"))

    assert isinstance(outcome, Booked), outcome


def test_chart_is_read_again_once_a_load_however_many_codes_are_unknown(
    accountview: AccountViewBench,
) -> None:
    hook = accountview.hook()
    hook.read_chart(COMPANY)
    first = len(asked(accountview))
    again = accountview.hook()

    outcomes = [post(again, replace(entry, party="nobody")) for entry in numbered(5)]

    assert [type(outcome) for outcome in outcomes] == [Refused] * 5
    assert len(asked(accountview)) == 2 * first


def test_journal_that_numbers_itself_is_refused_without_a_call(accountview: AccountViewBench) -> None:
    outcome = post(accountview.hook(), replace(S1, journal="VRA"))

    assert isinstance(outcome, Refused)
    (reason,) = outcome.reasons
    assert (reason.code, reason.field, reason.value) == (ReasonCode.FIELD_REFUSED, "journal", "VRA")
    assert "NUM_AUTO" in (reason.detail or "")
    assert accountview.posting_calls() == 0
    assert "VRA" in accountview.hook().test_connection(COMPANY)[1]


def test_after_an_unclear_answer_nothing_leaves_until_the_installation_answers_again(
    accountview: AccountViewBench,
) -> None:
    hook = accountview.hook()
    first, second = numbered(2)
    hook.read_chart(COMPANY)
    accountview.control("faults", {"effect": "status", "status": 502})

    outcome = post(hook, first)
    with pytest.raises(TemporaryFailure):
        post(hook, second)

    assert isinstance(outcome, Unknown)
    assert accountview.posting_calls() == 1
    accountview.server.emulator.faults.clear()
    assert isinstance(post(hook, second), Booked)


def test_page_that_cannot_be_read_back_stays_booked_by_the_answer(accountview: AccountViewBench) -> None:
    hook = accountview.hook()
    hook.read_chart(COMPANY)
    accountview.control("faults", {"method": "GET", "effect": "status", "status": 503})

    outcome = post(hook, S1)

    assert isinstance(outcome, Booked)
    assert outcome.totals.gross == S1.gross


def test_calls_that_are_throttled_wait_as_long_as_the_portal_says(accountview: AccountViewBench) -> None:
    hook = accountview.hook()
    hook.read_chart(COMPANY)
    accountview.clock.sleep(120)
    accountview.switch(calls_per_minute=1)
    with pytest.raises(TemporaryFailure) as caught:
        list(hook.read_entries(COMPANY, {"VRK"}, {OCTOBER}))

    outcome = post(hook, S1)

    assert 0 < caught.value.retry_after_s <= 60
    assert isinstance(outcome, Later)


def test_payment_term_g_account_and_cost_codes_stand_on_the_page(accountview: AccountViewBench) -> None:
    post(accountview.hook(), SAMPLES["S7"])

    (page,) = accountview.emulator.books_of(COMPANY, 2026).pages()

    assert (page.header["DISC_CODE"], page.header["CRED_DAYS"]) == ("30", 30)
    assert page.header["BLK_AMT"] == Decimal("968.00")
    assert (page.lines[0]["COST_CODE"], page.lines[0]["PROJ_CODE"]) == ("PERS", "REST")


def test_long_number_of_a_supplier_stands_whole_in_the_description(accountview: AccountViewBench) -> None:
    entry = OTHERS["long number"]
    post(accountview.hook(), entry)

    (page,) = accountview.emulator.books_of(COMPANY, 2026).pages()

    assert page.header["INV_NR"] == entry.reference
    assert page.header["HDR_DESC"] == f"{entry.number} [{entry.reference}]"


def test_hook_that_airflow_makes_from_a_connection_id_alone_says_what_to_do(
    accountview: AccountViewBench,
) -> None:
    works, what = AccountViewHook("accountview_bench").test_connection()

    assert not works
    assert "store" in what
    assert asked(accountview) == []
