"""What only uploads ask of the hook: many entries in one call, each told by itself, none sent twice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.keys import make_reference
from finance_hooks.model.money import ZERO
from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Unknown
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.contract.bench import opened, post, post_all
from tests.contract.exactonline.exact_bench import UPLOAD_PATH, ExactBench, numbered
from tests.contract.position import Position
from tests.targets.brief_entries import with_line
from tests.targets.exactonline.samples import OTHERS, SAMPLES

S1, P3, J1 = SAMPLES["S1"], SAMPLES["P3"], SAMPLES["J1"]
DOLLARS = OTHERS["foreign currency"]
UPLOADING = Position(connection={"xml_upload_from": 10})


@pytest.fixture
def exact(module_store_url: str) -> Iterator[ExactBench]:
    with opened(lambda: ExactBench(module_store_url, UPLOADING)) as made:
        made.hook().read_chart(made.administration)
        yield made


def kinds(outcomes: Sequence[Outcome]) -> list[type[Outcome]]:
    return [type(outcome) for outcome in outcomes]


def paths(exact: ExactBench) -> list[str]:
    """List what was called, but for tokens and charts."""
    parts = ("salesentry/", "purchaseentry/", "generaljournalentry/", "/docs/")
    called: list[dict[str, Any]] = list(exact.calls())
    return [
        f"{call['method']} {call['path'].rpartition('/')[2]}"
        for call in called
        if any(part in call["path"] for part in parts)
    ]


def too_much_on_g_account(entry: Entry) -> Entry:
    # Exact: more than the invoice comes to, which no chart tells.
    return replace(entry, g_account_amount=Decimal("99999.00"))


def in_closed_period(entry: Entry) -> Entry:
    return replace(entry, entry_date=entry.entry_date.replace(month=8), period=8)


def all_stand_once(exact: ExactBench, entries: Sequence[Entry]) -> None:
    found = exact.read_all(exact.hook(), list(entries))
    assert {reference: len(booked) for reference, booked in found.items()} == {
        entry.reference: 1 for entry in entries
    }


@dataclass
class ConsentEnds:
    """Lets the consent end, and time pass, between an upload and the look for what it booked."""

    exact: ExactBench
    asked: int = 0

    def why_not(self, _timeout_s: float) -> str | None:
        self.asked += 1
        # Each request is asked about twice: before it is sent and when its connection stands.
        if self.asked == 3:
            with self.exact.emulator.lock:
                self.exact.emulator.oauth.access.clear()
                self.exact.emulator.oauth.grants.clear()
            self.exact.clock.sleep(600)
        return None


def test_hundred_and_twenty_entries_take_one_upload_and_a_look_for_every_forty(exact: ExactBench) -> None:
    entries = numbered(120)

    outcomes = post_all(exact.hook(), entries)

    assert kinds(outcomes) == [Booked] * 120
    assert paths(exact) == ["POST XMLUpload.aspx", *["GET SalesEntries"] * 3]
    all_stand_once(exact, entries)


def test_every_kind_goes_in_the_same_upload(exact: ExactBench) -> None:
    entries = [*numbered(8), P3, J1]

    outcomes = exact.hook().post_entries(entries)

    assert kinds(outcomes) == [Booked] * 10
    assert paths(exact) == [
        "POST XMLUpload.aspx",
        "GET SalesEntries",
        "GET PurchaseEntries",
        "GET GeneralJournalEntryLines",
    ]
    all_stand_once(exact, entries)


def test_fewer_entries_than_the_connection_says_go_one_by_one(exact: ExactBench) -> None:
    outcomes = post_all(exact.hook(), numbered(9))

    assert kinds(outcomes) == [Booked] * 9
    assert paths(exact) == ["POST SalesEntries"] * 9


def test_road_that_is_off_is_never_taken(exact: ExactBench) -> None:
    exact.connect(xml_upload_from=0)

    outcomes = post_all(exact.hook(), numbered(12))

    assert kinds(outcomes) == [Booked] * 12
    assert paths(exact) == ["POST SalesEntries"] * 12


@pytest.mark.parametrize("speaks_of_success", [True, False])
def test_refused_entries_are_named_one_by_one_and_the_others_booked(
    exact: ExactBench, speaks_of_success: bool
) -> None:
    exact.switch(xml_success_messages=speaks_of_success)
    entries = numbered(10)
    entries[2] = too_much_on_g_account(entries[2])
    entries[7] = in_closed_period(entries[7])

    outcomes = exact.hook().post_entries(entries)

    refused = {place: one for place, one in enumerate(outcomes) if isinstance(one, Refused)}
    assert {place: [reason.code for reason in one.reasons] for place, one in refused.items()} == {
        2: [ReasonCode.FIELD_REFUSED],
        7: [ReasonCode.PERIOD_CLOSED],
    }
    assert sum(isinstance(one, Booked) for one in outcomes) == 8
    all_stand_once(exact, [entry for place, entry in enumerate(entries) if place not in refused])


def test_what_the_chart_rules_out_stays_out_of_the_upload(exact: ExactBench) -> None:
    entries = numbered(10)
    entries[0] = replace(entries[0], party="nobody")

    outcomes = exact.hook().post_entries(entries)

    assert kinds(outcomes) == [Refused, *[Booked] * 9]
    assert len(exact.books()) == 9


def test_refusals_that_cannot_be_told_apart_leave_entries_to_the_books(exact: ExactBench) -> None:
    exact.switch(xml_error_messages="per_fault")
    entries = numbered(10)
    # Exact: two things are wrong, the period and a VAT code that is for purchases.
    entries[4] = with_line(in_closed_period(entries[4]), vat_code="25", vat_amount=ZERO)

    outcomes = exact.hook().post_entries(entries)

    assert kinds(outcomes) == [*[Booked] * 4, Unknown, *[Booked] * 5], outcomes[4]
    all_stand_once(exact, [entry for entry in entries if entry is not entries[4]])


@pytest.mark.parametrize(
    "fault",
    [
        {"effect": "lost_answer"},
        {"effect": "truncated"},
        {"effect": "html", "when": "after"},
        {"effect": "status", "status": 500, "when": "after"},
    ],
)
def test_lost_answer_leaves_all_unknown_and_all_in_the_books_once(
    exact: ExactBench, fault: dict[str, object]
) -> None:
    entries = numbered(10)
    exact.place(**fault)

    outcomes = exact.hook().post_entries(entries)

    assert kinds(outcomes) == [Unknown] * 10
    assert paths(exact) == ["POST XMLUpload.aspx"]
    all_stand_once(exact, entries)


def test_entries_that_cannot_be_looked_up_are_unknown(exact: ExactBench) -> None:
    exact.control("faults", {"method": "GET", "path": "*/salesentry/*", "effect": "status", "status": 503})

    outcomes = exact.hook().post_entries(numbered(10))

    assert kinds(outcomes) == [Unknown] * 10
    assert len(exact.books()) == 10


def test_look_up_without_what_every_row_has_proves_nothing(exact: ExactBench) -> None:
    body = '{"d":{"results":[{"EntryID":"1"}]}}'
    fault = {"effect": "status", "status": 200, "body": body}
    exact.control("faults", {"method": "GET", "path": "*/salesentry/*", **fault})

    assert kinds(exact.hook().post_entries(numbered(10))) == [Unknown] * 10


def test_upload_that_exact_breaks_off_leaves_all_unknown(exact: ExactBench) -> None:
    exact.switch(xml_record_ms=60_000)

    outcomes = exact.hook().post_entries(numbered(10))

    assert kinds(outcomes) == [Unknown] * 10
    assert len(exact.books()) == 3


def test_entry_that_somebody_else_made_under_the_same_number_proves_nothing(exact: ExactBench) -> None:
    entries = numbered(10)
    exact.hook().post_entries([replace(entries[3], reference=make_reference("by hand"))])
    refused = too_much_on_g_account(entries[3])

    outcomes = exact.hook().post_entries([*entries[:3], refused, *entries[4:]])

    assert isinstance(outcomes[3], Refused)
    assert sum(isinstance(one, Booked) for one in outcomes) == 9


def test_foreign_currency_goes_by_the_api_and_a_rate_read_wrongly_stops_the_rest(exact: ExactBench) -> None:
    exact.switch(rate_direction="fc_per_dc")
    others = [
        replace(DOLLARS, number=f"D-{place}", reference=make_reference(f"d {place}")) for place in range(3)
    ]

    outcomes = exact.hook().post_entries([*others, *numbered(9)])

    assert kinds(outcomes) == [Booked, Refused, Refused, *[Booked] * 9]
    assert isinstance(outcomes[0], Booked)
    assert outcomes[0].totals.gross_in_books == Decimal("1086.96")
    assert paths(exact) == ["POST XMLUpload.aspx", "GET SalesEntries", "POST SalesEntries"]


def test_what_holds_back_one_request_holds_back_the_next(exact: ExactBench) -> None:
    entries = [*numbered(10), DOLLARS]
    exact.place(effect="throttle", delay_s=40)

    outcomes = exact.hook().post_entries(entries)

    assert kinds(outcomes) == [Later] * 11
    assert paths(exact) == ["POST XMLUpload.aspx"]


def test_user_without_posting_rights_costs_one_call_and_the_batch(exact: ExactBench) -> None:
    exact.switch(user_may_post=False)
    hook = exact.hook()

    outcomes = hook.post_entries([*numbered(10), DOLLARS])
    with pytest.raises(ConfigurationError, match="403"):
        hook.post_entries(numbered(10))

    assert kinds(outcomes) == [*[Refused] * 10, Later]
    assert paths(exact) == ["POST XMLUpload.aspx"]


def test_consent_that_ends_after_an_upload_takes_nothing_back(exact: ExactBench) -> None:
    transport = Transport(session=open_session(), clock=exact.clock, deadline=ConsentEnds(exact))
    hook = exact.hook(transport=transport)

    outcomes = hook.post_entries([*numbered(10), DOLLARS])

    assert kinds(outcomes) == [*[Unknown] * 10, Later]
    assert len(exact.books()) == 10


def test_more_than_an_upload_takes_go_in_two(exact: ExactBench) -> None:
    exact.control("limits", {"scale": 0})
    entries = numbered(210)

    outcomes = exact.hook().post_entries(entries)

    assert kinds(outcomes) == [Booked] * 210
    assert paths(exact).count("POST XMLUpload.aspx") == 2
    assert len(exact.books()) == 210


def test_single_entry_goes_by_the_api_unless_the_connection_uploads_from_one_on(exact: ExactBench) -> None:
    post(exact.hook(), S1)
    exact.connect(xml_upload_from=1)
    post(exact.hook(), P3)

    assert paths(exact) == ["POST SalesEntries", "POST XMLUpload.aspx", "GET PurchaseEntries"]
    assert UPLOAD_PATH.endswith("XMLUpload.aspx")
