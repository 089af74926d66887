"""One source with its demo, and nights that receive and prepare what it offers."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from emulators.clock import EmulatorClock
from emulators.qubz.app import QubzEmulator
from emulators.server import EmulatorServer
from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.administration import Administration
from finance_hooks.model.selection import Selection
from finance_hooks.posting.prepare import Mapping, prepare
from finance_hooks.posting.receive import receive
from finance_hooks.posting.work import Work
from finance_hooks.sources.qubz.hook import QubzHook
from finance_hooks.store.engine import store_engine
from finance_hooks.targets.registry import find_target
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.integration.posting.books import SteppedClock

SYNC_IDS = [row.sync_id for row in read_administrations() if row.sync_id]
"""The administrations of the project's own table."""
TODAY = date(2026, 11, 6)
NOW = datetime(2026, 11, 6, 3, tzinfo=UTC)


def source_connection(url: str) -> str:
    """Write the connection to a source as Airflow reads it from the environment."""
    return json.dumps(
        {
            "conn_type": "finance_qubz",
            "host": url,
            "login": "finance",
            "password": "finance-secret",
            "extra": {"source_id": "qubz", "environment": "test"},
        }
    )


class Offer:
    """One source with its demo, one store, and nights that receive and prepare."""

    def __init__(self, url: str, server: EmulatorServer, emulator: QubzEmulator) -> None:
        self.engine = store_engine(url)
        self.emulator = emulator
        self.server = server
        self.clock = SteppedClock(NOW)
        self.transport = Transport(session=open_session(), clock=self.clock)
        self.source = QubzHook(transport=self.transport)

    def work(self, sync_id: str, run_id: str) -> Work:
        return Work(
            administration=administration(sync_id),
            engine=self.engine,
            run_id=run_id,
            clock=self.clock,
            now=lambda _connection: self.clock.now(),
        )

    def night(self, sync_id: str = "exact_nl", run_id: str = "first", **selected: Any) -> dict[str, int]:
        """Receive and prepare as a run does; without dates the selection is a nightly one."""
        work = self.work(sync_id, run_id)
        today = work.business_date()
        wanted: dict[str, Any] = {
            "changed_since": None,
            "dated_from": today - timedelta(days=60),
            "dated_until": today,
            "moves_watermark": True,
        }
        received = receive(work, self.source, Selection(**wanted | selected))
        mapping = Mapping(
            masters=self.source.read_masters(work.administration.organisation),
            tables=read_tables(work.administration),
            settings=find_target("exactonline").settings,
        )
        return received | prepare(work, self.source, mapping)

    def row(self, resource: str, number: str) -> dict[str, Any]:
        """Return one row of the source, to be changed and loaded again."""
        name = {"memorials": "EntryNumber", "organisations": "Code"}.get(resource, "InvoiceNumber")
        rows = self.emulator.documents.rows[resource].values()
        return next(dict(row) for row in rows if row[name] == number)

    def load(self, resource: str, row: dict[str, Any]) -> None:
        self.emulator.load({resource: [row | {"ChangedDate": self.clock.now().isoformat()}]})

    def postings(self) -> dict[str, tuple[str, list[str]]]:
        """Return state and reason codes by document number."""
        chosen = sa.text(
            "SELECT coalesce(d.number, d.source_document_id) AS number, p.state, p.reasons"
            " FROM posting p JOIN document d USING (document_id)"
        )
        with self.engine.begin() as connection:
            rows = connection.execute(chosen).all()
        return {row.number: (row.state, [reason["code"] for reason in row.reasons]) for row in rows}


@contextmanager
def offering(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offer]:
    """Start a source with its samples, and set the connection to it."""
    emulator = QubzEmulator(seed=1, clock=EmulatorClock(lambda: NOW))
    emulator.load_demo(today=TODAY, documents=0)
    with EmulatorServer(emulator) as server:
        monkeypatch.setenv("AIRFLOW_CONN_QUBZ_DEFAULT", source_connection(server.url))
        yield Offer(store_url, server, emulator)


def administration(sync_id: str) -> Administration:
    """Return a row of the project's own administrations.csv."""
    found = next(row.administration for row in read_administrations() if row.sync_id == sync_id)
    assert found is not None
    return found
