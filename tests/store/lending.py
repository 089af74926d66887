"""Ask for a lease, and hold one, by a time that the test moves."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from finance_hooks.store import leases
from finance_hooks.store.held_lease import HeldLease, hold
from finance_hooks.store.leases import Lease, LeaseRefused, LeaseWish
from tests.store.conftest import StoreTime
from tests.transport.stepped_clock import SteppedClock

BOOKS = "books:start.exactonline.nl/124132"
TTL = timedelta(seconds=60)


def wish(
    owner: str = "sync_100", *, is_backfill: bool = False, ttl: timedelta = TTL, holder: str | None = None
) -> LeaseWish:
    return LeaseWish(name=BOOKS, owner=owner, ttl=ttl, is_backfill=is_backfill, holder=holder)


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
