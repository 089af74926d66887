"""A plan books what belongs in a closed period where loading does, where the chart tells what is closed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from finance_hooks.model.administration import ClosedPeriodPolicy
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.posting.planned import Place
from tests.integration.chain.chain import Chain
from tests.integration.chain.source_changes import SourceChanges
from tests.integration.plan.comparing import Comparison, differences

KINDS = ("salesinvoices", "purchaseinvoices", "memorials")


@pytest.fixture(params=["twinfield_nl", "afas_nl", "accountview_nl"])
def chain(store_url: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Chain]:
    policy = ClosedPeriodPolicy.NEXT_OPEN
    chain = Chain(store_url, request.param, monkeypatch, closed_period_policy=policy)
    yield chain
    chain.close()


def last_month(chain: Chain) -> date:
    return chain.today.replace(day=1) - timedelta(days=1)


def close(chain: Chain, *days: date) -> None:
    chain.bench.switch(closed_periods=" ".join(f"{day.year}/{day.month}" for day in days))


def test_plan_moves_entries_out_of_a_closed_month_as_the_run_does(chain: Chain) -> None:
    source, comparison, closed = SourceChanges(chain), Comparison(chain), last_month(chain)
    close(chain, closed)
    for kind in KINDS:
        source.issue(kind, closed)
    source.issue(KINDS[0])

    plan = comparison.plan()
    night = comparison.night()

    assert differences(plan, night) == []
    moved = [one.entry for one in plan.planned if one.entry is not None and one.entry.moved_from == closed]
    assert (len(moved), night.booked) == (3, 4)

    source.issue(KINDS[0])
    again = comparison.plan()

    assert differences(again, comparison.night("second")) == []


def test_plan_parks_what_has_no_open_period_left_as_the_run_does(chain: Chain) -> None:
    source, comparison, closed = SourceChanges(chain), Comparison(chain), last_month(chain)
    periods = chain.bench.hook().read_chart(chain.administration.target_administration).periods
    close(chain, *(period.first_date for period in periods if period.last_date >= closed))
    source.issue(KINDS[0], closed)

    plan = comparison.plan()
    night = comparison.night()

    assert differences(plan, night) == []
    (parked,) = plan.planned
    assert (parked.place, night.booked) == (Place.PARKED, 0)
    assert {reason.code for reason in parked.reasons} == {ReasonCode.PERIOD_CLOSED}


def test_plan_knows_the_days_that_the_tables_moved(chain: Chain) -> None:
    source, comparison = SourceChanges(chain), Comparison(chain)
    chain.administration = replace(chain.administration, books_closed_until=last_month(chain))
    source.issue(KINDS[0], last_month(chain))

    plan = comparison.plan()

    assert differences(plan, comparison.night()) == []
    source.issue(KINDS[1])
    assert differences(comparison.plan(), comparison.night("second")) == []
