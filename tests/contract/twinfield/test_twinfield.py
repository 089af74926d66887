"""What only Twinfield asks of its hook: charts, periods, administrations, texts, reading."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Period
from finance_hooks.model.keys import make_reference
from finance_hooks.model.outcome import Booked, Refused
from finance_hooks.model.park_reason import ReasonCode
from tests.contract.bench import post, post_all
from tests.contract.twinfield.twinfield_bench import TwinfieldBench, calls, numbered
from tests.targets.twinfield.brief_entries import OFFICE
from tests.targets.twinfield.samples import SAMPLES

S1, J1 = SAMPLES["S1"], SAMPLES["J1"]
OCTOBER = Period(fiscal_year=2026, number=10)


def test_chart_is_read_once_for_all_runs_of_half_a_day_but_open_periods_by_each(
    twinfield: TwinfieldBench,
) -> None:
    post(twinfield.hook(), numbered(1)[0])
    before = len(list(twinfield.calls()))

    post_all(twinfield.hook(), numbered(60)[1:])

    later = list(twinfield.calls())[before:]
    assert [call["operation"] for call in later] == [
        "accesstokenvalidation",
        "Query",
        *["transactions"] * 3,
    ]


def test_period_that_was_closed_since_the_chart_was_read_is_known_without_a_booking(
    twinfield: TwinfieldBench,
) -> None:
    twinfield.hook().read_chart(OFFICE)
    twinfield.switch(closed_periods="2026/10")

    outcome = post(twinfield.hook(), S1)

    assert isinstance(outcome, Refused)
    assert [(reason.code, reason.value) for reason in outcome.reasons] == [
        (ReasonCode.PERIOD_CLOSED, "2026-10")
    ]
    assert twinfield.posting_calls() == 0
    twinfield.switch(closed_periods="2026/09")
    assert isinstance(post(twinfield.hook(), S1), Booked)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_period_that_closes_in_mid_run_is_told_by_the_refusal(
    twinfield: TwinfieldBench, language: str
) -> None:
    twinfield.switch(user_language=language, closed_period="refuse_all")
    hook = twinfield.hook()
    post(hook, SAMPLES["S3"])
    twinfield.switch(closed_periods="2026/10")

    outcome = post(hook, S1)

    assert isinstance(outcome, Refused)
    assert [(reason.code, reason.value) for reason in outcome.reasons] == [
        (ReasonCode.PERIOD_CLOSED, "2026-10")
    ]
    assert twinfield.posting_calls() == 2


def test_period_that_closes_in_mid_run_is_told_whatever_twinfields_words(twinfield: TwinfieldBench) -> None:
    twinfield.switch(closed_period="refuse_all", closed_period_text="Dit kan hier niet meer.")
    hook = twinfield.hook()
    post(hook, SAMPLES["S3"])
    twinfield.switch(closed_periods="2026/10")

    outcome = post(hook, S1)

    assert isinstance(outcome, Refused)
    (reason,) = outcome.reasons
    assert (reason.code, reason.value) == (ReasonCode.PERIOD_CLOSED, "2026-10")
    assert reason.detail == "Twinfield: Dit kan hier niet meer."


def test_year_that_twinfield_does_not_have_is_named_without_a_call(twinfield: TwinfieldBench) -> None:
    outcome = post(twinfield.hook(), replace(S1, fiscal_year=2031))

    assert isinstance(outcome, Refused)
    assert [reason.code for reason in outcome.reasons] == [ReasonCode.YEAR_MISSING]
    assert twinfield.posting_calls() == 0


def test_second_administration_of_the_organisation_is_booked_in_under_its_own_code(
    twinfield: TwinfieldBench,
) -> None:
    outcome = post(twinfield.hook(), replace(S1, administration="NL43"))

    assert isinstance(outcome, Booked), outcome
    assert twinfield.books() == []
    assert len(twinfield.control("books?administration=NL43")["entries"]) == 1


def test_customer_that_is_new_since_the_chart_was_read_is_found_at_once(twinfield: TwinfieldBench) -> None:
    twinfield.hook().read_chart(OFFICE)
    document = (
        "<dimension status='active'><office>NL42</office><type>DEB</type><code>D10999</code>"
        "<name>Nieuwe klant</name></dimension>"
    )
    twinfield.control("load", {OFFICE: {"dimensions": [document]}})

    outcome = post(twinfield.hook(), replace(S1, party="D10999"))

    assert isinstance(outcome, Booked), outcome


def test_chart_is_read_again_once_a_load_however_many_codes_are_unknown(twinfield: TwinfieldBench) -> None:
    twinfield.hook().read_chart(OFFICE)
    calls_of_a_chart = len(calls(twinfield, "list"))
    hook = twinfield.hook()

    outcomes = post_all(hook, [replace(entry, party="nobody") for entry in numbered(30)])

    assert [type(outcome) for outcome in outcomes] == [Refused] * 30
    assert calls_of_a_chart > 0
    assert len(calls(twinfield, "list")) == 2 * calls_of_a_chart


def test_entries_are_provisional_or_final_as_the_connection_says(twinfield: TwinfieldBench) -> None:
    post(twinfield.hook(), S1)
    twinfield.connect(final_administrations=OFFICE)
    post(twinfield.hook(), SAMPLES["P3"])

    locations = {
        code: each.location for (code, _), each in twinfield.emulator.offices[OFFICE].bookings.items()
    }
    assert locations == {"VRK": "temporary", "INK": "final"}


def test_free_text_field_that_a_daybook_does_not_have_is_named_in_the_refusal(
    twinfield: TwinfieldBench,
) -> None:
    twinfield.connect(free_text_field="2")
    hook = twinfield.hook()

    first, second = post_all(hook, [S1, replace(SAMPLES["S3"], journal="VRKZ")])

    assert isinstance(first, Booked)
    assert isinstance(second, Refused)
    assert [(reason.code, reason.field) for reason in second.reasons] == [
        (ReasonCode.FIELD_REFUSED, "reference")
    ]


def test_link_to_the_document_stands_beside_the_reference_and_hides_it_from_nobody(
    twinfield: TwinfieldBench,
) -> None:
    link = "https://q.example.org/f/{number}"
    twinfield.connect(free_text_field="1", link_field="2", link_template=link)

    assert isinstance(post(twinfield.hook(), S1), Booked)

    (booking,) = twinfield.emulator.offices[OFFICE].bookings.values()
    assert booking.head["freetext2"] == link.replace("{number}", S1.number)
    assert booking.head["freetext1"] == f"[{S1.reference}]"
    (booked,) = twinfield.read_back(twinfield.hook(), S1)
    assert booked.references == {S1.reference}


def test_only_what_was_asked_for_is_read(twinfield: TwinfieldBench) -> None:
    hook = twinfield.hook()
    post_all(hook, [S1, SAMPLES["P3"], J1])

    booked = list(hook.read_entries(OFFICE, {"VRK", "MEMO"}, {OCTOBER}))

    assert sorted(each.journal for each in booked) == ["MEMO", "VRK"]
    assert list(hook.read_entries(OFFICE, {"VRK"}, {replace(OCTOBER, number=9)})) == []


def test_reading_no_journal_or_no_period_makes_no_call(twinfield: TwinfieldBench) -> None:
    hook = twinfield.hook()

    assert list(hook.read_entries(OFFICE, set(), {OCTOBER})) == []
    assert list(hook.read_entries(OFFICE, {"VRK"}, set())) == []
    assert calls(twinfield, "browse") == []


def test_books_of_a_whole_month_are_read_in_one_call(twinfield: TwinfieldBench) -> None:
    hook, entries = twinfield.hook(), numbered(250)
    post_all(hook, entries)

    booked = list(hook.read_entries(OFFICE, {"VRK"}, {OCTOBER}))

    assert {reference for each in booked for reference in each.references} == {
        entry.reference for entry in entries
    }
    assert sum(len(each.lines) for each in booked) > 1000
    assert len(calls(twinfield, "browse")) == 1


def test_reverse_charge_that_twinfield_does_not_write_shows_at_the_first_entry_and_stops_the_rest(
    twinfield: TwinfieldBench,
) -> None:
    twinfield.switch(reverse_charge_lines=0)
    hook, entry = twinfield.hook(), SAMPLES["P1"]
    unmapped = replace(
        entry,
        lines=tuple(replace(each, vat_account=None, reverse_charge_account=None) for each in entry.lines),
    )

    first = post(hook, unmapped)
    second = post(hook, replace(unmapped, number="Z2026-0099", reference=make_reference("another")))

    assert isinstance(first, Booked)
    assert first.totals.vat == Decimal("-411.10")
    assert isinstance(second, Refused)
    assert [(reason.code, reason.field) for reason in second.reasons] == [
        (ReasonCode.TARGET_CONFIGURATION, "vat_code")
    ]
    assert twinfield.posting_calls() == 1
    assert isinstance(post(hook, S1), Booked)


@pytest.mark.parametrize("lines", [0, 2])
def test_reverse_charge_whose_accounts_are_mapped_is_written_whatever_twinfield_does_itself(
    twinfield: TwinfieldBench, lines: int
) -> None:
    twinfield.switch(reverse_charge_lines=lines)

    outcome = post(twinfield.hook(), SAMPLES["P1"])

    assert isinstance(outcome, Booked)
    assert outcome.totals.vat == 0


def test_entry_whose_date_lies_outside_its_period_is_booked_where_it_was_meant(
    twinfield: TwinfieldBench,
) -> None:
    entry = replace(S1, period=11)

    assert isinstance(post(twinfield.hook(), entry), Booked)

    (booked,) = twinfield.read_back(twinfield.hook(), entry)
    assert (booked.entry_date, booked.period.number) == (entry.entry_date, 11)
