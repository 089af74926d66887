"""Keep what targets read rarely in the store, so that a night does not ask for it again."""

from dataclasses import dataclass, field
from datetime import timedelta

from finance_hooks.store import cache
from finance_hooks.store.engine import Engine
from finance_hooks.targets.base import Cache


@dataclass(frozen=True, slots=True)
class StoredCache:
    """The cache that targets are handed."""

    engine: Engine

    def read(self, name: str, key: str, *, max_age: timedelta) -> str | None:
        """Return what was written under this name and key, unless there is nothing or it is older."""
        with self.engine.begin() as connection:
            return cache.read(connection, name, key, max_age)

    def write(self, name: str, key: str, content: str) -> None:
        """Keep the content in place of what was there."""
        with self.engine.begin() as connection:
            cache.write(connection, name, key, content)


@dataclass(frozen=True, slots=True)
class CacheLeftAlone:
    """A cache for somebody who must leave no trace: what is written is kept as long as he lives."""

    cache: Cache
    written: dict[tuple[str, str], str] = field(default_factory=dict)

    def read(self, name: str, key: str, *, max_age: timedelta) -> str | None:
        """Return what was written here, else what the cache holds."""
        return self.written.get((name, key)) or self.cache.read(name, key, max_age=max_age)

    def write(self, name: str, key: str, content: str) -> None:
        """Keep the content here."""
        self.written[name, key] = content


@dataclass(frozen=True, slots=True)
class RenewedCache:
    """A cache of which nothing is taken, so that all is read anew and kept for whoever comes next."""

    kept: Cache

    def read(self, name: str, key: str, *, max_age: timedelta) -> None:
        """Return nothing."""

    def write(self, name: str, key: str, content: str) -> None:
        """Keep the content in place of what was there."""
        self.kept.write(name, key, content)
