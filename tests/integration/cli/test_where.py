"""From a booking back to the source: lines, mapping rows, and everything that happened."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from finance_hooks.cli.__main__ import main
from finance_hooks.model.outcome import Booked, Totals
from finance_hooks.store.events import Stamp
from finance_hooks.store.posting_moves import to_booked
from finance_hooks.store.postings import posting
from finance_hooks.store.provenance import Provenance, find_provenance
from tests.integration.chain.offering import NOW, Offer, offering
from tests.integration.cli.store_connection import store_connection

NUMBER, PARKED = "2026100123", "2026100206"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One sample of the source that stands in the books, in a store with the others."""

    store_url: str
    offer: Offer
    reference: str

    def find(self, asked: str) -> list[Provenance]:
        with self.offer.engine.begin() as connection:
            return find_provenance(connection, asked)


@pytest.fixture(scope="module")
def booking(module_store_url: str) -> Iterator[Booking]:
    with pytest.MonkeyPatch.context() as monkeypatch, offering(module_store_url, monkeypatch) as offer:
        offer.night()
        with offer.engine.begin() as connection:
            (found,) = find_provenance(connection, NUMBER)
            chosen = sa.select(posting.c.posting_id).where(posting.c.reference == found.reference)
            booked = Booked(reference=found.reference, id="guid-1", number="26700042", totals=Totals())
            stamp = Stamp(run_id="first", at=NOW)
            assert to_booked(connection, connection.execute(chosen).scalar_one(), booked, stamp, adopted=True)
        yield Booking(store_url=module_store_url, offer=offer, reference=found.reference)


@pytest.fixture(autouse=True)
def wide_screen(booking: Booking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(booking.store_url))
    monkeypatch.setenv("COLUMNS", "250")


@pytest.mark.parametrize(
    "asked", ["{reference}", "[{reference}]", " [{reference}] ", "26700042", "guid-1", NUMBER]
)
def test_booking_is_found_by_every_name_it_has(booking: Booking, asked: str) -> None:
    (found,) = booking.find(asked.format(reference=booking.reference))

    assert (found.reference, found.document_number) == (booking.reference, NUMBER)
    assert (found.state, found.target_entry_number) == ("booked", "26700042")


def test_every_leg_names_its_source_lines_and_mapping_rows(booking: Booking) -> None:
    (found,) = booking.find(NUMBER)

    assert found.entry is not None
    source_lines = {line["LineNumber"] for line in found.source["Lines"]}
    assert {number for leg in found.entry["lines"] for number in leg["source_lines"]} == source_lines
    named = {at for leg in found.entry["lines"] for at in leg["mapping_rows"]}
    assert named
    assert named <= set(found.mapping_rows)


def test_source_is_shown_as_it_was_received(booking: Booking) -> None:
    (found,) = booking.find(NUMBER)

    assert (found.source["InvoiceNumber"], found.source["TotalGross"]) == (NUMBER, "418.60")


def test_history_is_told_in_order(booking: Booking) -> None:
    (found,) = booking.find(NUMBER)

    assert [one.name for one in found.history] == ["prepared", "booked"]
    assert found.history[-1].detail["adopted"]
    assert {one.run_id for one in found.history} == {"first"}


def test_parked_document_is_found_with_its_reasons_and_without_an_entry(booking: Booking) -> None:
    (found,) = booking.find(PARKED)

    assert (found.state, found.entry) == ("parked", None)
    assert found.reasons


def test_command_shows_source_lines_and_mapping_rows(
    booking: Booking, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = main(["where", f"[{booking.reference}]"])

    shown = capsys.readouterr().out
    (found,) = booking.find(booking.reference)
    assert ended == 0
    assert f"{NUMBER} in {found.books}" in shown
    assert "entry 26700042" in shown
    assert found.entry is not None
    for leg in found.entry["lines"]:
        assert leg["amount"] in shown
        assert ", ".join(str(number) for number in leg["source_lines"]) in shown
    for at, cells in found.mapping_rows.items():
        assert at in shown
        assert " | ".join(cells[1:]) in shown
    assert '"adopted": true' in shown


def test_command_shows_why_a_document_is_parked(capsys: pytest.CaptureFixture[str]) -> None:
    ended = main(["where", PARKED])

    assert ended == 0
    assert "reason: " in capsys.readouterr().out


def test_command_prints_json_that_a_program_can_read(
    booking: Booking, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = main(["where", "--json", NUMBER])

    (shown,) = json.loads(capsys.readouterr().out)
    assert ended == 0
    assert (shown["reference"], shown["source"]["InvoiceNumber"]) == (booking.reference, NUMBER)
    assert shown["mapping_rows"]


def test_nothing_found_is_said_and_is_no_success(capsys: pytest.CaptureFixture[str]) -> None:
    ended = main(["where", "[QNOTHINGATALL]"])

    assert ended == 1
    assert "Nothing is known under [QNOTHINGATALL]." in capsys.readouterr().out


def test_nothing_found_is_an_empty_list_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    ended = main(["where", "--json", "26799999"])

    assert (ended, json.loads(capsys.readouterr().out)) == (1, [])


def test_command_runs_as_a_program_of_its_own(booking: Booking) -> None:
    command = [sys.executable, "-m", "finance_hooks.cli", "where", booking.reference]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    assert (done.returncode, NUMBER in done.stdout) == (0, True)


def test_missing_store_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", "mysql://db/store")

    ended = main(["where", NUMBER])

    assert ended == 2
    assert "type postgres" in capsys.readouterr().err
