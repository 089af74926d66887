"""What becomes of uploads when things go wrong: nothing is booked by halves, forgotten or sent again."""

from dataclasses import dataclass

import pytest

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.money import ZERO
from finance_hooks.model.outcome import Booked, Later, Refused, Unknown
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.contract.exactonline.exact_bench import ExactBench, numbered
from tests.contract.exactonline.uploading import all_stand_once, in_closed_period, kinds, paths
from tests.targets.brief_entries import with_line
from tests.targets.exactonline.samples import OTHERS

DOLLARS = OTHERS["foreign currency"]


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


def test_refusals_that_cannot_be_told_apart_leave_entries_to_the_books(uploading: ExactBench) -> None:
    uploading.switch(xml_error_messages="per_fault")
    entries = numbered(10)
    # Exact: two things are wrong, the period and a VAT code that is for purchases.
    entries[4] = with_line(in_closed_period(entries[4]), vat_code="25", vat_amount=ZERO)

    outcomes = uploading.hook().post_entries(entries)

    assert kinds(outcomes) == [*[Booked] * 4, Unknown, *[Booked] * 5], outcomes[4]
    all_stand_once(uploading, [entry for entry in entries if entry is not entries[4]])


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
    uploading: ExactBench, fault: dict[str, object]
) -> None:
    entries = numbered(10)
    uploading.place(**fault)

    outcomes = uploading.hook().post_entries(entries)

    assert kinds(outcomes) == [Unknown] * 10
    assert paths(uploading) == ["POST XMLUpload.aspx"]
    all_stand_once(uploading, entries)


def test_entries_that_cannot_be_looked_up_are_unknown(uploading: ExactBench) -> None:
    uploading.control(
        "faults", {"method": "GET", "path": "*/salesentry/*", "effect": "status", "status": 503}
    )

    outcomes = uploading.hook().post_entries(numbered(10))

    assert kinds(outcomes) == [Unknown] * 10
    assert len(uploading.books()) == 10


def test_look_up_without_what_every_row_has_proves_nothing(uploading: ExactBench) -> None:
    body = '{"d":{"results":[{"EntryID":"1"}]}}'
    fault = {"effect": "status", "status": 200, "body": body}
    uploading.control("faults", {"method": "GET", "path": "*/salesentry/*", **fault})

    assert kinds(uploading.hook().post_entries(numbered(10))) == [Unknown] * 10


def test_upload_that_exact_breaks_off_leaves_all_unknown(uploading: ExactBench) -> None:
    uploading.switch(xml_record_ms=60_000)

    outcomes = uploading.hook().post_entries(numbered(10))

    assert kinds(outcomes) == [Unknown] * 10
    assert len(uploading.books()) == 3


def test_what_holds_back_one_request_holds_back_the_next(uploading: ExactBench) -> None:
    entries = [*numbered(10), DOLLARS]
    uploading.place(effect="throttle", delay_s=40)

    outcomes = uploading.hook().post_entries(entries)

    assert kinds(outcomes) == [Later] * 11
    assert paths(uploading) == ["POST XMLUpload.aspx"]


def test_user_without_posting_rights_costs_one_call_and_the_batch(uploading: ExactBench) -> None:
    uploading.switch(user_may_post=False)
    hook = uploading.hook()

    outcomes = hook.post_entries([*numbered(10), DOLLARS])
    with pytest.raises(ConfigurationError, match="403"):
        hook.post_entries(numbered(10))

    assert kinds(outcomes) == [*[Refused] * 10, Later]
    assert paths(uploading) == ["POST XMLUpload.aspx"]


def test_consent_that_ends_after_an_upload_takes_nothing_back(uploading: ExactBench) -> None:
    transport = Transport(session=open_session(), clock=uploading.clock, deadline=ConsentEnds(uploading))
    hook = uploading.hook(transport=transport)

    outcomes = hook.post_entries([*numbered(10), DOLLARS])

    assert kinds(outcomes) == [*[Unknown] * 10, Later]
    assert len(uploading.books()) == 10
