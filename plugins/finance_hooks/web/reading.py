"""Read the store for a page: one transaction that PostgreSQL lets change nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from airflow.sdk import BaseHook

from finance_hooks.store.engine import CONNECTION_ID, Connection, reading_only, ready_engine


@contextmanager
def reading() -> Iterator[Connection]:
    """Open the store to read; ConfigurationError says what to do when it does not answer."""
    with reading_only(ready_engine(BaseHook.get_connection(CONNECTION_ID))).connect() as connection:
        yield connection
