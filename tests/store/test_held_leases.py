"""No request outlives its lease, whatever becomes of its holder."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.store.held_lease import HeldLease, hold
from finance_hooks.store.leases import Lease
from local.postgres import drop_database
from tests.store.conftest import StoreTime
from tests.store.lending import BOOKS, TTL, ask, ask_and_get, hold_now, wish
from tests.transport.stepped_clock import SteppedClock


def test_request_leaves_only_when_the_lease_outlives_its_time_out(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    held = hold_now(engine, clock, time)
    clock.advance(29)

    assert held.why_not(30) is None
    assert held.why_not(31) == f"the lease on {BOOKS} lasts 31 s, the request may take 31 s"


def test_frozen_holder_sends_nothing_after_it_wakes_up(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    held = hold_now(engine, clock, time)
    clock.advance(3600)
    time.advance(3600)

    refusal = held.why_not(1)
    renewed = held.renew()

    assert refusal is not None
    assert not renewed


def test_renewal_counts_from_before_its_transaction(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    held = hold_now(engine, clock, time)
    time.advance(30)
    clock.advance(30)

    renewed = held.renew()
    clock.advance(59)

    assert renewed
    assert held.expires_at == time.at + TTL
    assert held.why_not(0.5) is None
    assert held.why_not(2) is not None


def test_local_end_is_never_later_than_the_stores(engine: sa.Engine, clock: SteppedClock) -> None:
    class SlowStore(StoreTime):
        def __call__(self, connection: sa.Connection) -> Any:
            clock.advance(20)
            return super().__call__(connection)

    held = hold_now(engine, clock, SlowStore())

    assert held.why_not(39) is None
    assert held.why_not(41) is not None


def test_claim_under_a_lost_lease_is_refused(engine: sa.Engine, time: StoreTime, clock: SteppedClock) -> None:
    held = hold_now(engine, clock, time)
    time.advance(61)
    ask_and_get(engine, time, owner="new")

    with engine.begin() as connection, pytest.raises(TemporaryFailure, match="generation 1, has ended"):
        held.assert_held(connection)


def test_nobody_gets_the_lease_while_a_claim_is_being_written(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    held = hold_now(engine, clock, time)
    with ThreadPoolExecutor(1) as pool:
        with engine.begin() as connection:
            held.assert_held(connection)
            time.advance(61)
            taking = pool.submit(ask, engine, time, owner="new")
            with pytest.raises(TimeoutError):
                taking.result(timeout=0.3)
        lent = taking.result(timeout=5)

    assert isinstance(lent, Lease)


def test_lease_is_renewed_in_the_background_and_given_back(engine: sa.Engine, clock: SteppedClock) -> None:
    held = hold(engine, wish(ttl=timedelta(seconds=3)), boot_s=clock.boot_s)
    assert isinstance(held, HeldLease)
    first_end = held.expires_at
    pause = threading.Event()

    with held:
        while held.expires_at == first_end:
            pause.wait(0.05)

    assert isinstance(hold(engine, wish(), boot_s=clock.boot_s), HeldLease)
    assert held.why_not(0) is not None


def test_lease_is_given_back_when_work_under_it_fails(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    with pytest.raises(KeyError), hold_now(engine, clock, time):
        raise KeyError("work")

    assert isinstance(ask(engine, time), Lease)


def test_store_out_of_reach_does_not_hide_what_happened(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock, postgres_url: str, store_url: str
) -> None:
    def work() -> None:
        with hold_now(engine, clock, time):
            drop_database(postgres_url, sa.make_url(store_url).database or "")
            raise KeyError("work")

    with pytest.raises(KeyError):
        work()


def test_holder_whose_lease_has_ended_stops_renewing_and_says_so(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock, caplog: pytest.LogCaptureFixture
) -> None:
    held = hold_now(engine, clock, time, ttl=timedelta(seconds=1))
    time.advance(2)
    pause = threading.Event()

    with held:
        while not caplog.records:
            pause.wait(0.05)

    assert "generation 1, has ended" in caplog.text
    assert held.previous_ended_at is None
    assert held.why_not(0) is not None
