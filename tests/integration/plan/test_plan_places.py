"""A plan puts every document where the following run puts it, whatever happened to it before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.selection import Selection
from finance_hooks.posting.planned import Place, Planned
from finance_hooks.store.decisions import Decision, find_unsettled, hold
from finance_hooks.store.sending_stops import stop
from tests.integration.chain.chain import Chain
from tests.integration.plan.comparing import Comparison, differences

SALES = "salesinvoices"


@pytest.fixture
def afas(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Comparison]:
    chain = Chain(store_url, "afas_nl", monkeypatch)
    yield Comparison(chain)
    chain.close()


def sales_rows(chain: Chain) -> list[dict[str, Any]]:
    """Return the good sales invoices of the source, the oldest first."""
    rows = chain.source_emulator.documents.rows[SALES].values()
    return [
        dict(row) for row in sorted(rows, key=lambda row: row["Id"]) if row["DocumentType"] == "SalesInvoice"
    ]


def put(chain: Chain, row: dict[str, Any], **fields: Any) -> None:
    chain.source_emulator.documents.put(SALES, row | {"ChangedDate": chain.now()} | fields)


def decision(chain: Chain) -> Decision:
    return Decision(who="a controller", why="first I want to see it", at=chain.now())


def places_of(planned: tuple[Planned, ...]) -> dict[str, Place]:
    return {one.number: one.place for one in planned}


def test_plan_equals_the_run_after_documents_changed_vanished_and_were_held(afas: Comparison) -> None:
    chain = afas.chain
    chain.generate(12)
    afas.plan()
    afas.night("first")
    changed = sales_rows(chain)[0]
    chain.generate(14, seed=2)
    fresh = sales_rows(chain)[-4:]
    chain.prepare("second")
    put(chain, changed, DueDate=changed["DueDate"] + timedelta(days=7))
    chain.source_emulator.load({"delete": {SALES: [fresh[0]["Id"]]}})
    put(chain, fresh[1], Status="Cancelled")
    put(chain, fresh[2], DueDate=fresh[2]["DueDate"] + timedelta(days=7))
    # A number that somebody else has, and a second export of what stands in the books.
    put(chain, fresh[3], Id=9_000_001, InvoiceNumber=changed["InvoiceNumber"])
    put(chain, changed, ExportSequence=2)
    with chain.engine.begin() as connection:
        (found,) = find_unsettled(connection, fresh[3]["InvoiceNumber"], sync_id=None)
        assert hold(connection, [found], decision(chain))

    plan = afas.plan()
    night = afas.night("third")

    assert differences(plan, night) == []
    assert plan.places[Place.WITHDRAWN] == 2
    reasons = {reason.code for one in plan.planned for reason in one.reasons}
    assert {ReasonCode.ON_HOLD, ReasonCode.NUMBER_REUSED, ReasonCode.REEXPORT_WHILE_BOOKED} <= reasons


def test_booked_document_that_changed_since_is_named_and_not_booked_again(afas: Comparison) -> None:
    chain = afas.chain
    chain.generate(8)
    afas.plan()
    afas.night("first")
    row = sales_rows(chain)[0]
    put(chain, row, DueDate=row["DueDate"] + timedelta(days=7))

    plan = afas.plan()

    changed = [one for one in plan.planned if one.has_changed]
    assert [(one.number, one.place) for one in changed] == [(row["InvoiceNumber"], Place.BOOKED)]
    assert changed[0].why is not None
    assert plan.places[Place.BOOK] == 0


def test_what_the_books_hold_already_is_found_and_sent_by_nobody(afas: Comparison) -> None:
    afas.chain.generate(8)
    afas.plan()
    afas.night("first")
    afas.chain.forget_documents()

    plan = afas.plan()
    night = afas.night("second")

    assert plan.places[Place.FOUND] == 8
    assert night.states
    assert set(night.states.values()) == {"booked"}
    assert night.changing_calls == 0
    assert plan.counted is not None
    assert plan.counted.count == night.calls


def test_documents_before_the_start_are_told_and_never_planned(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Chain(store_url, "afas_nl", monkeypatch)
    chain.generate(12)
    starts_on = chain.today - timedelta(days=3)
    chain.administration = replace(chain.administration, starts_on=starts_on)
    comparison = Comparison(chain)

    plan = comparison.plan()
    night = comparison.night()
    chain.close()

    before = [one for one in plan.planned if one.place is Place.BEFORE_START]
    assert before
    assert all(one.dated_on is not None and one.dated_on < starts_on for one in before)
    assert len(night.sent) == plan.places[Place.BOOK] == 12 - len(before)


def test_documents_after_the_end_are_told_and_never_planned(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Chain(store_url, "afas_nl", monkeypatch)
    chain.generate(12)
    chain.administration = replace(chain.administration, ends_on=chain.today - timedelta(days=3))

    plan = Comparison(chain).plan()
    chain.close()

    assert plan.places[Place.AFTER_END] > 0
    assert plan.places[Place.AFTER_END] + plan.places[Place.BOOK] == 12


def test_nothing_is_planned_to_be_sent_while_sending_is_stopped(afas: Comparison) -> None:
    afas.chain.generate(4)
    with afas.chain.engine.begin() as connection:
        stop(connection, "afas_nl", decision(afas.chain))

    plan = afas.plan()
    resumed = afas.plan(as_if_resumed=True)
    night = afas.night()

    assert {one.place for one in resumed.planned} == {Place.BOOK}
    assert all(one.entry is not None for one in resumed.planned)
    assert places_of(plan.planned) == {one.number: Place.WAITING for one in plan.planned}
    assert {one.why for one in plan.planned} == {"sending is stopped"}
    assert plan.counted is not None
    assert (plan.counted.count, night.changing_calls) == (night.calls, 0)


def test_entries_of_which_nobody_knows_are_asked_for_before_they_are_sent(afas: Comparison) -> None:
    chain = afas.chain
    chain.generate(4)
    chain.prepare()
    with chain.engine.begin() as connection:
        sending = sa.text(
            "UPDATE posting SET state = 'sending', frozen_at = :at, sent_until = :at, lease_generation = 0"
        )
        connection.execute(sending, {"at": chain.now()})
        connection.execute(sa.text("UPDATE posting SET state = 'unknown'"))

    young = afas.plan()
    chain.clock.sleep(chain.settings.settle_s + 1)
    settled = afas.plan()
    night = afas.night("second")

    assert young.places == {Place.UNKNOWN: 4}
    assert young.done_at is not None
    assert (young.done_at - young.at).total_seconds() > chain.settings.settle_s - 60
    assert settled.places == {Place.BOOK: 4}
    assert differences(settled, night) == []


def test_plan_for_dates_looks_at_those_dates_alone(afas: Comparison) -> None:
    afas.chain.generate(30)
    day = afas.chain.today - timedelta(days=2)
    dated = Selection(changed_since=None, dated_from=day, dated_until=day, moves_watermark=False)

    plan = afas.planner.plan(dated)

    assert 0 < len(plan.planned) < 30
    assert {one.dated_on for one in plan.planned} == {day}
    assert isinstance(day, date)
