"""How many credits Twinfield takes for a run: three for a request, one for a period read."""

from dataclasses import replace

import pytest

from finance_hooks.model.entry import Period
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.foresight import Ahead, Calls, Foresight, Scope
from finance_hooks.targets.twinfield.chart import write_chart
from finance_hooks.targets.twinfield.target import TWINFIELD
from finance_hooks.transport.budget import Counter, Window
from tests.targets.charted_hooks import CONSENT, charted_hook
from tests.targets.runs_ahead import ahead, calls_of
from tests.targets.twinfield.sample_chart import make_chart
from tests.targets.twinfield.samples import SAMPLES

S1 = SAMPLES["S1"]
OTHER_OFFICE = replace(S1, administration="NL43")


@pytest.fixture
def foresight(monkeypatch: pytest.MonkeyPatch) -> Foresight:
    hook = charted_hook(monkeypatch, TWINFIELD, write_chart(make_chart()), **CONSENT, organisation="MUNI01")
    return TWINFIELD.foresee(hook, "NL42")


def entries(foresight: Foresight, run: Ahead) -> Calls:
    return calls_of(foresight.steps, "load", run)["entries"]


def test_credits_count_against_the_organisation_and_the_client(foresight: Foresight) -> None:
    assert foresight.unit == "credits"
    assert foresight.counters == (
        Counter(name="twinfield|app-1|MUNI01", windows=(Window(length_s=60, limit=25, reserve=6),)),
        Counter(name="twinfield|app-1", windows=(Window(length_s=60, limit=50, reserve=12),)),
    )
    assert foresight.is_call("https://api.accounting.twinfield.com/webservices/processxml.asmx")
    assert not foresight.is_call("https://login.twinfield.com/auth/authentication/connect/token")


def test_entry_is_held_against_the_chart_at_hand(foresight: Foresight) -> None:
    (reason,) = foresight.check(replace(S1, fiscal_year=2031))

    assert (reason.code, reason.field, reason.value) == (ReasonCode.YEAR_MISSING, "period", "2031-10")


def test_batch_is_as_many_requests_as_it_has_administrations_and_twenty_fives(foresight: Foresight) -> None:
    many = [replace(S1, number=str(number)) for number in range(26)]

    assert entries(foresight, ahead([S1], many)) == Calls(
        step="load", what="entries", count=3, units=3, changes_books=True
    )
    assert entries(foresight, ahead([S1, OTHER_OFFICE])).count == 2


def test_batch_is_one_request_where_nobody_asked_for_a_chart(foresight: Foresight) -> None:
    assert entries(foresight, ahead([S1, OTHER_OFFICE], [S1], asked=False)).count == 2


@pytest.mark.parametrize("asked", [True, False])
def test_batch_of_nothing_is_no_request(foresight: Foresight, asked: bool) -> None:
    assert entries(foresight, ahead([], [S1], asked=asked)).count == 1
    assert entries(foresight, ahead([], asked=asked)).count == 0


def test_relation_costs_three_credits_and_a_period_read_one(foresight: Foresight) -> None:
    periods = frozenset(Period(fiscal_year=2026, number=number) for number in (9, 10, 11))
    run = replace(ahead(proved=Scope(journals=frozenset({"VRK"}), periods=periods)), relations=2)

    assert calls_of(foresight.steps, "relations", run)["writes"] == Calls(
        step="relations", what="writes", count=2, units=3, changes_books=True
    )
    assert calls_of(foresight.steps, "reconcile", run)["books"] == Calls(
        step="reconcile", what="books", count=3, units=1
    )
