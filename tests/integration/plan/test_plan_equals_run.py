"""A plan says what the following run really books, what it parks and why, and the calls it really makes."""

from datetime import timedelta

from finance_hooks.posting.planned import Place
from tests.integration.chain.source_changes import SourceChanges
from tests.integration.plan.comparing import Comparison, differences

COUNT = 60


def test_plan_equals_the_run_after_it_to_the_line_and_to_the_call(each: Comparison) -> None:
    each.chain.generate(COUNT, bad_share=0.1)

    plan = each.plan()
    night = each.night()

    assert len(plan.planned) == COUNT
    assert plan.places[Place.PARKED] > 0
    assert plan.places[Place.BOOK] > COUNT / 2
    assert differences(plan, night) == []


def test_plan_of_a_second_night_counts_what_stands_in_the_books_by_then(exact: Comparison) -> None:
    exact.chain.generate(20, bad_share=0.1)
    exact.plan()
    first = exact.night("first")
    exact.chain.generate(10, seed=2)

    plan = exact.plan()
    night = exact.night("second")

    assert differences(plan, night) == []
    assert plan.places[Place.BOOKED] == len(first.sent)
    assert plan.counted is not None
    # Preflight reads the chart anew every night, and loading finds it kept.
    assert {calls.step for calls in plan.counted.calls if calls.what == "chart"} == {"preflight"}


def test_plan_counts_uploads_and_the_looks_for_what_they_booked(exact: Comparison) -> None:
    exact.chain.exact.connect(xml_upload_from=20)
    exact.chain.generate(COUNT, bad_share=0.1)

    plan = exact.plan()
    night = exact.night()

    assert differences(plan, night) == []
    assert plan.counted is not None
    counted = {calls.what: calls.count for calls in plan.counted.calls if calls.step == "load"}
    assert counted["entries"] < 5
    assert counted["look-ups"] > 1


def test_plan_of_an_empty_night_takes_no_call(exact: Comparison) -> None:
    plan = exact.plan()

    assert plan.planned == ()
    assert plan.counted is not None
    assert (plan.counted.count, plan.made_calls) == (0, 0)
    assert plan.done_at == plan.at


def test_plan_leaves_to_a_later_run_what_the_limit_of_a_day_leaves_no_calls_for(exact: Comparison) -> None:
    exact.planner.use_up(5000 - 85)
    exact.chain.generate(30)

    plan = exact.plan()
    exact.chain.prepare()
    exact.relatives.relate()
    exact.chain.load_until_done()
    states = exact.chain.states()

    assert plan.counted is not None
    assert plan.counted.later == plan.places[Place.WAITING] > 0
    assert states == {"booked": plan.places[Place.BOOK], "pending": plan.counted.later}
    assert plan.done_at is not None
    assert plan.done_at.date() > plan.at.date()


def test_plan_of_a_night_that_parks_all_there_is_counts_the_reading_of_where_it_would_stand(
    each: Comparison,
) -> None:
    chain = each.chain
    source = SourceChanges(chain)
    earlier = chain.today.replace(day=1) - timedelta(days=1)
    source.issue("salesinvoices", Status="Concept")
    source.issue("purchaseinvoices", earlier, Status="Concept")
    # What is older than the open window is not looked for.
    source.issue("memorials", chain.today - timedelta(days=100), Status="Concept")

    plan = each.plan()
    night = each.night()

    assert differences(plan, night) == []
    assert plan.counted is not None
    assert "reconcile" in {calls.step for calls in plan.counted.calls}
    assert (night.booked, set(night.states.values())) == (0, {"parked"})

    again = each.plan()

    assert differences(again, each.night("second")) == []


def test_plan_counts_the_reading_of_what_cannot_be_read_and_of_what_was_cancelled_unseen(
    each: Comparison,
) -> None:
    source = SourceChanges(each.chain)
    source.issue("purchaseinvoices", InvoiceDate="niet bekend")
    source.issue("salesinvoices", Status="Cancelled")

    plan = each.plan()
    night = each.night()

    assert differences(plan, night) == []
    assert plan.counted is not None
    assert "reconcile" in {calls.step for calls in plan.counted.calls}
    assert set(night.states.values()) == {"parked"}

    again = each.plan()

    assert differences(again, each.night("second")) == []
