"""How the hook keeps to Exact's limits."""

from finance_hooks.model.outcome import Booked, Later, Refused
from tests.contract.bench import post
from tests.contract.exactonline.exact_bench import CALLS_OF_A_CHART, ExactBench, calls, numbered
from tests.targets.exactonline.brief_entries import NL_DIVISION
from tests.targets.exactonline.samples import SAMPLES

S1 = SAMPLES["S1"]
DAY_S = 86_400


def test_more_than_a_minutes_calls_wait_for_the_next_minute_and_none_is_throttled(exact: ExactBench) -> None:
    hook = exact.hook()

    outcomes = [post(hook, entry) for entry in numbered(130)]

    assert all(isinstance(outcome, Booked) for outcome in outcomes)
    assert [call for call in calls(exact, "POST") if call["status"] == 429] == []
    assert 60 <= sum(exact.clock.slept_s) <= 190


def test_wait_for_the_next_minute_outlasts_no_token(exact: ExactBench) -> None:
    hook = exact.hook()
    exact.expire_token()
    # Ten seconds before a minute ends: no sooner does Exact renew a token of less than 9.5 minutes.
    exact.clock.sleep(590)
    hook.read_chart(NL_DIVISION)
    renewed_at = exact.clock.now()
    # Half a minute is left of the token, more of the minute that its calls are counted in.
    exact.clock.sleep(exact.token_life_s - 35)

    outcomes = [post(hook, entry) for entry in numbered(70)]

    assert all(isinstance(outcome, Booked) for outcome in outcomes)
    assert (exact.clock.now() - renewed_at).total_seconds() > exact.token_life_s
    assert [call for call in calls(exact, "POST") if call["status"] == 401] == []


def test_each_entry_costs_one_call_beside_the_chart(exact: ExactBench) -> None:
    hook = exact.hook()

    for entry in numbered(40):
        post(hook, entry)

    assert len(calls(exact, "POST")) == 40
    assert len(calls(exact, "GET")) == CALLS_OF_A_CHART


def test_used_up_day_makes_entries_wait_until_it_is_over(exact: ExactBench) -> None:
    hook = exact.hook()
    hook.read_chart(NL_DIVISION)
    with exact.emulator.lock:
        (day,) = exact.emulator.limits.days.values()
        day.calls = 4990

    outcomes = [post(hook, entry) for entry in numbered(12)]

    assert [type(outcome) for outcome in outcomes] == [Booked] * 10 + [Later] * 2
    midnight = exact.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    for outcome in outcomes[10:]:
        assert isinstance(outcome, Later)
        assert DAY_S - 5 < (outcome.until - midnight).total_seconds() < DAY_S + 5
    assert exact.posting_calls() == 10


def test_endpoint_is_left_alone_after_eight_client_errors_in_an_hour(exact: ExactBench) -> None:
    hook = exact.hook()
    exact.control("faults", {"method": "POST", "path": exact.posting_path, "effect": "status", "status": 400})

    outcomes = [post(hook, entry) for entry in numbered(12)]

    assert [type(outcome) for outcome in outcomes] == [Refused] * 8 + [Later] * 4
    assert exact.posting_calls() == 8
    assert isinstance(post(hook, SAMPLES["P3"]), Refused)


def test_errors_are_forgotten_after_an_hour(exact: ExactBench) -> None:
    hook = exact.hook()
    exact.control("faults", {"method": "POST", "effect": "status", "status": 400, "times": 8})
    for entry in numbered(8):
        post(hook, entry)

    exact.clock.sleep(3700)

    assert isinstance(post(hook, S1), Booked)


def test_throttled_with_calls_left_is_the_block_that_lasts_an_hour(exact: ExactBench) -> None:
    hook = exact.hook()
    hook.read_chart(NL_DIVISION)
    endpoint = (
        hook.connection.client_id,
        exact.emulator.books_of(int(NL_DIVISION)).user.id,
        int(NL_DIVISION),
        "salesentry/salesentries",
    )
    for _ in range(11):
        exact.emulator.limits.count_error(endpoint, 400, exact.clock.now(), 1)

    outcome = post(hook, S1)

    assert isinstance(outcome, Later)
    assert 3590 < (outcome.until - exact.clock.now()).total_seconds() <= 3600
    assert isinstance(post(hook, S1), Later)
    assert exact.posting_calls() == 1
