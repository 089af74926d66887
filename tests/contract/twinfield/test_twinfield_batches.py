"""What becomes of many entries in one request: each by itself, whatever becomes of the others."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.keys import make_reference
from finance_hooks.model.outcome import Booked, Later, Refused, Unknown
from finance_hooks.model.park_reason import ReasonCode
from tests.contract.bench import post, post_all
from tests.contract.twinfield.twinfield_bench import TwinfieldBench, calls, numbered
from tests.targets.twinfield.brief_entries import OFFICE, line, memorial
from tests.targets.twinfield.samples import SAMPLES

S1, S5 = SAMPLES["S1"], SAMPLES["S5"]


def test_refused_entries_of_a_request_bear_their_own_reasons_and_the_others_are_booked(
    twinfield: TwinfieldBench,
) -> None:
    entries = numbered(25)
    entries[2] = replace(entries[2], lines=(replace(S1.lines[0], cost_centre=None), *S1.lines[1:]))
    entries[17] = replace(entries[17], number=entries[16].number)

    outcomes = post_all(twinfield.hook(), entries)

    assert Counter(type(outcome) for outcome in outcomes) == {Booked: 23, Refused: 2}
    assert twinfield.posting_calls() == 1
    third, eighteenth = outcomes[2], outcomes[17]
    assert isinstance(third, Refused)
    assert [(reason.code, reason.document, reason.line) for reason in third.reasons] == [
        (ReasonCode.FIELD_REFUSED, entries[2].number, 1)
    ]
    assert isinstance(eighteenth, Refused)
    assert [(reason.code, reason.field) for reason in eighteenth.reasons] == [
        (ReasonCode.PERHAPS_BOOKED, "number")
    ]
    for entry, outcome in zip(entries, outcomes, strict=True):
        if isinstance(outcome, Booked):
            (booked,) = twinfield.read_back(twinfield.hook(), entry)
            assert (booked.id, booked.number) == (outcome.id, entry.number)


def test_answers_in_another_order_go_to_the_entries_they_are_about(twinfield: TwinfieldBench) -> None:
    twinfield.switch(batch_order="refused_first")
    entries = numbered(10)
    entries[7] = replace(entries[7], lines=(replace(S1.lines[0], cost_centre=None), *S1.lines[1:]))

    outcomes = post_all(twinfield.hook(), entries)

    assert [type(outcome) for outcome in outcomes] == [*[Booked] * 7, Refused, Booked, Booked]
    for entry, outcome in zip(entries, outcomes, strict=True):
        assert outcome.reference == entry.reference
        booked = twinfield.read_back(twinfield.hook(), entry)
        assert [each.id for each in booked] == ([outcome.id] if isinstance(outcome, Booked) else [])


@pytest.mark.parametrize("severity", ["warning", "error"])
def test_number_that_was_booked_before_is_never_booked_twice(
    twinfield: TwinfieldBench, severity: str
) -> None:
    twinfield.switch(duplicate_invoice_number=severity)
    post(twinfield.hook(), S1)

    outcome = post(twinfield.hook(), replace(S1, reference=make_reference("again")))

    assert isinstance(outcome, Refused)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.PERHAPS_BOOKED]
    assert len(twinfield.books()) == 1


@pytest.mark.parametrize("effect", ["lost_answer", "html", "truncated"])
def test_lost_answer_is_unknown_for_exactly_the_entries_of_its_request(
    twinfield: TwinfieldBench, effect: str
) -> None:
    hook, entries = twinfield.hook(), numbered(75)
    hook.post_entries(entries[:25])
    twinfield.place(effect=effect)

    second = hook.post_entries(entries[25:50])
    third = hook.post_entries(entries[50:])

    assert {type(outcome) for outcome in second} == {Unknown}
    assert {type(outcome) for outcome in third} == {Booked}
    assert twinfield.posting_calls() == 3
    assert [outcome.reference for outcome in second] == [entry.reference for entry in entries[25:50]]


def test_request_that_was_refused_whole_is_sent_again_in_halves(twinfield: TwinfieldBench) -> None:
    hook, entries = twinfield.hook(), numbered(25)
    twinfield.control("faults", {**twinfield.posting_fault, "effect": "status", "status": 400, "times": 4})

    outcomes = hook.post_entries(entries)

    # 25, then 12, 6 and 3 are refused; of those three 1 and 2 go by themselves.
    assert {type(outcome) for outcome in outcomes} == {Booked}
    assert [outcome.reference for outcome in outcomes] == [entry.reference for entry in entries]
    assert len(twinfield.books()) == 25


def test_entry_that_is_refused_by_itself_is_the_only_one_that_is(twinfield: TwinfieldBench) -> None:
    hook = twinfield.hook()
    twinfield.control("faults", {**twinfield.posting_fault, "effect": "status", "status": 400, "times": 2})

    outcomes = hook.post_entries(numbered(2))

    assert [type(outcome) for outcome in outcomes] == [Refused, Booked]


def test_entry_of_a_thousand_lines_is_booked_and_one_more_is_refused_without_a_call(
    twinfield: TwinfieldBench,
) -> None:
    largest = replace(
        S5,
        lines=tuple(replace(S5.lines[0], number=number) for number in range(1, 1000)),
        gross=S5.gross * 999,
        vat=S5.vat * 999,
        gross_in_books=S5.gross * 999,
    )
    hook = twinfield.hook()

    booked, refused = post_all(
        hook,
        [
            largest,
            replace(largest, number="F2", reference="QAAAAAAAAAA", lines=(*largest.lines, S5.lines[0])),
        ],
    )

    assert isinstance(booked, Booked), booked
    assert booked.totals.gross == largest.gross
    assert isinstance(refused, Refused)
    assert [reason.code for reason in refused.reasons] == [ReasonCode.TOO_MANY_LINES]
    assert twinfield.posting_calls() == 1


def test_memorial_of_a_thousand_lines_is_booked(twinfield: TwinfieldBench) -> None:
    others = [line(number, "8290", "-1.00", None, "x") for number in range(2, 1001)]
    entry = memorial("M1", [line(1, "1390", "999.00", None, "x"), *others])

    outcome = post(twinfield.hook(), entry)

    assert isinstance(outcome, Booked), outcome
    (read,) = twinfield.read_back(twinfield.hook(), entry)
    assert (len(read.lines), read.gross) == (1000, Decimal("999.00"))


def test_twenty_five_entries_are_one_request_and_twenty_six_are_two(twinfield: TwinfieldBench) -> None:
    post_all(twinfield.hook(), numbered(26))

    assert twinfield.posting_calls() == 2
    assert len(twinfield.books()) == 26


def test_large_entries_are_spread_over_requests_by_their_size(twinfield: TwinfieldBench) -> None:
    lines = tuple(replace(S5.lines[0], number=number) for number in range(1, 990))
    entries = [
        replace(entry, lines=lines, gross=S5.gross * 989, vat=S5.vat * 989, gross_in_books=S5.gross * 989)
        for entry in numbered(6)
    ]

    outcomes = twinfield.hook().post_entries(entries)

    assert {type(outcome) for outcome in outcomes} == {Booked}
    assert twinfield.posting_calls() > 1


def test_rights_taken_away_in_mid_run_cost_one_request(twinfield: TwinfieldBench) -> None:
    hook, entries = twinfield.hook(), numbered(50)
    hook.read_chart(OFFICE)
    twinfield.control("faults", {**twinfield.posting_fault, "effect": "status", "status": 403})

    first = hook.post_entries(entries[:25])
    with pytest.raises(ConfigurationError, match="403"):
        hook.post_entries(entries[25:])

    assert {type(outcome) for outcome in first} == {Refused}
    assert twinfield.posting_calls() == 1


def test_throttled_request_makes_all_its_entries_wait_as_long_as_twinfield_asks(
    twinfield: TwinfieldBench,
) -> None:
    hook = twinfield.hook()
    hook.read_chart(OFFICE)
    twinfield.place(effect="throttle", delay_s=37)

    outcomes = hook.post_entries(numbered(25))

    assert {type(outcome) for outcome in outcomes} == {Later}
    for outcome in outcomes:
        assert isinstance(outcome, Later)
        assert 36 <= (outcome.until - twinfield.clock.now()).total_seconds() <= 38
    assert len(calls(twinfield, "transactions")) == 1
