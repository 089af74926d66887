"""One administration of the demo: the source, its package and mapping tables, without vendors' limits."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.many_administrations import addresses, issue, start_empty
from chaos.administrations import MAPPINGS, Row, copy_mappings, read_rows
from chaos.vendors import SOURCE, Vendors
from local import authorisation, connections, postgres
from local.components import Component
from local.credentials import kept_credentials
from local.databases import migrate_store, open_databases
from local.environment import LocalAirflow, airflow_environment
from local.system import server_of, stop_system

SEED = 1


def row_of(sync_id: str) -> Row:
    """Find an administration of the demo; KeyError when there is none."""
    return {row.sync_id: row for row in read_rows(MAPPINGS)}[sync_id]


class OneEmulation:
    """A source that issued documents for one administration, and its package; the same every time."""

    def __init__(self, state: Path, row: Row, documents: int, answer_s: float = 0.0) -> None:
        """Remember what is to be issued, and how long each answer is to be under way."""
        self.answer_s = answer_s
        self.vendors = Vendors(state=state)
        self.row = row
        self.documents = documents

    def start(self, state: Path) -> tuple[list[Component], dict[str, str]]:
        """Start both and issue the documents; return where they are reached."""
        components = start_empty(self.vendors, (SOURCE, self.row.system), state)
        issue(self.vendors, self.row.organisation, self.documents, seed=SEED)
        if self.answer_s:
            for system in self.vendors.ports:
                self.vendors.tell(system, "faults", {"effect": "slow", "delay_s": self.answer_s})
        return components, addresses(self.vendors)


def write_own_mappings(row: Row, folder: Path) -> None:
    """Write the mapping tables of this administration alone, and let nothing lead to real systems."""
    for name in [name for name in os.environ if name.startswith(("AIRFLOW", "FINANCE_"))]:
        del os.environ[name]
    os.environ["FINANCE_MAPPINGS"] = str(copy_mappings([row.sync_id], folder))


@contextmanager
def without_airflow(emulation: OneEmulation) -> Iterator[Mapping[str, str]]:
    """Run a store and the emulators only; yields the environment in which the product reaches them."""
    state = emulation.vendors.state
    credentials = kept_credentials(state)
    try:
        databases = open_databases(server_of(state), token_key=credentials.token_key)
        migrate_store(databases)
        _, reached = emulation.start(state)
        store = connections.store_connection(databases.store_url, token_key=credentials.token_key)
        airflow = LocalAirflow(
            state=state,
            databases=databases,
            credentials=credentials,
            connections=store | connections.emulated_connections(reached),
            api_port=0,
            on_schedule=False,
        )
        environment = airflow_environment(airflow)
        authorisation.ensure_grants(databases, environment=environment)
        yield environment
    finally:
        stop_system(state)
        postgres.forget(state)
