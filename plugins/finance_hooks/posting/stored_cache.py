"""Keep what targets read rarely in the store, so that a night does not ask for it again."""

from dataclasses import dataclass
from datetime import timedelta

from finance_hooks.store import cache
from finance_hooks.store.engine import Engine


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
class RenewedCache:
    """A cache of which nothing is taken, so that all is read anew and kept for whoever comes next."""

    kept: StoredCache

    def read(self, name: str, key: str, *, max_age: timedelta) -> None:
        """Return nothing."""

    def write(self, name: str, key: str, content: str) -> None:
        """Keep the content in place of what was there."""
        self.kept.write(name, key, content)
