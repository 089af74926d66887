"""What AFAS's answers mean: numbers, duplicates, locks, maintenance, time-outs, words, periods."""

from dataclasses import replace
from datetime import timedelta

import pytest

from finance_hooks.model.entry import Period
from finance_hooks.model.keys import make_reference
from finance_hooks.model.outcome import Booked, Later, Refused, Unknown
from finance_hooks.model.park_reason import ReasonCode
from tests.contract.afas.afas_bench import AfasBench
from tests.contract.afas.afas_entries import ENTRIES
from tests.contract.bench import post, post_all
from tests.targets.afas.samples import SAMPLES

S1, J1 = SAMPLES["S1"], SAMPLES["J1"]
POST_ANSWERS = ("results", "bare", "spec", "short", "empty")


@pytest.mark.parametrize("post_answer", POST_ANSWERS)
def test_number_of_an_entry_is_found_however_afas_answers(afas: AfasBench, post_answer: str) -> None:
    afas.switch(post_answer=post_answer)

    outcomes = post_all(afas.hook(), list(ENTRIES.values()))

    assert [type(outcome) for outcome in outcomes] == [Booked] * len(ENTRIES)
    for outcome, entry in zip(outcomes, ENTRIES.values(), strict=True):
        assert isinstance(outcome, Booked)
        (booked,) = afas.read_back(afas.hook(), entry)
        assert (booked.id, booked.entry_number) == (outcome.id, outcome.number)


def test_booked_entry_whose_number_cannot_be_asked_for_is_unknown(afas: AfasBench) -> None:
    hook = afas.hook()
    hook.read_chart("1")
    afas.switch(post_answer="empty")
    afas.control("faults", {"method": "GET", "effect": "html"})

    outcome = post(hook, S1)

    assert isinstance(outcome, Unknown)
    assert len(afas.books()) == 1


@pytest.mark.parametrize("text", ["as_for_creditors", "other"])
@pytest.mark.parametrize("name", ["S1", "P3"])
def test_entry_that_is_there_already_is_found_and_not_booked_again(
    afas: AfasBench, name: str, text: str
) -> None:
    afas.switch(debtor_duplicate_text=text)
    first = post(afas.hook(), SAMPLES[name])

    again = post(afas.hook(), SAMPLES[name])

    assert again == first
    assert len(afas.books()) == 1


def test_number_that_somebody_else_s_entry_has_is_for_a_person(afas: AfasBench) -> None:
    post(afas.hook(), replace(S1, reference=make_reference("somebody else")))

    outcome = post(afas.hook(), S1)

    assert isinstance(outcome, Refused), outcome
    assert [(reason.code, reason.value) for reason in outcome.reasons] == [
        (ReasonCode.NUMBER_TAKEN, "F2026-0042")
    ]


def test_two_suppliers_may_have_the_same_number(afas: AfasBench) -> None:
    entry = SAMPLES["P3"]
    other = replace(entry, party="70030", reference=make_reference("another supplier"))

    outcomes = post_all(afas.hook(), [entry, other])

    assert [type(outcome) for outcome in outcomes] == [Booked, Booked]
    period = Period(fiscal_year=2026, number=10)
    booked = list(afas.hook().read_entries("1", {"10"}, {period}))
    assert [(each.number, each.party) for each in booked] == [("AVI-88120", "70020"), ("AVI-88120", "70030")]


def test_journal_that_another_user_has_open_makes_the_entry_wait(afas: AfasBench) -> None:
    afas.switch(locked_journals="1/20")
    hook = afas.hook()

    outcome = post(hook, S1)

    assert isinstance(outcome, Later), outcome
    assert timedelta() < outcome.until - afas.clock.now() <= timedelta(seconds=60)
    assert afas.books() == []
    afas.switch(locked_journals="")
    assert isinstance(post(hook, S1), Booked)


def test_maintenance_at_night_is_waited_out(afas: AfasBench) -> None:
    hook = afas.hook()
    hook.read_chart("1")
    afas.switch(maintenance="21:00-07:00")

    outcome = post(hook, S1)

    # 04:00 in Amsterdam, so three hours are left.
    assert isinstance(outcome, Later), outcome
    assert timedelta(hours=2, minutes=59) < outcome.until - afas.clock.now() <= timedelta(hours=3)
    afas.clock.sleep(3 * 3600)
    assert isinstance(post(hook, S1), Booked)


def test_entry_that_afas_gave_up_waiting_for_is_unknown_and_found_once_it_is_done(afas: AfasBench) -> None:
    afas.switch(processing_s=900)

    outcome = post(afas.hook(), S1)

    assert isinstance(outcome, Unknown), outcome
    assert afas.read_back(afas.hook(), S1) == []
    afas.clock.sleep(900)
    assert len(afas.read_back(afas.hook(), S1)) == 1


def test_words_that_are_not_known_say_nothing_about_the_entry(afas: AfasBench) -> None:
    body = '{"externalMessage":"De wind staat verkeerd.","errorNumber":-1,"profitLogReference":"0F"}'
    afas.place(effect="status", status=500, body=body)

    outcome = post(afas.hook(), S1)

    assert isinstance(outcome, Unknown)
    assert "De wind staat verkeerd. (log 0F)" in outcome.why


def test_refusal_bears_the_reference_of_afas_s_own_log(afas: AfasBench) -> None:
    outcome = post(afas.hook(), afas.refused())

    assert isinstance(outcome, Refused)
    (reason,) = outcome.reasons
    assert (reason.code, reason.field, reason.value) == (ReasonCode.CODE_REFUSED, "currency", "XTS")
    assert "(log " in (reason.detail or "")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_period_closed_since_the_chart_was_read_is_told_from_other_refusals(
    afas: AfasBench, language: str
) -> None:
    afas.switch(environment_language=language)
    hook = afas.hook()
    hook.read_chart("1")
    afas.switch(closed_periods="2026/10")

    outcome = post(hook, S1)

    assert isinstance(outcome, Refused), outcome
    assert [(reason.code, reason.value) for reason in outcome.reasons] == [
        (ReasonCode.PERIOD_CLOSED, "2026-10")
    ]
    assert afas.posting_calls() == 1


def test_period_of_a_year_that_is_not_there_is_named_without_a_call(afas: AfasBench) -> None:
    outcome = post(afas.hook(), replace(S1, fiscal_year=2046))

    assert isinstance(outcome, Refused)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.YEAR_MISSING]
    assert afas.posting_calls() == 0
