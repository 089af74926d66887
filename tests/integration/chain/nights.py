"""Nights and backfills of one administration, each asking for what its DAG run would ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import requests
import sqlalchemy as sa

from emulators.qubz.generator import Wanted, generate
from emulators.qubz.loading import load_rows
from finance_hooks.model.selection import Selection
from finance_hooks.operators.selection import RunFacts, select
from finance_hooks.posting.report import Report
from finance_hooks.store.watermarks import read_watermark
from tests.integration.chain.chain import Chain

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NIGHTLY = time(4)
CONSENT_KEPT_FOR = timedelta(days=20)
"""A refresh token that is not used for long is lost; Exact's after 30 days."""


@dataclass(slots=True)
class Nights:
    """Run an administration night by night on its own clock; documents are issued by day."""

    chain: Chain
    issued: int = field(default=0)

    def __post_init__(self) -> None:
        self.chain.bench.switch(closed_periods="")

    def at(self, instant: datetime) -> None:
        """Move the clock of source, store and books forward to an instant; it never goes back."""
        clock = self.chain.bench.server.emulator.clock
        while (missing := instant - self.chain.now()) > timedelta(0):
            clock.advance(min(missing, CONSENT_KEPT_FOR).total_seconds())
            if missing > CONSENT_KEPT_FOR:
                assert self.chain.bench.hook().test_connection()[0]

    def issue(self, dated_on: date, **fields: Any) -> str:
        """Let the source issue one good sales invoice now, and return its number; `fields` replace its own.

        `VisibleAt` hides it until then, as a billing run does that has not committed.
        """
        seed = self.issued
        while True:
            self.issued += 1
            wanted = Wanted(
                count=1,
                seed=self.issued,
                dated_from=dated_on,
                dated_until=dated_on,
                organisations=(self.chain.administration.organisation,),
                first_id=5_000_000 + self.issued,
            )
            document = next(generate(wanted))
            if document.resource == "salesinvoices":
                break
            assert self.issued < seed + 1000
        self.put(document.row | {"ChangedDate": self.chain.now()} | fields)
        return str(document.row["InvoiceNumber"])

    def put(self, row: Mapping[str, Any]) -> None:
        """Put a row into the source as it is."""
        self.chain.source_emulator.documents.put("salesinvoices", dict(row))

    def row(self, number: str) -> dict[str, Any]:
        """Return a row of the source, to be changed and put again."""
        rows = self.chain.source_emulator.documents.rows["salesinvoices"].values()
        return next(dict(row) for row in rows if row["InvoiceNumber"] == number)

    def change(self, number: str, **fields: Any) -> None:
        """Let somebody change an invoice in the source now."""
        self.put(self.row(number) | {"ChangedDate": self.chain.now()} | fields)

    def delete(self, number: str) -> None:
        """Let somebody delete an invoice in the source."""
        load_rows(
            self.chain.source_emulator.documents, {"delete": {"salesinvoices": [self.row(number)["Id"]]}}
        )

    def lose_booking(self, number: str) -> None:
        """Let somebody delete the booking of an invoice from Exact's books."""
        chosen = sa.text(
            "SELECT p.target_entry_id FROM posting p JOIN document d USING (document_id)"
            " WHERE d.number = :number AND p.purpose = 'book' AND p.n = 1"
        )
        with self.chain.engine.begin() as connection:
            entry_id = connection.execute(chosen, {"number": number}).scalar_one()
        exact = self.chain.exact
        token = exact.hook().client.access_token(None)
        address = (
            f"{exact.server.url}/api/v1/{exact.administration}/salesentry/SalesEntries(guid'{entry_id}')"
        )
        deleted = requests.Session().delete(address, headers={"Authorization": f"Bearer {token}"}, timeout=10)
        assert deleted.status_code == 204, deleted.text

    def night(self, day: date) -> Report:
        """Run the nightly run of 04:00 on a day."""
        at = datetime.combine(day, NIGHTLY, AMSTERDAM)
        self.at(at.astimezone(UTC))
        self.chain.is_backfill = False
        return self._run(f"scheduled__{day}", self.nightly())

    def triggered(self, run_id: str, asked: Mapping[str, object]) -> Report:
        """Run as triggered by hand, with this conf."""
        self.chain.is_backfill = False
        return self._run(run_id, select(self.facts(asked=asked)))

    def backfill(self, day: date, *, attempt: int = 1) -> Report:
        """Run one day of a backfill: its interval starts at 04:00 of that day."""
        self.chain.is_backfill = True
        report = self._run(f"backfill__{day}__{attempt}", self.dated(day))
        self.chain.is_backfill = False
        return report

    def facts(self, **fields: Any) -> RunFacts:
        """Gather what a run's selection depends on, at this moment."""
        with self.chain.engine.begin() as connection:
            watermark = read_watermark(connection, self.chain.sync_id)
        wanted: dict[str, Any] = {
            "is_backfill": False,
            "data_interval_start": self.chain.now() - timedelta(days=1),
            "asked": {},
            "today": self.chain.now().astimezone(AMSTERDAM).date(),
            "starts_on": self.chain.administration.starts_on,
            "watermark": watermark,
        }
        return RunFacts(**wanted | fields)

    def nightly(self) -> Selection:
        """Choose what a nightly run asks for at this moment."""
        return select(self.facts())

    def dated(self, day: date) -> Selection:
        """Choose what the backfill of a day asks for."""
        return self.dated_by(datetime.combine(day, NIGHTLY, AMSTERDAM))

    def dated_by(self, start: datetime) -> Selection:
        """Choose what a backfill asks for whose interval starts at this instant."""
        return select(self.facts(is_backfill=True, data_interval_start=start))

    def _run(self, run_id: str, selection: Selection) -> Report:
        self.chain.prepare(run_id, selection)
        self.chain.load_until_done(run_id)
        return self.chain.conclude(run_id)

    def states(self) -> dict[str, str]:
        """Return the state of every posting by the number of its document."""
        chosen = sa.text("SELECT d.number, p.state FROM posting p JOIN document d USING (document_id)")
        with self.chain.engine.begin() as connection:
            return {row.number: row.state for row in connection.execute(chosen)}

    def findings(self) -> list[tuple[str, str]]:
        """Return kind and document number of every finding that is open."""
        chosen = sa.text(
            "SELECT f.kind, d.number FROM finding f JOIN posting p USING (posting_id)"
            " JOIN document d USING (document_id) WHERE f.settled_at IS NULL ORDER BY f.finding_id"
        )
        with self.chain.engine.begin() as connection:
            return [(row.kind, row.number) for row in connection.execute(chosen)]

    def target_calls(self) -> int:
        """Count all calls that Exact got so far."""
        return sum(1 for _ in self.chain.exact.emulator.calls.since(None))
