"""Stores for simulations: an embedded server that keeps nothing safe, and a database for each worker."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from finance_hooks.store import migrate
from local.postgres import FORGETFUL, EmbeddedPostgres, create_database, forget

PASSWORD = "simulated"  # noqa: S105 - of a server that lives as long as a simulation
NAME = "simulated"


@contextmanager
def open_stores(count: int) -> Iterator[list[str]]:
    """Start a server and make migrated, empty stores on it; nothing of it stays."""
    with tempfile.TemporaryDirectory(prefix="adversary-") as folder:
        server = EmbeddedPostgres(state=Path(folder), password=PASSWORD, settings=FORGETFUL)
        server.start()
        try:
            addresses = [server.url(f"{NAME}_{number}") for number in range(count)]
            for number, address in enumerate(addresses):
                create_database(server.url("postgres"), f"{NAME}_{number}")
                migrate.upgrade(address)
            yield addresses
        finally:
            server.stop()
            forget(Path(folder))
