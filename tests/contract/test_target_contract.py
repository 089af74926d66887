"""What every package must do, over a real socket, whichever way its undocumented facts turn out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, Entry
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.money import ZERO
from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Unknown
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.base import TargetHook
from tests.contract.bench import Bench


def post(hook: TargetHook, entry: Entry) -> Outcome:
    (outcome,) = hook.post_entries([entry])
    return outcome


def post_all(hook: TargetHook, entries: Sequence[Entry]) -> list[Outcome]:
    """Post entries in the batches the package takes, as loading does."""
    size = hook.settings.batch_size
    starts = range(0, len(entries), size)
    return [outcome for start in starts for outcome in hook.post_entries(entries[start : start + size])]


@pytest.fixture
def sale(bench: Bench) -> Entry:
    return bench.entries()["sales"]


def test_every_kind_of_entry_is_booked_once_and_read_back_as_posted(bench: Bench) -> None:
    hook, entries = bench.hook(), bench.entries()

    outcomes = post_all(hook, list(entries.values()))

    assert [type(outcome) for outcome in outcomes] == [Booked] * len(entries), outcomes
    assert len(bench.books()) == len(entries)
    for outcome, entry in zip(outcomes, entries.values(), strict=True):
        assert isinstance(outcome, Booked)
        (booked,) = bench.read_back(bench.hook(), entry)
        assert booked.id == outcome.id
        assert booked.entry_number == outcome.number
        _assert_same(booked, entry)
        assert outcome.totals.gross in {None, entry.gross}
        assert outcome.totals.gross_in_books in {None, entry.gross_in_books}


def _assert_same(booked: BookedEntry, entry: Entry) -> None:
    assert (booked.kind, booked.journal) == (entry.kind, entry.journal)
    assert (booked.entry_date, booked.period.fiscal_year, booked.period.number) == (
        entry.entry_date,
        entry.fiscal_year,
        entry.period,
    )
    assert (booked.currency, booked.gross, booked.gross_in_books) == (
        entry.currency,
        entry.gross,
        entry.gross_in_books,
    )
    if entry.kind is not EntryKind.MEMORIAL:
        assert (booked.number, booked.party) == (entry.number, entry.party)
    assert sum(line.debit - line.credit for line in booked.lines) == 0
    if entry.rate is None:
        assert _net_by_account(booked, entry) == _sent_by_account(entry)
        assert _vat_by_code(booked, entry) == _sent_vat_by_code(entry)


def _sign(entry: Entry) -> int:
    return -1 if entry.kind is EntryKind.SALES else 1


def _sent_by_account(entry: Entry) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for line in entry.lines:
        sums[line.ledger_account] = sums.get(line.ledger_account, ZERO) + line.amount * _sign(entry)
    return sums


def _net_by_account(booked: BookedEntry, entry: Entry) -> dict[str, Decimal]:
    sums = dict.fromkeys((line.ledger_account for line in entry.lines), ZERO)
    for line in booked.lines:
        if line.ledger_account in sums and not line.is_vat:
            sums[line.ledger_account] += line.debit - line.credit
    return sums


def _sent_vat_by_code(entry: Entry) -> dict[str, tuple[Decimal, Decimal]]:
    """Return per VAT code what is owed on balance and, of reverse charge, what stands on either side."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for line in entry.lines:
        if line.vat_code and (line.vat_amount or line.reverse_charge_amount):
            charged, shifted = sums.get(line.vat_code, (ZERO, ZERO))
            sums[line.vat_code] = (
                charged + line.vat_amount * _sign(entry),
                shifted + line.reverse_charge_amount,
            )
    return sums


def _vat_by_code(booked: BookedEntry, entry: Entry) -> dict[str, tuple[Decimal, Decimal]]:
    shifted_codes = {line.vat_code for line in entry.lines if line.reverse_charge_amount}
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for line in booked.lines:
        if line.is_vat and line.vat_code:
            charged, shifted = sums.get(line.vat_code, (ZERO, ZERO))
            claimed = line.debit if line.vat_code in shifted_codes else ZERO
            sums[line.vat_code] = (charged + line.debit - line.credit, shifted + claimed)
    return sums


def test_reverse_charge_leaves_vat_on_both_sides(bench: Bench) -> None:
    entry = bench.entries()["self-billed"]

    post(bench.hook(), entry)

    (booked,) = bench.read_back(bench.hook(), entry)
    shifted = sum(line.reverse_charge_amount for line in entry.lines)
    vat = [line for line in booked.lines if line.is_vat]
    assert sum(line.debit for line in vat) == shifted > 0
    assert sum(line.credit for line in vat) == shifted
    assert len({line.ledger_account for line in vat}) > 1


def test_what_stands_in_the_books_is_found_by_its_reference(bench: Bench, sale: Entry) -> None:
    other = bench.entries()["credit note"]
    post_all(bench.hook(), [sale, other])

    (booked,) = bench.read_back(bench.hook(), sale)

    assert booked.references == {sale.reference}
    assert bench.read_back(bench.hook(), replace(sale, reference="QAAAAAAAAAA")) == []


@pytest.mark.parametrize("effect", ["lost_answer", "reset", "html", "truncated"])
def test_lost_answer_is_unknown_and_found_in_the_books(bench: Bench, sale: Entry, effect: str) -> None:
    bench.place(effect=effect, **({"when": "after"} if effect in {"reset", "html"} else {}))

    outcome = post(bench.hook(), sale)

    assert isinstance(outcome, Unknown), outcome
    assert bench.posting_calls() == 1
    (booked,) = bench.read_back(bench.hook(), sale)
    assert booked.gross == sale.gross


def test_cut_answer_of_declared_length_is_unknown(bench: Bench, sale: Entry) -> None:
    bench.place(effect="truncated", length="full")

    assert isinstance(post(bench.hook(), sale), Unknown)
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
    bench.place(effect="late_booking", delay_s=hook.settings.settle_s - 10)

    assert isinstance(post(hook, sale), Unknown)
    assert bench.read_back(bench.hook(), sale) == []

    bench.clock.sleep(hook.settings.settle_s)
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

    assert isinstance(outcome, Refused), outcome
    assert all(reason.document == entry.number and reason.detail for reason in outcome.reasons)
    assert bench.books() == []


def test_refused_entry_does_not_hold_up_the_next(bench: Bench, sale: Entry) -> None:
    outcomes = post_all(bench.hook(), [bench.refused(), sale])

    assert [type(outcome) for outcome in outcomes] == [Refused, Booked]


def test_unbalanced_memorial_is_refused(bench: Bench) -> None:
    outcome = post(bench.hook(), bench.unbalanced())

    assert isinstance(outcome, Refused), outcome
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.MEMORIAL_UNBALANCED]
    assert bench.books() == []


def test_closed_period_is_told_from_other_refusals(bench: Bench) -> None:
    entry = bench.in_closed_period()

    outcome = post(bench.hook(), entry)

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
    post(hook, bench.entries()["credit note"])
    bench.expire_token()

    outcome = post(hook, sale)

    assert isinstance(outcome, Booked), outcome
    assert len(bench.books()) == 2


def test_rejected_token_is_not_tried_for_ever(bench: Bench, sale: Entry) -> None:
    bench.control("faults", {"method": "POST", "path": bench.posting_path, "effect": "token_expired"})
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
    bench.control("faults", {"method": "GET", "effect": effect})

    with pytest.raises(TemporaryFailure):
        bench.read_back(hook, sale)


def test_calls_come_strictly_one_after_the_other(bench: Bench) -> None:
    hook = bench.hook()
    bench.control("faults", {"effect": "slow", "delay_s": 0.02})

    post_all(hook, list(bench.entries().values())[:3])

    assert bench.counter.most == 1
    assert bench.posting_calls() == 3


def test_connection_test_says_what_it_found(bench: Bench) -> None:
    works, what = bench.hook().test_connection()

    assert works, what
    assert bench.administration in what


def test_chart_names_the_codes_that_entries_need(bench: Bench) -> None:
    entries = [entry for entry in bench.entries().values() if entry.administration == bench.administration]

    chart = bench.hook().read_chart(bench.administration)

    assert chart.administration == bench.administration
    assert {entry.journal for entry in entries} <= set(chart.journals)
    assert {line.ledger_account for entry in entries for line in entry.lines} <= set(chart.ledger_accounts)
    assert {line.vat_code for entry in entries for line in entry.lines if line.vat_code} <= set(
        chart.vat_codes
    )
    assert {entry.party for entry in entries if entry.party} <= set(chart.parties)
    assert {(entry.fiscal_year, entry.period) for entry in entries} <= {
        (period.fiscal_year, period.number) for period in chart.periods
    }
