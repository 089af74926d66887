"""Read the store for a page: one transaction that PostgreSQL lets change nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from finance_hooks.operators.connections import open_store
from finance_hooks.store.engine import Connection, reading_only


@contextmanager
def reading() -> Iterator[Connection]:
    """Open the store to read; ConfigurationError says what to do when it does not answer."""
    with reading_only(open_store()).connect() as connection:
        yield connection
