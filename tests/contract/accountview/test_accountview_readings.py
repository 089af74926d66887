"""What the hook does where AccountView takes a page another way than it was meant."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.keys import make_reference
from finance_hooks.model.outcome import Booked, Refused, Unknown
from finance_hooks.model.park_reason import ReasonCode
from tests.contract.accountview.accountview_bench import DUTCH, AccountViewBench
from tests.contract.bench import post
from tests.targets.accountview.brief_entries import COMPANY

TURNED = {
    "purchase_sign": ("negative", "purchase", "purchase_positive"),
    "memorial_sign": ("credit_positive", "memorial", "memorial_positive"),
    "transact_sign": ("credit_positive", "sales", "transactions_positive"),
}


def another(entry: Entry) -> Entry:
    number = f"{entry.number[:10]}-2"
    return replace(entry, number=number, reference=make_reference(number))


@pytest.mark.parametrize("switch", TURNED)
def test_side_that_is_taken_the_other_way_shows_at_the_first_entry_and_stops_its_sort(
    accountview: AccountViewBench, switch: str
) -> None:
    position, kind, setting = TURNED[switch]
    accountview.switch(**{switch: position})
    hook, entry = accountview.hook(), DUTCH[kind]

    first, second = post(hook, entry), post(hook, another(entry))

    assert isinstance(first, Booked)
    assert first.totals.gross == -entry.gross
    assert isinstance(second, Refused)
    (reason,) = second.reasons
    assert reason.code is ReasonCode.TARGET_CONFIGURATION
    assert setting in (reason.detail or "")
    assert accountview.posting_calls() == 1


def test_reverse_charge_that_shifts_nothing_shows_at_the_first_entry_and_stops_its_sort(
    accountview: AccountViewBench,
) -> None:
    accountview.connect(reverse_charge="zero")
    hook, entry = accountview.hook(), DUTCH["self-billed"]

    first, second = post(hook, entry), post(hook, another(entry))

    assert isinstance(first, Booked)
    assert first.totals.vat == Decimal("-411.10")
    assert isinstance(second, Refused)
    assert "reverse_charge" in (second.reasons[0].detail or "")
    assert isinstance(post(hook, DUTCH["purchase"]), Booked)


def test_amount_where_reverse_charge_wants_none_is_refused_in_accountviews_words(
    accountview: AccountViewBench,
) -> None:
    accountview.switch(reverse_charge_vat="must_be_zero")

    outcome = post(accountview.hook(), DUTCH["self-billed"])

    assert isinstance(outcome, Refused)
    (reason,) = outcome.reasons
    assert (reason.code, reason.field, reason.line) == (ReasonCode.FIELD_REFUSED, "vat_amount", 1)
    assert "verlegde btw" in (reason.detail or "")


def test_rate_read_the_other_way_round_shows_at_the_first_entry_and_stops_its_sort(
    accountview: AccountViewBench,
) -> None:
    accountview.switch(rate_direction="foreign_per_home", currency_amounts="recomputed")
    hook, entry = accountview.hook(), DUTCH["foreign currency"]

    first, second = post(hook, entry), post(hook, another(entry))

    assert isinstance(first, Booked)
    assert first.totals.gross_in_books == Decimal("1086.96")
    assert isinstance(second, Refused)
    assert "rate_direction" in (second.reasons[0].detail or "")
    assert isinstance(post(hook, DUTCH["sales"]), Booked)


def test_vat_that_accountview_computes_again_is_told_by_the_totals(accountview: AccountViewBench) -> None:
    accountview.switch(vat_amount="recomputed")
    sale = DUTCH["sales"]

    outcome = post(accountview.hook(), sale)

    assert isinstance(outcome, Booked)
    assert (outcome.totals.gross, outcome.totals.vat) == (Decimal("418.61"), Decimal("72.66"))
    assert (sale.gross, sale.vat) == (Decimal("418.60"), Decimal("72.65"))


def test_credit_note_is_parked_where_negative_pages_are_refused(accountview: AccountViewBench) -> None:
    accountview.switch(negative_pages="refused")
    hook = accountview.hook()

    outcome = post(hook, DUTCH["credit note"])

    assert isinstance(outcome, Refused)
    assert "negatief" in (outcome.reasons[0].detail or "")
    assert isinstance(post(hook, DUTCH["sales"]), Booked)


def test_memorial_that_would_get_vat_nobody_sent_is_parked(accountview: AccountViewBench) -> None:
    accountview.switch(ledger_vat_default="applied")

    outcome = post(accountview.hook(), DUTCH["memorial"])

    assert isinstance(outcome, Refused)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.MEMORIAL_UNBALANCED]
    assert accountview.books() == []


def test_vat_that_nobody_sent_shows_at_the_first_memorial_and_stops_the_next(
    accountview: AccountViewBench,
) -> None:
    accountview.switch(ledger_vat_default="applied")
    accountview.control("load", {COMPANY: {"DAILY": [{"DJ_CODE": "MEM", "CHK_BAL": False}]}})
    hook, entry = accountview.hook(), DUTCH["memorial"]

    first, second = post(hook, entry), post(hook, another(entry))

    assert isinstance(first, Booked)
    assert isinstance(second, Refused)
    assert "VAT of -262.50 under code 1" in (second.reasons[0].detail or "")


def test_page_that_a_refusal_left_behind_is_told_with_what_stands_and_never_sent_again(
    accountview: AccountViewBench,
) -> None:
    accountview.switch(refused_line="page_stays")
    entry = accountview.refused()
    entry = replace(entry, lines=entry.lines[::-1])

    outcome = post(accountview.hook(), entry)

    assert isinstance(outcome, Booked)
    assert outcome.totals.gross is not None
    assert outcome.totals.gross < entry.gross
    assert [found.id for found in accountview.read_back(accountview.hook(), entry)] == [outcome.id]


def test_refusal_after_which_nothing_can_be_read_is_unknown(accountview: AccountViewBench) -> None:
    entry = accountview.refused()
    accountview.control("faults", {"method": "GET", "effect": "status", "status": 503})

    outcome = post(accountview.hook(), entry)

    assert isinstance(outcome, Unknown)
    assert accountview.books() == []


def test_page_that_stands_elsewhere_stops_the_company(accountview: AccountViewBench) -> None:
    hook, sale = accountview.hook(), DUTCH["sales"]
    hook.read_chart(sale.administration)
    with accountview.emulator.lock:
        books = accountview.emulator.books_of(sale.administration)
        books.table("DAILY")["VRK"]["NUM_AUTO"] = True

    first = post(hook, sale)
    with pytest.raises(ConfigurationError, match="number 202600001 instead of F2026-0042"):
        post(hook, DUTCH["credit note"])

    assert isinstance(first, Booked)
    assert accountview.posting_calls() == 1
