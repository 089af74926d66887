"""One owner at a time, and no request that outlives its lease."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.store import leases
from finance_hooks.store.held_lease import HeldLease, hold, hold_patiently
from finance_hooks.store.leases import Lease, LeaseRefused, LeaseWish
from local.postgres import drop_database
from tests.store.conftest import StoreTime
from tests.transport.stepped_clock import SteppedClock

BOOKS = "books:start.exactonline.nl/124132"
TTL = timedelta(seconds=60)


def wish(owner: str = "sync_100", *, is_backfill: bool = False, ttl: timedelta = TTL) -> LeaseWish:
    return LeaseWish(name=BOOKS, owner=owner, ttl=ttl, is_backfill=is_backfill)


def ask(engine: sa.Engine, time: StoreTime, **asked: Any) -> Lease | LeaseRefused:
    with engine.begin() as connection:
        return leases.acquire(connection, wish(**asked), time)


def ask_and_get(engine: sa.Engine, time: StoreTime, **asked: Any) -> Lease:
    lent = ask(engine, time, **asked)
    assert isinstance(lent, Lease)
    return lent


def hold_now(engine: sa.Engine, clock: SteppedClock, time: StoreTime, **asked: Any) -> HeldLease:
    held = hold(engine, wish(**asked), boot_s=clock.boot_s, now=time)
    assert isinstance(held, HeldLease)
    return held


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


def test_second_request_is_refused_even_by_the_same_owner(engine: sa.Engine, time: StoreTime) -> None:
    lent = ask_and_get(engine, time)

    refused = ask(engine, time)

    assert refused == LeaseRefused(until=lent.expires_at, why=f"{BOOKS} is in use by sync_100")


def test_every_acquisition_raises_the_generation(engine: sa.Engine, time: StoreTime) -> None:
    first = ask_and_get(engine, time)
    with engine.begin() as connection:
        leases.release(connection, first, time)
    second = ask_and_get(engine, time)
    time.advance(61)
    third = ask_and_get(engine, time)

    assert [first.generation, second.generation, third.generation] == [1, 2, 3]
    assert [first.previous_ended_at, third.previous_ended_at] == [None, second.expires_at]


def test_expired_lease_is_never_renewed(engine: sa.Engine, time: StoreTime) -> None:
    lent = ask_and_get(engine, time)
    time.advance(60)

    with engine.begin() as connection:
        end = leases.renew(connection, lent, TTL, time)

    assert end is None
    assert isinstance(ask(engine, time, owner="another"), Lease)


def test_late_release_takes_nothing_from_the_new_owner(engine: sa.Engine, time: StoreTime) -> None:
    old = ask_and_get(engine, time)
    time.advance(61)
    ask_and_get(engine, time, owner="new")

    with engine.begin() as connection:
        leases.release(connection, old, time)

    assert isinstance(ask(engine, time), LeaseRefused)


def test_backfill_gives_way_to_a_refused_nightly_run(engine: sa.Engine, time: StoreTime) -> None:
    backfill = ask_and_get(engine, time, is_backfill=True)
    ask(engine, time, owner="nightly")
    with engine.begin() as connection:
        leases.release(connection, backfill, time)
    time.advance(119)

    refused = ask(engine, time, is_backfill=True)
    time.advance(1)
    lent = ask(engine, time, is_backfill=True)

    assert isinstance(refused, LeaseRefused)
    assert "nightly run waits" in refused.why
    assert isinstance(lent, Lease)


def test_nightly_run_is_not_kept_off_by_its_own_wish(engine: sa.Engine, time: StoreTime) -> None:
    backfill = ask_and_get(engine, time, is_backfill=True)
    ask(engine, time, owner="nightly")
    with engine.begin() as connection:
        leases.release(connection, backfill, time)

    assert isinstance(ask(engine, time, owner="nightly"), Lease)


def test_refused_backfill_asks_nobody_to_give_way(engine: sa.Engine, time: StoreTime) -> None:
    ask(engine, time, is_backfill=True)
    ask(engine, time, owner="second backfill", is_backfill=True)

    with engine.begin() as connection:
        assert not leases.is_wanted(connection, BOOKS, time)


@pytest.mark.parametrize(("is_backfill", "told"), [(True, True), (False, False)])
def test_only_a_backfill_is_told_to_give_back(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock, is_backfill: bool, told: bool
) -> None:
    held = hold_now(engine, clock, time, is_backfill=is_backfill)
    before = held.wanted_by_another()
    ask(engine, time, owner="nightly")

    assert (before, held.wanted_by_another()) == (False, told)


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


def test_one_of_many_askers_gets_it(engine: sa.Engine, time: StoreTime) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: ask(engine, time, owner=f"worker {n}"), range(16)))

    assert sum(isinstance(answer, Lease) for answer in answers) == 1


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


def test_patient_asker_gets_what_is_given_back(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    lent = ask_and_get(engine, time)

    def give_back(_seconds: float) -> None:
        with engine.begin() as connection:
            leases.release(connection, lent, time)

    held = hold_patiently(engine, wish(), boot_s=clock.boot_s, sleep=give_back, patience_s=10, now=time)

    assert held.generation == 2


def test_patience_ends_in_a_temporary_failure(
    engine: sa.Engine, time: StoreTime, clock: SteppedClock
) -> None:
    ask(engine, time)

    with pytest.raises(TemporaryFailure, match="in use by sync_100"):
        hold_patiently(engine, wish(), boot_s=clock.boot_s, sleep=clock.sleep, patience_s=10, now=time)

    assert sum(clock.slept_s) <= 10


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
