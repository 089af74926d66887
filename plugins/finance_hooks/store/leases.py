"""Lend a name (a set of books, a grant) to one owner at a time, for a limited time.

Every lending raises the name's generation, so that what an earlier owner left behind can be told apart.
A name whose holder is gone is lent at once; what the holder had under way may still arrive until its lending
would have ended.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.store import lease_holder
from finance_hooks.store.metadata import Instant, Now, database_now, metadata

WANTED_FOR = timedelta(seconds=120)
"""How long backfills keep off a name that a nightly run was refused; it asks again well before that."""
NOTED_EVERY = timedelta(seconds=5)
"""Many who wait for one name ask every second; that somebody waits is written no more often than this."""

lease = sa.Table(
    "lease",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("owner", sa.Text),
    sa.Column("generation", sa.BigInteger, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("wanted_until", Instant),
    sa.Column("holder", sa.Text),
    sa.Column("sends_until", Instant),
)
"""Nothing that earlier holders sent leaves after `sends_until`, which may lie beyond the present lending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseWish:
    """Who asks for which name for how long; `owner` is for people to read and gives no second right.

    Who does not let it renew itself renews it on a clock of its own, as simulations do. `holder` names the
    process, as `lease_holder` does; without one a lending is waited for to its end.
    """

    name: str
    owner: str
    ttl: timedelta
    is_backfill: bool = False
    renews_itself: bool = True
    holder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """One lending; after `previous_ended_at` nothing left that was sent before it. `None` for the first."""

    name: str
    generation: int
    expires_at: datetime
    previous_ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseRefused:
    """The name is not to be had before `until`, or sooner if it is given back."""

    until: datetime
    why: str


def acquire(
    connection: sa.Connection,
    wish: LeaseWish,
    now: Now = database_now,
    is_gone: Callable[[str], bool] = lease_holder.is_gone,
) -> Lease | LeaseRefused:
    """Lend a name that is free; a refused run that is no backfill is noted as waiting for it."""
    row = _lock_if_known(connection, wish.name)
    if row is None:
        first = {"owner": None, "generation": 0, "expires_at": sa.func.to_timestamp(0), "wanted_until": None}
        connection.execute(insert(lease).values(name=wish.name, **first).on_conflict_do_nothing())
        row = _lock(connection, wish.name)
    at = now(connection)
    is_lent = row.owner is not None and row.expires_at > at
    if is_lent and not (row.holder is not None and is_gone(row.holder)):
        is_noted = row.wanted_until is not None and row.wanted_until > at + WANTED_FOR - NOTED_EVERY
        if not wish.is_backfill and not is_noted:
            _update(connection, wish.name, wanted_until=at + WANTED_FOR)
        return LeaseRefused(until=row.expires_at, why=f"{wish.name} is in use by {row.owner}")
    if wish.is_backfill and row.wanted_until is not None and row.wanted_until > at:
        return LeaseRefused(until=row.wanted_until, why=f"a nightly run waits for {wish.name}")
    sends_until = max(row.expires_at, row.sends_until or row.expires_at)
    lent = Lease(
        name=wish.name,
        generation=row.generation + 1,
        expires_at=at + wish.ttl,
        previous_ended_at=sends_until if row.generation else None,
    )
    _update(
        connection,
        wish.name,
        owner=wish.owner,
        holder=wish.holder,
        generation=lent.generation,
        expires_at=lent.expires_at,
        sends_until=sends_until,
    )
    return lent


def renew(connection: sa.Connection, lent: Lease, ttl: timedelta, now: Now = database_now) -> datetime | None:
    """Prolong a lease that is still running and return its new end; `None` when it has ended."""
    row = _lock(connection, lent.name)
    at = now(connection)
    if not _is_running(row, lent, at):
        return None
    _update(connection, lent.name, expires_at=at + ttl)
    return at + ttl


def release(connection: sa.Connection, lent: Lease, now: Now = database_now) -> None:
    """Give a lease back, unless it has ended or gone to another already."""
    row = _lock(connection, lent.name)
    at = now(connection)
    if _is_running(row, lent, at):
        _update(connection, lent.name, owner=None, expires_at=at)


def assert_held(connection: sa.Connection, lent: Lease, now: Now = database_now) -> None:
    """Raise TemporaryFailure unless the lease is running; nobody else gets it before the transaction ends."""
    row = _lock(connection, lent.name, shared=True)
    if not _is_running(row, lent, now(connection)):
        raise TemporaryFailure(f"the lease on {lent.name}, generation {lent.generation}, has ended")


def running_generation(connection: sa.Connection, name: str, now: Now = database_now) -> int | None:
    """Return the generation of the lending that is running, `None` when the name is free."""
    generation: int | None = connection.execute(
        sa.select(lease.c.generation).where(
            lease.c.name == name, lease.c.owner.is_not(None), lease.c.expires_at > now(connection)
        )
    ).scalar_one_or_none()
    return generation


def is_wanted(connection: sa.Connection, name: str, now: Now = database_now) -> bool:
    """Say whether a run that is no backfill was refused this name a short while ago."""
    wanted_until: datetime | None = connection.execute(
        sa.select(lease.c.wanted_until).where(lease.c.name == name)
    ).scalar_one_or_none()
    return wanted_until is not None and wanted_until > now(connection)


def _lock(connection: sa.Connection, name: str, *, shared: bool = False) -> sa.Row[Any]:
    return connection.execute(sa.select(lease).where(lease.c.name == name).with_for_update(read=shared)).one()


def _lock_if_known(connection: sa.Connection, name: str) -> sa.Row[Any] | None:
    return connection.execute(sa.select(lease).where(lease.c.name == name).with_for_update()).one_or_none()


def _is_running(row: sa.Row[Any], lent: Lease, at: datetime) -> bool:
    return row.owner is not None and row.generation == lent.generation and row.expires_at > at


def _update(connection: sa.Connection, name: str, **values: object) -> None:
    connection.execute(sa.update(lease).where(lease.c.name == name).values(**values))
