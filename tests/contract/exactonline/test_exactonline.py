"""What only Exact asks of its hook: limits, rights, divisions, charts, rates, pages."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Period
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.keys import make_reference
from finance_hooks.model.outcome import Booked, Refused, Unknown
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.exactonline.hook import ExactOnlineHook
from tests.contract.bench import post
from tests.contract.exactonline.exact_bench import CALLS_OF_A_CHART, ExactBench, calls, numbered
from tests.targets.exactonline.brief_entries import NL_DIVISION
from tests.targets.exactonline.samples import OTHERS, SAMPLES

S1 = SAMPLES["S1"]


def test_chart_is_read_once_for_all_runs_of_half_a_day(exact: ExactBench) -> None:
    post(exact.hook(), numbered(1)[0])
    before = len(calls(exact, "GET"))

    post(exact.hook(), numbered(2)[1])

    assert len(calls(exact, "GET")) == before


def test_user_without_posting_rights_costs_one_call_and_one_entry(exact: ExactBench) -> None:
    exact.switch(user_may_post=False)
    hook = exact.hook()

    first = post(hook, S1)
    with pytest.raises(ConfigurationError, match="403"):
        post(hook, SAMPLES["P3"])

    assert isinstance(first, Refused)
    assert [reason.code for reason in first.reasons] == [ReasonCode.TARGET_CONFIGURATION]
    assert exact.posting_calls() == 1


def test_connection_test_tells_missing_rights_without_an_error_at_exact(exact: ExactBench) -> None:
    exact.switch(user_may_post=False)

    works, what = exact.hook().test_connection()

    assert not works
    assert "may not post sales, purchase, memorial" in what
    assert [call for call in calls(exact) if call["status"] >= 400] == []


@pytest.mark.parametrize(
    ("division", "word"),
    [("1234569", "scope"), ("1234560", "DivisionBlocked"), ("999", "scope"), ("main", "number")],
)
def test_division_that_cannot_be_booked_in_is_refused_before_anything_is_sent(
    exact: ExactBench, division: str, word: str
) -> None:
    hook = exact.hook()

    with pytest.raises(ConfigurationError, match=word):
        post(hook, replace(S1, administration=division))

    assert exact.posting_calls() == 0
    assert hook.test_connection(division)[0] is False


def test_missing_scope_is_named_in_exacts_words(exact: ExactBench) -> None:
    exact.switch(missing_scopes="financial.costcenters")

    with pytest.raises(ConfigurationError, match=r"financial\.costcenters"):
        exact.hook().read_chart(NL_DIVISION)


def test_customer_that_is_new_since_the_chart_was_read_is_found_at_once(exact: ExactBench) -> None:
    exact.hook().read_chart(NL_DIVISION)
    row = {"Code": "10999", "Name": "Nieuwe klant", "Status": "C", "IsSupplier": False, "Blocked": False}
    exact.control("load", {NL_DIVISION: {"crm/Accounts": [row]}})

    outcome = post(exact.hook(), replace(S1, party="10999"))

    assert isinstance(outcome, Booked), outcome


def test_chart_is_read_again_once_a_load_however_many_codes_are_unknown(exact: ExactBench) -> None:
    exact.hook().read_chart(NL_DIVISION)
    before = len(calls(exact))
    hook = exact.hook()

    outcomes = [post(hook, replace(entry, party="nobody")) for entry in numbered(5)]

    assert [type(outcome) for outcome in outcomes] == [Refused] * 5
    assert len(calls(exact)) - before == CALLS_OF_A_CHART


def test_rate_read_the_other_way_round_shows_at_the_first_entry_and_stops_the_rest(exact: ExactBench) -> None:
    exact.switch(rate_direction="fc_per_dc")
    hook, entry = exact.hook(), OTHERS["foreign currency"]

    first = post(hook, entry)
    second = post(hook, replace(entry, number="F2026-0060", reference=make_reference("another")))

    assert isinstance(first, Booked)
    assert first.totals.gross_in_books == Decimal("1086.96")
    assert isinstance(second, Refused)
    assert [(reason.code, reason.field) for reason in second.reasons] == [
        (ReasonCode.TARGET_CONFIGURATION, "exchange_rate")
    ]
    assert exact.posting_calls() == 1
    assert isinstance(post(hook, S1), Booked)


def test_books_of_thousands_of_lines_are_read_in_pages_of_a_thousand(exact: ExactBench) -> None:
    exact.control("limits", {"scale": 0})
    hook, entries = exact.hook(), numbered(250)
    for entry in entries:
        post(hook, entry)
    before = len(calls(exact))

    booked = list(hook.read_entries(NL_DIVISION, {"70"}, {Period(fiscal_year=2026, number=10)}))

    lines = sum(len(each.lines) for each in booked)
    assert {reference for each in booked for reference in each.references} == {
        entry.reference for entry in entries
    }
    assert lines > 1000
    assert len(calls(exact)) - before == -(-lines // 1000)


def test_reading_no_journal_or_no_period_makes_no_call(exact: ExactBench) -> None:
    hook = exact.hook()

    assert list(hook.read_entries(NL_DIVISION, set(), {Period(fiscal_year=2026, number=10)})) == []
    assert list(hook.read_entries(NL_DIVISION, {"70"}, set())) == []
    assert calls(exact) == []


def test_only_what_was_asked_for_is_read(exact: ExactBench) -> None:
    hook = exact.hook()
    for name in ("S1", "P3", "J1"):
        post(hook, SAMPLES[name])

    period = Period(fiscal_year=2026, number=10)
    booked = list(hook.read_entries(NL_DIVISION, {"70", "90"}, {period}))

    assert sorted(each.journal for each in booked) == ["70", "90"]
    assert list(hook.read_entries(NL_DIVISION, {"70"}, {replace(period, number=9)})) == []


def test_run_of_many_token_lives_never_meets_a_refused_token(exact: ExactBench) -> None:
    hook = exact.hook()

    for entry in numbered(8):
        assert isinstance(post(hook, entry), Booked)
        exact.clock.sleep(400)

    assert [call for call in calls(exact, "POST") if call["status"] == 401] == []


def test_connection_nobody_consented_to_says_so(exact: ExactBench) -> None:
    with exact.emulator.lock:
        exact.emulator.oauth.access.clear()
        exact.emulator.oauth.grants.clear()
    exact.clock.sleep(600)

    works, what = exact.hook().test_connection()

    assert not works
    assert what
    with pytest.raises((ConfigurationError, TemporaryFailure)):
        post(exact.hook(), S1)


def test_hook_that_airflow_makes_from_a_connection_id_alone_says_what_to_do(exact: ExactBench) -> None:
    works, what = ExactOnlineHook("exactonline_bench").test_connection()

    assert not works
    assert "store" in what
    assert calls(exact) == []


def test_booking_carried_out_late_and_shown_late_still_shows_before_its_absence_counts(
    exact: ExactBench,
) -> None:
    # What the books begin with is older than what takes its time to show.
    exact.clock.sleep(60)
    exact.switch(sync_lag_s=60)
    hook = exact.hook()
    exact.place(effect="late_booking", delay_s=299)

    assert isinstance(post(hook, S1), Unknown)
    exact.clock.sleep(299)
    assert len(exact.books()) == 1
    assert exact.read_back(exact.hook(), S1) == []

    exact.clock.sleep(hook.settings.settle_s - 299)
    assert len(exact.read_back(exact.hook(), S1)) == 1
