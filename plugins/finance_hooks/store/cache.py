"""Keep what changes rarely (a target's chart, its periods), so that a night does not ask for it again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from finance_hooks.store.metadata import Instant, Now, database_now, metadata

cache = sa.Table(
    "cache",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("written_at", Instant, nullable=False),
)


def read(
    connection: sa.Connection, name: str, key: str, max_age: timedelta, now: Now = database_now
) -> str | None:
    """Return what was written under a name and key, `None` when that is nothing or older than `max_age`."""
    found: str | None = connection.execute(
        sa.select(cache.c.content).where(
            cache.c.name == name, cache.c.key == key, cache.c.written_at > now(connection) - max_age
        )
    ).scalar_one_or_none()
    return found


def write(connection: sa.Connection, name: str, key: str, content: str, now: Now = database_now) -> None:
    """Keep a text under a name and key, in place of what was there."""
    values = {"content": content, "written_at": now(connection)}
    connection.execute(
        insert(cache)
        .values(name=name, key=key, **values)
        .on_conflict_do_update(index_elements=[cache.c.name, cache.c.key], set_=values)
    )


def forget(connection: sa.Connection, name: str, key: str | None = None) -> None:
    """Drop one key of a name, or all of them: a code turned out to be unknown."""
    statement = sa.delete(cache).where(cache.c.name == name)
    connection.execute(statement if key is None else statement.where(cache.c.key == key))


def forget_old(connection: sa.Connection, *, before: datetime, dry_run: bool = False) -> int:
    """Drop what was written before an instant, and return how many rows that are; nobody reads them."""
    old = cache.c.written_at < before
    if dry_run:
        return int(connection.execute(sa.select(sa.func.count()).select_from(cache).where(old)).scalar_one())
    return connection.execute(sa.delete(cache).where(old)).rowcount


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCache:
    """The cache as a target sees it; every call is a transaction of its own."""

    engine: sa.Engine
    now: Now = database_now

    def read(self, name: str, key: str, *, max_age: timedelta) -> str | None:
        """Return what was written under this name and key, unless there is nothing or it is older."""
        with self.engine.begin() as connection:
            return read(connection, name, key, max_age, self.now)

    def write(self, name: str, key: str, content: str) -> None:
        """Keep the content in place of what was there."""
        with self.engine.begin() as connection:
            write(connection, name, key, content, self.now)
