"""A plan tells of the reversal and the booking after it, and the following run makes just these."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from finance_hooks.model.administration import ClosedPeriodPolicy, CorrectionPolicy
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.posting.plan import Plan
from finance_hooks.posting.planned import Place
from finance_hooks.store.decisions import Decision
from finance_hooks.store.finding_decisions import accept, correct, find_findings
from tests.integration.chain.chain import Chain
from tests.integration.chain.source_changes import SourceChanges
from tests.integration.plan.comparing import Comparison, differences

SALES, PURCHASES = "salesinvoices", "purchaseinvoices"


def forget_bookings(chain: Chain) -> None:
    """Let somebody delete all bookings of the package."""
    emulator: Any = chain.bench.server.emulator
    for office in emulator.offices.values():
        office.bookings.clear()


class Scene:
    """Four booked documents of one administration, and what the source then does to them."""

    def __init__(self, store_url: str, monkeypatch: pytest.MonkeyPatch, sync_id: str, policy: str) -> None:
        self.chain = Chain(store_url, sync_id, monkeypatch, correction_policy=CorrectionPolicy(policy))
        self.source = SourceChanges(self.chain)
        self.comparison = Comparison(self.chain)
        self.numbers = [self.source.issue(each) for each in (SALES, SALES, PURCHASES, SALES)]
        self.comparison.plan()
        self.comparison.night("first")
        self.chain.clock.sleep(3600)

    def change_all(self) -> None:
        """Let the source rewrite two, cancel one, and issue another one."""
        rewritten, cancelled, purchase, _ = self.numbers
        self.source.rewrite(SALES, rewritten)
        self.source.change(SALES, cancelled, Status="Cancelled")
        self.source.rewrite(PURCHASES, purchase)
        self.source.issue(SALES)

    def decide(self, act: object, number: str) -> None:
        with self.chain.engine.begin() as connection:
            (found,) = find_findings(connection, number, sync_id=None)
            decision = Decision(who="Anja", why="looked at it", at=self.chain.now())
            assert act(connection, found, decision) is None  # type: ignore[operator]

    def numbers_to_book(self, plan: Plan) -> list[str]:
        return [one.number for one in plan.planned if one.place is Place.BOOK]


@pytest.fixture(params=["exact_nl", "twinfield_nl", "afas_nl", "accountview_nl"])
def scene(store_url: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Scene]:
    scene = Scene(store_url, monkeypatch, request.param, "reverse")
    yield scene
    scene.chain.close()


@pytest.fixture
def asked(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    scene = Scene(store_url, monkeypatch, "twinfield_nl", "person")
    yield scene
    scene.chain.close()


def test_plan_of_corrections_equals_the_run(scene: Scene) -> None:
    scene.change_all()

    plan = scene.comparison.plan()
    night = scene.comparison.night("second")

    assert differences(plan, night) == []
    # Three are reversed, two of them booked anew, and one document is new.
    assert plan.places[Place.BOOK] == night.booked == 6
    again = scene.comparison.plan()
    assert (again.places[Place.BOOK], [one.number for one in again.planned if one.has_changed]) == (0, [])


def test_document_that_cannot_be_booked_as_it_is_now_keeps_its_booking_in_the_plan_too(scene: Scene) -> None:
    number = scene.numbers[0]
    scene.source.change(SALES, number, RelationNumber="99999999")

    plan = scene.comparison.plan()
    night = scene.comparison.night("second")

    assert differences(plan, night) == []
    assert plan.places[Place.BOOK] == 0
    (kept,) = [one for one in plan.planned if one.has_changed]
    assert (kept.number, kept.place) == (number, Place.BOOKED)
    assert kept.reasons


def test_document_that_vanished_is_taken_back_in_the_plan(scene: Scene) -> None:
    gone = scene.source.row(SALES, scene.numbers[3])
    scene.chain.source_emulator.load({"delete": {SALES: [gone["Id"]]}})

    plan = scene.comparison.plan()
    night = scene.comparison.night("second")

    assert differences(plan, night) == []
    assert plan.places[Place.BOOK] == night.booked == 1


def test_reversal_of_what_is_gone_from_the_books_is_parked_in_the_plan_and_lets_its_booking_wait(
    asked: Scene,
) -> None:
    chain, number = asked.chain, asked.numbers[0]
    asked.source.rewrite(SALES, number)
    asked.comparison.night("second")
    asked.decide(correct, number)
    forget_bookings(chain)

    plan = asked.comparison.plan()
    night = asked.comparison.night("third")

    assert differences(plan, night) == []
    assert plan.places[Place.BOOK] == night.booked == 0
    assert {reason.code for one in plan.planned for reason in one.reasons} == {ReasonCode.REVERSED_MISSING}


def test_reversal_in_closed_books_is_parked_and_lets_its_booking_wait_in_the_plan(scene: Scene) -> None:
    scene.source.rewrite(SALES, scene.numbers[0])
    closed = replace(scene.chain.administration, books_closed_until=scene.chain.today - timedelta(days=1))
    scene.chain.administration = replace(closed, closed_period_policy=ClosedPeriodPolicy.PARK)
    issued = scene.chain.today - timedelta(days=1)
    scene.source.change(SALES, scene.numbers[1], InvoiceDate=issued)

    plan = scene.comparison.plan()
    night = scene.comparison.night("second")

    assert differences(plan, night) == []


def test_what_nobody_decided_is_not_corrected_in_the_plan_and_what_somebody_did_is(asked: Scene) -> None:
    asked.change_all()
    first = asked.comparison.plan()
    asked.comparison.night("second")
    rewritten, cancelled, purchase, _ = asked.numbers
    asked.decide(correct, rewritten)
    asked.decide(accept, cancelled)

    plan = asked.comparison.plan()
    night = asked.comparison.night("third")

    assert first.places[Place.BOOK] == 1
    assert differences(plan, night) == []
    assert plan.places[Place.BOOK] == night.booked == 2
    assert {number.split("-R")[0] for number in asked.numbers_to_book(plan)} & {cancelled, purchase} == set()
