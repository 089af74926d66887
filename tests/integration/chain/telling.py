"""What comes after the books of a chain: telling the source, and attaching its files."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.posting.attach import LONGEST_S, Attaching, attach, has_files_to_attach
from finance_hooks.posting.report import Report
from finance_hooks.posting.write_back import has_untold, write_back
from finance_hooks.sources.qubz.hook import QubzHook
from finance_hooks.store.held_lease import HeldLease, hold
from finance_hooks.store.leases import LeaseWish
from finance_hooks.store.proof import Owned
from finance_hooks.targets.base import TargetHook
from finance_hooks.targets.registry import find_target
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.integration.chain.chain import SOURCE_ID, Chain


@dataclass(slots=True)
class Telling:
    """A chain whose nights also attach files and tell the source, in this mode."""

    chain: Chain
    monkeypatch: pytest.MonkeyPatch
    mode: str = "batch"
    told: dict[str, int] = field(default_factory=dict)
    attached: dict[str, int] = field(default_factory=dict)

    def tell(self, run_id: str = "night") -> dict[str, int]:
        """Tell the source as the task does."""
        if not has_untold(self.chain.work(run_id), SOURCE_ID, is_backfill=self.chain.is_backfill):
            return {}
        wish = LeaseWish(
            name="results:chain",
            owner="chain",
            ttl=timedelta(seconds=180),
            is_backfill=self.chain.is_backfill,
        )
        held = hold(self.chain.engine, wish, boot_s=self.chain.clock.boot_s, now=self.chain.now)
        assert isinstance(held, HeldLease)
        with held as lease:
            outer, self.chain.clock.lease = self.chain.clock.lease, lease
            try:
                desk = self.source(lease).results
                return {} if desk is None else write_back(self.chain.work(run_id), SOURCE_ID, desk, lease)
            finally:
                self.chain.clock.lease = outer

    def source(self, lease: HeldLease | None = None) -> QubzHook:
        """Open the source in the mode of the moment."""
        connection = json.loads(self.chain.source_connection)
        connection["extra"]["write_back"] = self.mode
        self.monkeypatch.setenv("AIRFLOW_CONN_QUBZ_DEFAULT", json.dumps(connection))
        way = Transport(session=open_session(), clock=self.chain.clock)
        return QubzHook(
            transport=way
            if lease is None
            else Transport(session=open_session(), clock=self.chain.clock, deadline=lease)
        )

    def attach(self, run_id: str = "night") -> dict[str, int]:
        """Attach files as the task does."""
        work = self.chain.work(run_id)
        if not has_files_to_attach(work, SOURCE_ID, is_backfill=self.chain.is_backfill):
            return {}

        def act(hook: TargetHook, lease: HeldLease) -> dict[str, int]:
            desk = find_target(work.administration.target).attachment_desk(hook)
            if desk is None:
                return {}
            return attach(
                Attaching(
                    work=work,
                    owned=Owned(administration=work.administration, source_id=SOURCE_ID),
                    files=self.source().files,
                    desk=desk,
                    lease=lease,
                    settle_s=self.chain.settings.settle_s,
                    ends_at_s=work.clock.boot_s() + LONGEST_S,
                )
            )

        return self.chain.with_books(act)

    def night(self, run_id: str = "night") -> Report:
        """Run the whole chain with both steps, in the order of the DAG."""
        self.chain.prepare(run_id)
        self.chain.load_until_done(run_id)
        if find_target(self.chain.administration.target).attachments:
            self.attached = self.attach(run_id)
        self.chain.compare(run_id)
        self.told = self.tell(run_id)
        return self.chain.conclude(run_id)

    def statuses(self) -> dict[str, str]:
        """Return what the source shows as export status, by number."""
        rows = self.chain.source_emulator.documents.rows
        return {
            str(row.get("InvoiceNumber") or row.get("EntryNumber")): str(row["ExportStatus"])
            for resource in ("salesinvoices", "purchaseinvoices", "memorials")
            for row in rows[resource].values()
            if row["Organisation"] == self.chain.administration.organisation
        }

    def results(self) -> list[sa.Row[Any]]:
        """Return what the store knows of what was told."""
        with self.chain.engine.begin() as connection:
            return list(connection.execute(sa.text("SELECT * FROM export_result ORDER BY posting_id")))

    def calls(self, method: str, part: str) -> list[dict[str, Any]]:
        """List the calls the source got of a method to addresses with this part."""
        return [
            call
            for call in self.chain.source_emulator.calls.since(None)
            if call["method"] == method and part in str(call["path"])
        ]
