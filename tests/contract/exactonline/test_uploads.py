"""What only uploads ask of the hook: many entries in one call, each told by itself."""

from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.keys import make_reference
from finance_hooks.model.outcome import Booked, Outcome, Refused, Unknown
from finance_hooks.model.park_reason import ReasonCode
from tests.contract.bench import post, post_all
from tests.contract.exactonline.exact_bench import UPLOAD_PATH, ExactBench, numbered
from tests.contract.exactonline.uploading import (
    all_stand_once,
    in_closed_period,
    kinds,
    paths,
    too_much_on_g_account,
)
from tests.targets.exactonline.samples import OTHERS, SAMPLES

S1, P3, J1 = SAMPLES["S1"], SAMPLES["P3"], SAMPLES["J1"]
DOLLARS = OTHERS["foreign currency"]


def codes(outcome: Outcome) -> list[ReasonCode]:
    assert isinstance(outcome, Refused), outcome
    return [reason.code for reason in outcome.reasons]


def test_hundred_and_twenty_entries_take_one_upload_and_a_look_for_every_forty(uploading: ExactBench) -> None:
    entries = numbered(120)

    outcomes = post_all(uploading.hook(), entries)

    assert kinds(outcomes) == [Booked] * 120
    assert paths(uploading) == ["POST XMLUpload.aspx", *["GET SalesEntries"] * 3]
    all_stand_once(uploading, entries)


def test_every_kind_goes_in_the_same_upload(uploading: ExactBench) -> None:
    entries = [*numbered(8), P3, J1]

    outcomes = uploading.hook().post_entries(entries)

    assert kinds(outcomes) == [Booked] * 10
    assert paths(uploading) == [
        "POST XMLUpload.aspx",
        "GET SalesEntries",
        "GET PurchaseEntries",
        "GET GeneralJournalEntryLines",
    ]
    all_stand_once(uploading, entries)


def test_fewer_entries_than_the_connection_says_go_one_by_one(uploading: ExactBench) -> None:
    outcomes = post_all(uploading.hook(), numbered(9))

    assert kinds(outcomes) == [Booked] * 9
    assert paths(uploading) == ["POST SalesEntries"] * 9


def test_road_that_is_off_is_never_taken(uploading: ExactBench) -> None:
    uploading.connect(xml_upload_from=0)

    outcomes = post_all(uploading.hook(), numbered(12))

    assert kinds(outcomes) == [Booked] * 12
    assert paths(uploading) == ["POST SalesEntries"] * 12


@pytest.mark.parametrize("speaks_of_success", [True, False])
def test_refused_entry_is_named_and_the_others_booked(uploading: ExactBench, speaks_of_success: bool) -> None:
    uploading.switch(xml_success_messages=speaks_of_success)
    entries = numbered(10)
    entries[7] = in_closed_period(entries[7])

    outcomes = uploading.hook().post_entries(entries)

    assert kinds(outcomes) == [*[Booked] * 7, Refused, *[Booked] * 2]
    assert codes(outcomes[7]) == [ReasonCode.PERIOD_CLOSED]
    all_stand_once(uploading, [*entries[:7], *entries[8:]])


def test_entries_refused_in_the_same_words_are_named(uploading: ExactBench) -> None:
    entries = numbered(10)
    entries[2], entries[7] = in_closed_period(entries[2]), in_closed_period(entries[7])

    outcomes = uploading.hook().post_entries(entries)

    refused = [outcomes[2], outcomes[7]]
    assert [codes(one) for one in refused] == [[ReasonCode.PERIOD_CLOSED]] * 2
    assert sum(isinstance(one, Booked) for one in outcomes) == 8


@pytest.mark.parametrize("messages", ["in_order", "reversed", "short"])
@pytest.mark.parametrize("speaks_of_success", [True, False])
def test_refusals_that_no_message_ties_to_an_entry_are_told_apart_by_the_api(
    uploading: ExactBench, messages: str, speaks_of_success: bool
) -> None:
    uploading.switch(xml_messages=messages, xml_success_messages=speaks_of_success)
    entries = numbered(10)
    entries[2] = too_much_on_g_account(entries[2])
    entries[7] = in_closed_period(entries[7])

    outcomes = uploading.hook().post_entries(entries)
    left = [entry for entry, one in zip(entries, outcomes, strict=True) if not isinstance(one, Booked)]
    # The next night, with more to send, a hook of another process.
    again = uploading.hook().post_entries([*left, *numbered(20)[10:]])

    assert kinds([outcomes[2], outcomes[7]]) == [Unknown, Unknown]
    assert [one.reference for one in again[:2]] == [entries[2].reference, entries[7].reference]
    assert [codes(one) for one in again[:2]] == [[ReasonCode.FIELD_REFUSED], [ReasonCode.PERIOD_CLOSED]]
    assert kinds(again[2:]) == [Booked] * 10
    assert paths(uploading).count("POST XMLUpload.aspx") == 2
    assert paths(uploading).count("POST SalesEntries") == 2


def test_what_the_chart_rules_out_stays_out_of_the_upload(uploading: ExactBench) -> None:
    entries = numbered(10)
    entries[0] = replace(entries[0], party="nobody")

    outcomes = uploading.hook().post_entries(entries)

    assert kinds(outcomes) == [Refused, *[Booked] * 9]
    assert len(uploading.books()) == 9


def test_entry_that_somebody_else_made_under_the_same_number_proves_nothing(uploading: ExactBench) -> None:
    entries = numbered(10)
    uploading.hook().post_entries([replace(entries[3], reference=make_reference("by hand"))])
    refused = too_much_on_g_account(entries[3])

    outcomes = uploading.hook().post_entries([*entries[:3], refused, *entries[4:]])

    assert isinstance(outcomes[3], Refused)
    assert sum(isinstance(one, Booked) for one in outcomes) == 9


def test_foreign_currency_goes_by_the_api_and_a_rate_read_wrongly_stops_the_rest(
    uploading: ExactBench,
) -> None:
    uploading.switch(rate_direction="fc_per_dc")
    others = [
        replace(DOLLARS, number=f"D-{place}", reference=make_reference(f"d {place}")) for place in range(3)
    ]

    outcomes = uploading.hook().post_entries([*others, *numbered(9)])

    assert kinds(outcomes) == [Booked, Refused, Refused, *[Booked] * 9]
    assert isinstance(outcomes[0], Booked)
    assert outcomes[0].totals.gross_in_books == Decimal("1086.96")
    assert paths(uploading) == ["POST XMLUpload.aspx", "GET SalesEntries", "POST SalesEntries"]


def test_more_than_an_upload_takes_go_in_two(uploading: ExactBench) -> None:
    uploading.control("limits", {"scale": 0})
    entries = numbered(210)

    outcomes = uploading.hook().post_entries(entries)

    assert kinds(outcomes) == [Booked] * 210
    assert paths(uploading).count("POST XMLUpload.aspx") == 2
    assert len(uploading.books()) == 210


def test_single_entry_goes_by_the_api_unless_the_connection_uploads_from_one_on(
    uploading: ExactBench,
) -> None:
    post(uploading.hook(), S1)
    uploading.connect(xml_upload_from=1)
    post(uploading.hook(), P3)

    assert paths(uploading) == ["POST SalesEntries", "POST XMLUpload.aspx", "GET PurchaseEntries"]
    assert UPLOAD_PATH.endswith("XMLUpload.aspx")
