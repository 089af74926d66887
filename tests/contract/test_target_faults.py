"""What every package must do when things go wrong, over a real socket: lost answers, limits, refusals."""

from dataclasses import replace
from datetime import timedelta

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.money import ZERO
from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Unknown
from finance_hooks.model.park_reason import ReasonCode
from tests.contract.bench import Bench, post, post_all


@pytest.mark.parametrize("effect", ["lost_answer", "reset", "html", "truncated"])
def test_lost_answer_is_unknown_and_found_in_the_books(bench: Bench, sale: Entry, effect: str) -> None:
    bench.place(effect=effect, **({"when": "after"} if effect in {"reset", "html"} else {}))

    outcome = post(bench.hook(), sale)

    is_whole = effect == "truncated" and bench.position.answer_is_empty
    assert isinstance(outcome, Booked if is_whole else Unknown), outcome
    assert bench.posting_calls() == 1
    (booked,) = bench.read_back(bench.hook(), sale)
    assert booked.gross == sale.gross


def test_cut_answer_of_declared_length_is_unknown(bench: Bench, sale: Entry) -> None:
    bench.place(effect="truncated", length="full")

    outcome = post(bench.hook(), sale)

    assert isinstance(outcome, Booked if bench.position.answer_is_empty else Unknown), outcome
    assert bench.posting_calls() == 1


@pytest.mark.parametrize("effect", ["reset", "html"])
def test_answer_lost_before_booking_is_unknown_and_absent_from_the_books(
    bench: Bench, sale: Entry, effect: str
) -> None:
    bench.place(effect=effect)

    outcome = post(bench.hook(), sale)

    assert isinstance(outcome, Unknown)
    assert bench.read_back(bench.hook(), sale) == []
    assert isinstance(post(bench.hook(), sale), Booked)
    assert len(bench.books()) == 1


def test_booking_that_arrives_late_is_absent_first_and_found_within_the_settle_time(
    bench: Bench, sale: Entry
) -> None:
    hook = bench.hook()
    delay_s = hook.settings.settle_s - 10 - bench.position.shown_after_s
    bench.place(effect="late_booking", delay_s=delay_s)

    assert isinstance(post(hook, sale), Unknown)
    assert bench.read_back(bench.hook(), sale) == []

    bench.clock.sleep(delay_s)
    assert len(bench.books()) == 1
    assert len(bench.read_back(bench.hook(), sale)) == 1


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_fault_of_the_package_is_unknown_and_not_sent_again(bench: Bench, sale: Entry, status: int) -> None:
    bench.place(effect="status", status=status, when="after")

    outcome = post(bench.hook(), sale)

    assert isinstance(outcome, Unknown)
    assert bench.posting_calls() == 1
    assert len(bench.read_back(bench.hook(), sale)) == 1


def test_redirect_of_a_booking_is_not_followed(bench: Bench, sale: Entry) -> None:
    bench.place(effect="status", status=302, body="")

    assert isinstance(post(bench.hook(), sale), Unknown)
    assert bench.posting_calls() == 1


def test_throttled_entry_comes_later_and_is_booked_then(bench: Bench, sale: Entry) -> None:
    bench.place(effect="throttle", delay_s=40)
    hook = bench.hook()

    outcome = post(hook, sale)

    assert isinstance(outcome, Later)
    assert timedelta(seconds=30) < outcome.until - bench.clock.now() < timedelta(seconds=60)
    assert bench.books() == []
    bench.clock.sleep(60)
    assert isinstance(post(bench.hook(), sale), Booked)


def test_refusal_names_what_the_package_said_and_books_nothing(bench: Bench) -> None:
    entry = bench.refused()

    outcome = post(bench.hook(), entry)

    if bench.position.leaves_refused:
        _assert_rest_is_told(bench, entry, outcome)
        return
    if not bench.position.tells_refusals:
        _assert_books_are_asked(bench, entry, outcome)
        return
    assert isinstance(outcome, Refused), outcome
    assert all(reason.document == entry.number and reason.detail for reason in outcome.reasons)
    assert bench.books() == []


def _assert_rest_is_told(bench: Bench, entry: Entry, outcome: Outcome) -> None:
    """What a refusal left behind stands once, with the amounts that stand, and is not sent again."""
    assert isinstance(outcome, Booked), outcome
    assert outcome.totals.gross != entry.gross
    assert [found.id for found in bench.read_back(bench.hook(), entry)] == [outcome.id]
    assert (bench.posting_calls(), len(bench.books())) == (1, 1)


def _assert_books_are_asked(bench: Bench, entry: Entry, outcome: Outcome) -> None:
    """What was refused without a word is unknown until the books were asked, which hold nothing of it."""
    assert isinstance(outcome, Unknown), outcome
    assert bench.read_back(bench.hook(), entry) == []
    assert (bench.posting_calls(), bench.books()) == (1, [])


def test_refused_entry_does_not_hold_up_the_next(bench: Bench, sale: Entry) -> None:
    first, second = post_all(bench.hook(), [bench.refused(), sale])

    told = Booked if bench.position.leaves_refused else Refused
    assert isinstance(first, told if bench.position.tells_refusals else Unknown)
    assert isinstance(second, Booked), second


def test_unbalanced_memorial_is_refused(bench: Bench) -> None:
    entry = bench.unbalanced()

    outcome = post(bench.hook(), entry)

    if not bench.position.tells_refusals:
        _assert_books_are_asked(bench, entry, outcome)
        return
    assert isinstance(outcome, Refused), outcome
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.MEMORIAL_UNBALANCED]
    assert bench.books() == []


def test_closed_period_is_told_from_other_refusals(bench: Bench) -> None:
    entry = bench.in_closed_period()

    outcome = post(bench.hook(), entry)

    if not bench.position.tells_refusals:
        _assert_books_are_asked(bench, entry, outcome)
        return
    assert isinstance(outcome, Refused), outcome
    (reason,) = outcome.reasons
    assert (reason.code, reason.value) == (
        ReasonCode.PERIOD_CLOSED,
        f"{entry.fiscal_year}-{entry.period:02d}",
    )


def test_unknown_codes_are_all_named_without_a_call(bench: Bench, sale: Entry) -> None:
    line = replace(sale.lines[0], ledger_account="000", vat_code="ZZ", vat_amount=ZERO)
    entry = replace(sale, journal="ZZZ", party="000", lines=(line, *sale.lines[1:]))

    outcome = post(bench.hook(), entry)

    assert isinstance(outcome, Refused)
    assert {reason.value for reason in outcome.reasons} == {"ZZZ", "000", "ZZ"}
    assert {reason.code for reason in outcome.reasons} == {ReasonCode.CODE_REFUSED}
    assert bench.posting_calls() == 0


def test_token_that_expired_in_mid_run_is_renewed_and_the_entry_booked_once(
    bench: Bench, sale: Entry
) -> None:
    hook = bench.hook()
    post(hook, list(bench.bookable().values())[1])
    bench.expire_token()

    outcome = post(hook, sale)

    assert isinstance(outcome, Booked), outcome
    assert len(bench.books()) == 2


def test_rejected_token_is_not_tried_for_ever(bench: Bench, sale: Entry) -> None:
    bench.control("faults", {**bench.posting_fault, "effect": "token_expired"})
    hook = bench.hook()

    outcome = post(hook, sale)

    assert isinstance(outcome, Refused | Later), outcome
    assert bench.posting_calls() <= 2
    assert bench.books() == []


def test_wrong_credentials_are_for_a_person_and_nothing_is_sent(bench: Bench, sale: Entry) -> None:
    hook = bench.with_wrong_credentials()

    works, what = hook.test_connection()
    with pytest.raises(ConfigurationError):
        post(hook, sale)

    assert not works
    assert what
    assert bench.posting_calls() == 0


@pytest.mark.parametrize("effect", ["lost_answer", "html", "truncated", "throttle"])
def test_failed_read_raises_and_is_never_taken_for_absence(bench: Bench, sale: Entry, effect: str) -> None:
    post(bench.hook(), sale)
    hook = bench.hook()
    hook.read_chart(sale.administration)
    bench.control("faults", {**bench.reading_fault, "effect": effect})

    with pytest.raises(TemporaryFailure):
        bench.read_back(hook, sale)


def test_package_that_is_not_there_makes_entries_wait_and_reading_fail(bench: Bench, sale: Entry) -> None:
    hook = bench.hook()
    hook.read_chart(bench.administration)
    bench.clock.sleep(30)  # long enough that no open connection is trusted
    bench.server.close()

    outcome = post(hook, sale)

    assert isinstance(outcome, Later), outcome
    with pytest.raises(TemporaryFailure):
        bench.read_back(hook, sale)
