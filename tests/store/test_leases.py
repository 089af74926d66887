"""One owner at a time, and a backfill gives way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.store import leases
from finance_hooks.store.held_lease import hold_patiently
from finance_hooks.store.lease_holder import own_name
from finance_hooks.store.leases import Lease, LeaseRefused
from tests.store.conftest import StoreTime
from tests.store.lending import BOOKS, TTL, ask, ask_and_get, hold_now, wish
from tests.transport.stepped_clock import SteppedClock


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


def gone_holder() -> str:
    """Name a process of this machine that certainly runs no more: ours, had it started before."""
    place, _, started = str(own_name()).rpartition(" ")
    return f"{place} {int(started) - 1}"


def test_name_whose_holder_is_gone_is_lent_at_once(engine: sa.Engine, time: StoreTime) -> None:
    left = ask_and_get(engine, time, holder=gone_holder())
    time.advance(5)

    lent = ask_and_get(engine, time, owner="after it", holder=own_name())

    assert lent.generation == left.generation + 1
    assert lent.previous_ended_at == left.expires_at
    assert isinstance(ask(engine, time, owner="a third"), LeaseRefused)


def test_what_a_holder_that_is_gone_sent_may_arrive_until_its_lending_would_have_ended(
    engine: sa.Engine, time: StoreTime
) -> None:
    left = ask_and_get(engine, time, holder=gone_holder(), ttl=timedelta(seconds=300))
    second = ask_and_get(engine, time, owner="second", holder=own_name())
    with engine.begin() as connection:
        leases.release(connection, second, time)

    third = ask_and_get(engine, time, owner="third")

    assert third.previous_ended_at == left.expires_at


def test_holder_of_whom_nothing_is_certain_is_waited_for(engine: sa.Engine, time: StoreTime) -> None:
    ask_and_get(engine, time, holder=f"another-boot 1 {gone_holder().split(' ', 2)[2]}")

    assert isinstance(ask(engine, time, owner="another"), LeaseRefused)


def test_holder_that_was_taken_for_gone_neither_sends_nor_renews_nor_gives_back(
    engine: sa.Engine, time: StoreTime
) -> None:
    left = ask_and_get(engine, time, holder=gone_holder())
    ask_and_get(engine, time, owner="second", holder=own_name())

    with engine.begin() as connection:
        assert leases.renew(connection, left, TTL, time) is None
        leases.release(connection, left, time)
        with pytest.raises(TemporaryFailure):
            leases.assert_held(connection, left, time)

    assert isinstance(ask(engine, time, owner="third"), LeaseRefused)


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


def test_one_of_many_askers_gets_it(engine: sa.Engine, time: StoreTime) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: ask(engine, time, owner=f"worker {n}"), range(16)))

    assert sum(isinstance(answer, Lease) for answer in answers) == 1


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
