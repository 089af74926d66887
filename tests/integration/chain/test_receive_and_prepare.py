"""What the source offers becomes postings: pending with an entry, or parked with every reason."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from emulators.clock import EmulatorClock
from emulators.qubz.app import QubzEmulator
from emulators.qubz.demo import manifest
from emulators.server import EmulatorServer
from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.administration import Administration
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.selection import Selection
from finance_hooks.posting.prepare import Mapping, prepare
from finance_hooks.posting.receive import receive
from finance_hooks.posting.work import Work
from finance_hooks.sources.qubz.fields import FOLDER
from finance_hooks.sources.qubz.hook import QubzHook
from finance_hooks.store.engine import store_engine
from finance_hooks.store.watermarks import read_watermark
from finance_hooks.targets.registry import find_target
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.integration.posting.books import SteppedClock

TODAY = date(2026, 11, 6)
NOW = datetime(2026, 11, 6, 3, tzinfo=UTC)
CODES = {
    "V15": "vat_id_missing",
    "C1": "vat_category",
    "C3": "outside_scope_mixed",
    "C4": "original_missing",
    "C5": "unit_unknown",
    "R5": "vat_disagrees",
    "R6": "totals_disagree",
    "B4": "self_billing_agreement_missing",
    "not_final": "not_final",
    "unknown_member": "unknown_member",
    "unmapped_vat_code": "vat_code_unmapped",
    "missing_exchange_rate": "exchange_rate_missing",
    "unreadable": "field_unreadable",
}
"""The rules by which the samples are bad, and the reason each must be parked for."""


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


def administration(sync_id: str) -> Administration:
    """Return a row of the project's own administrations.csv."""
    found = next(row.administration for row in read_administrations() if row.sync_id == sync_id)
    assert found is not None
    return found


@pytest.fixture
def offer(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Offer]:
    emulator = QubzEmulator(seed=1, clock=EmulatorClock(lambda: NOW))
    emulator.load_demo(today=TODAY, documents=0)
    with EmulatorServer(emulator) as server:
        connection = {
            "conn_type": "finance_qubz",
            "host": server.url,
            "login": "finance",
            "password": "finance-secret",
            "extra": {"source_id": "qubz", "environment": "test"},
        }
        monkeypatch.setenv("AIRFLOW_CONN_QUBZ_DEFAULT", json.dumps(connection))
        yield Offer(store_url, server, emulator)


@pytest.mark.parametrize(("sync_id", "organisation"), [("exact_nl", "100"), ("exact_be", "200")])
def test_every_sample_is_pending_or_parked_as_its_manifest_says(
    offer: Offer, sync_id: str, organisation: str
) -> None:
    wanted = {
        sample["number"] or str(sample["id"]): {"booked": "pending", "parked": "parked"}[sample["outcome"]]
        for sample in manifest(TODAY)
        if sample["organisation"] == organisation and sample["outcome"] in {"booked", "parked"}
    }

    offer.night(sync_id)

    postings = offer.postings()
    assert {number: state for number, (state, _) in postings.items()} == wanted
    for sample in manifest(TODAY):
        if sample["organisation"] == organisation and sample["outcome"] == "parked":
            assert {CODES[rule] for rule in sample["rules"]} <= set(postings[sample["number"]][1])


def test_second_night_stores_nothing_new(offer: Offer) -> None:
    offer.night()

    again = offer.night(run_id="second")

    assert (again["stored"], again["vanished"]) == (0, 0)


def test_watermark_is_the_newest_change_that_was_seen(offer: Offer) -> None:
    offer.night()

    with offer.engine.begin() as connection:
        watermark = read_watermark(connection, "exact_nl")
    assert watermark is not None
    assert NOW - timedelta(days=10) < watermark <= NOW


def test_dates_alone_move_no_watermark(offer: Offer) -> None:
    offer.night(moves_watermark=False)

    with offer.engine.begin() as connection:
        assert read_watermark(connection, "exact_nl") is None


def test_document_mended_in_the_source_is_pending_the_next_night(offer: Offer) -> None:
    offer.night()
    number = next(number for number, (_, codes) in offer.postings().items() if "totals_disagree" in codes)
    row = offer.row("salesinvoices", number)

    offer.load("salesinvoices", row | {"TotalGross": row["TotalNet"] + row["TotalVat"]})
    offer.night(run_id="second")

    assert offer.postings()[number][0] == "pending"


def test_number_under_another_id_is_parked_and_names_its_holder(offer: Offer) -> None:
    offer.night()
    row = offer.row("salesinvoices", "2026100123")

    offer.load("salesinvoices", row | {"Id": 999_999})
    offer.night(run_id="second")

    with offer.engine.begin() as connection:
        states = connection.execute(
            sa.text(
                "SELECT d.source_document_id AS id, p.state, p.reasons FROM posting p"
                " JOIN document d USING (document_id) WHERE d.number = '2026100123'"
            )
        ).all()
    by_id = {found.id: (found.state, [reason["code"] for reason in found.reasons]) for found in states}
    assert by_id[str(row["Id"])][0] == "pending"
    assert by_id["999999"] == ("parked", ["number_reused"])


def test_document_cancelled_before_it_was_booked_is_parked_as_withdrawn(offer: Offer) -> None:
    offer.night()
    row = offer.row("salesinvoices", "2026100123")

    offer.load("salesinvoices", row | {"Status": "Cancelled"})
    offer.night(run_id="second")

    state, reasons = offer.postings()["2026100123"]
    assert (state, "withdrawn" in reasons) == ("parked", True)


def test_key_that_no_longer_comes_from_the_window_has_vanished_and_is_named(offer: Offer) -> None:
    offer.night()
    row = offer.row("salesinvoices", "2026100123")
    offer.emulator.load({"delete": {"salesinvoices": [row["Id"]]}})

    counts = offer.night(run_id="second")

    assert counts["vanished"] == 1
    assert offer.postings()["2026100123"] == ("parked", ["withdrawn"])


def test_document_whose_type_becomes_known_is_booked_once_under_its_own_key(
    offer: Offer, tmp_path: Path
) -> None:
    offer.night()
    for file in ("fields.csv", "enums.csv"):
        (tmp_path / file).write_text((FOLDER / file).read_text(encoding="utf-8"), encoding="utf-8")
    row = offer.row("salesinvoices", "2026100206")
    with (tmp_path / "enums.csv").open("a", encoding="utf-8") as enums:
        enums.write(f"DocumentType,{row['DocumentType']},sales_invoice\n")

    offer.source = QubzHook(transport=offer.transport, folder=tmp_path)
    offer.night(run_id="second", dated_from=TODAY, moves_watermark=False)

    with offer.engine.begin() as connection:
        found = connection.execute(
            sa.text(
                "SELECT d.document_type, p.state FROM posting p JOIN document d USING (document_id)"
                " WHERE d.number = '2026100206' ORDER BY p.state DESC"
            )
        ).all()
    assert [tuple(one) for one in found] == [("sales_invoice", "pending"), ("salesinvoices", "parked")]


def test_higher_export_sequence_waits_until_the_earlier_booking_has_gone(offer: Offer) -> None:
    offer.night()
    with offer.engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE posting SET state = 'booked', target_entry_id = 'x', target_entry_number = '26700001'"
                " WHERE document_id = (SELECT document_id FROM document WHERE number = '2026100123')"
            )
        )

    offer.load("salesinvoices", offer.row("salesinvoices", "2026100123") | {"ExportSequence": 2})
    offer.night(run_id="second")

    with offer.engine.begin() as connection:
        found = connection.execute(
            sa.text(
                "SELECT p.state, p.reasons FROM posting p JOIN document d USING (document_id)"
                " WHERE d.number = '2026100123' AND d.export_sequence = 2"
            )
        ).one()
    assert (found.state, [(one["code"], one["detail"]) for one in found.reasons]) == (
        "parked",
        [("reexport_while_booked", "26700001")],
    )


def test_document_that_changes_after_booking_is_drift_and_stays_booked(offer: Offer) -> None:
    offer.night()
    with offer.engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE posting SET state = 'booked', target_entry_id = 'x', target_entry_number = '1'"
                " WHERE document_id = (SELECT document_id FROM document WHERE number = '2026100123')"
            )
        )

    offer.load("salesinvoices", offer.row("salesinvoices", "2026100123") | {"Reference": "changed later"})
    counts = offer.night(run_id="second")

    assert counts["changed_after_booking"] == 1
    assert offer.postings()["2026100123"][0] == "booked"


def test_link_that_disagrees_with_the_source_refuses_the_administration(offer: Offer) -> None:
    organisation = offer.row("organisations", "100")
    link = organisation["FinanceLink"] | {"AdministrationCode": "7777777"}
    offer.emulator.load({"organisations": [organisation | {"FinanceLink": link}]})

    with pytest.raises(ConfigurationError, match="7777777"):
        offer.night()

    assert offer.postings() == {}
