"""Lend benchmarks a PostgreSQL: the one FINANCE_TEST_POSTGRES names, else the embedded one as it comes."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from finance_hooks.store import migrate
from local import postgres

PASSWORD = "bench"  # noqa: S105 - of a server on loopback, deleted at the end


@contextmanager
def scratch_server() -> Iterator[str]:
    """Yield the address of a server's own database `postgres`; what was started is stopped and deleted."""
    if named := os.environ.get("FINANCE_TEST_POSTGRES"):
        yield named
        return
    with tempfile.TemporaryDirectory() as place:
        server = postgres.EmbeddedPostgres(state=Path(place), password=PASSWORD)
        server.start()
        try:
            yield server.url("postgres")
        finally:
            server.stop()
            postgres.forget(Path(place))


@contextmanager
def new_store(server: str) -> Iterator[str]:
    """Make a migrated store on a server and drop it afterwards."""
    name = f"finance_bench_{secrets.token_hex(4)}"
    postgres.create_database(server, name)
    url = sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    migrate.upgrade(url)
    try:
        yield url
    finally:
        postgres.drop_database(server, name)


@contextmanager
def scratch_store() -> Iterator[str]:
    """Make a migrated store on a server of its own."""
    with scratch_server() as server, new_store(server) as url:
        yield url
