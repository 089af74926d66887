"""How the hook keeps to Twinfield's credits, alone and with others."""

from collections import Counter

from finance_hooks.model.entry import Period
from finance_hooks.model.outcome import Booked
from tests.contract.bench import post_all
from tests.contract.twinfield.twinfield_bench import TwinfieldBench, calls, numbered
from tests.targets.twinfield.brief_entries import OFFICE


def refused_for_credits(bench: TwinfieldBench) -> list[object]:
    return [call for call in bench.calls() if call["status"] == 429]


def test_client_that_is_not_certified_books_at_least_190_entries_a_minute(
    uncertified: TwinfieldBench,
) -> None:
    hook = uncertified.hook()
    hook.read_chart(OFFICE)
    uncertified.clock.sleep(60)
    began_at = uncertified.clock.now()

    outcomes = post_all(hook, numbered(1000))

    assert {type(outcome) for outcome in outcomes} == {Booked}
    minutes = (uncertified.clock.now() - began_at).total_seconds() / 60
    assert len(outcomes) / minutes >= 190
    assert refused_for_credits(uncertified) == []


def test_thousand_entries_take_forty_requests(twinfield: TwinfieldBench) -> None:
    hook = twinfield.hook()
    hook.read_chart(OFFICE)
    before = len(list(twinfield.calls()))

    post_all(hook, numbered(1000))

    later = list(twinfield.calls())[before:]
    assert [call["operation"] for call in later] == ["transactions"] * 40
    assert sum(twinfield.clock.slept_s) == 0


def test_reading_a_chart_stays_within_the_credits_of_a_client_that_is_not_certified(
    uncertified: TwinfieldBench,
) -> None:
    uncertified.hook().read_chart(OFFICE)

    assert refused_for_credits(uncertified) == []
    assert sum(uncertified.clock.slept_s) <= 120


def test_workers_on_administrations_of_one_organisation_share_its_credits(
    uncertified: TwinfieldBench,
) -> None:
    first, second = uncertified.hook(), uncertified.hook()
    first.read_chart(OFFICE)

    for start in range(0, 400, 50):
        entries = numbered(400)[start : start + 50]
        first.post_entries(entries[:25])
        second.post_entries(entries[25:])

    assert len(uncertified.books()) == 400
    assert refused_for_credits(uncertified) == []


def test_connection_marked_certified_by_mistake_learns_its_limit_from_the_answers(
    uncertified: TwinfieldBench,
) -> None:
    uncertified.connect(certified=True)
    hook = uncertified.hook()

    hook.read_chart(OFFICE)
    outcomes = post_all(hook, numbered(500))

    assert {type(outcome) for outcome in outcomes} == {Booked}
    assert refused_for_credits(uncertified) == []


def test_credits_are_counted_as_twinfield_counts_them(twinfield: TwinfieldBench) -> None:
    hook = twinfield.hook()
    hook.read_chart(OFFICE)

    post_all(hook, numbered(100))

    (spent,) = [
        window.spent
        for (_, organisation), window in twinfield.emulator.limits.windows.items()
        if organisation
    ]
    assert f"{500 - spent} of 500 credits" in hook.client.quota.describe_left()
    assert spent == len(calls(twinfield, "list")) + len(calls(twinfield, "read")) + len(
        calls(twinfield, "Search")
    ) + len(calls(twinfield, "Query")) + 3 * len(calls(twinfield, "transactions"))


def test_night_of_a_thousand_entries_takes_the_calls_and_credits_that_the_page_promises(
    twinfield: TwinfieldBench,
) -> None:
    periods = [Period(fiscal_year=2026, number=number) for number in (9, 10, 11)]
    loading, proving = twinfield.hook(), twinfield.hook()

    loading.read_chart(OFFICE)
    list(loading.read_entries(OFFICE, {"VRK"}, periods))
    post_all(loading, numbered(1000))
    read = list(proving.read_entries(OFFICE, {"VRK"}, periods))

    assert len(read) == 1000
    assert Counter(call["operation"] for call in twinfield.calls()) == {
        "authorize": 1,
        "token": 1,
        "accesstokenvalidation": 2,
        "list": 7,
        "read": 19,
        "Search": 5,
        "Query": 5,
        "browse": 6,
        "transactions": 40,
    }
    spent = [
        window.spent
        for (_, organisation), window in twinfield.emulator.limits.windows.items()
        if organisation
    ]
    assert spent == [36 + 6 + 120]
