"""What became of each document is told to the source: after the booking, once, and never in its way."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests
import sqlalchemy as sa

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from tests.integration.chain.chain import Chain, everything_booked_once
from tests.integration.chain.telling import Telling

COUNT = 5


@pytest.fixture
def telling(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Telling]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    chain.generate(COUNT)
    yield Telling(chain, monkeypatch)
    chain.close()


def refuse_first(telling: Telling) -> str:
    """Let the source offer a document that parks, and return its number."""
    rows = telling.chain.source_emulator.documents.rows["salesinvoices"]
    row = next(iter(rows.values()))
    row["Lines"][0]["VatCode"] = "NIEMAND"
    return str(row["InvoiceNumber"])


@pytest.mark.parametrize(("mode", "method", "calls"), [("batch", "POST", 1), ("patch", "PATCH", COUNT)])
def test_every_booking_is_told_once_with_its_id_and_number(
    telling: Telling, mode: str, method: str, calls: int
) -> None:
    telling.mode = mode

    report = telling.night("first")
    telling.chain.clock.sleep(86_400)
    telling.night("second")

    assert (report.told, telling.told) == (COUNT, {})
    assert set(telling.statuses().values()) == {"Exported"}
    assert len(telling.calls(method, "/rest/")) == calls
    numbers = {entry["number"] for entry in telling.chain.bench.books()}
    rows = telling.chain.source_emulator.documents.rows["salesinvoices"].values()
    assert {row["ExternalNumber"] for row in rows} <= numbers
    assert all(row["ExternalId"] and row["RunId"] == "first" for row in rows)


def test_without_write_back_the_source_is_never_changed(telling: Telling) -> None:
    telling.mode = "none"

    report = telling.night()

    everything_booked_once(telling.chain, report, COUNT)
    assert (report.told, telling.results()) == (0, [])
    assert telling.calls("POST", "/rest/") + telling.calls("PATCH", "/rest/") == []


@pytest.mark.parametrize("moves", [True, False])
def test_a_write_back_that_moves_the_changed_date_is_no_drift_and_no_reason_to_tell_again(
    telling: Telling, *, moves: bool
) -> None:
    telling.chain.source_emulator.switches.move({"write_back_changes_date": moves})
    refuse_first(telling)

    for night in range(3):
        report = telling.night(f"night {night}")
        told = telling.told
        telling.chain.clock.sleep(86_400)

    assert told == {}
    assert report.findings == ()
    assert len(telling.calls("POST", "/exportresults")) == 1
    assert telling.chain.states() == {"booked": COUNT - 1, "parked": 1}


@pytest.mark.parametrize("mode", ["batch", "patch"])
@pytest.mark.parametrize("position", ["first_counts", "last_counts"])
def test_what_failed_is_told_with_its_reasons_and_told_again_once_it_is_booked(
    telling: Telling, mode: str, position: str
) -> None:
    telling.mode = mode
    telling.chain.source_emulator.switches.move({"repeated_key": position})
    number = refuse_first(telling)
    telling.night("first")
    before = telling.statuses()[number]
    row = next(
        row
        for row in telling.chain.source_emulator.documents.rows["salesinvoices"].values()
        if row["InvoiceNumber"] == number
    )
    message = row["Message"]
    row["Lines"][0]["VatCode"] = row["VatBreakdown"][0]["VatCode"]
    row["ChangedDate"] = telling.chain.now()

    telling.chain.clock.sleep(3600)
    report = telling.night("second")

    assert before == "Failed"
    assert "NIEMAND" in message
    assert len(message) <= 500
    assert report.booked == 1
    assert telling.statuses()[number] == "Exported"
    assert telling.told == {"accepted": 1}


def test_a_source_that_cannot_be_reached_is_told_by_the_next_run(telling: Telling) -> None:
    fault = {"method": "POST", "path": "*/exportresults", "effect": "status", "status": 503, "times": 1}
    requests.Session().post(f"{telling.chain.source_server.url}/_emulator/faults", json=fault, timeout=10)

    with pytest.raises(TemporaryFailure):
        telling.night("first")
    report = telling.chain.conclude("first")
    telling.chain.clock.sleep(86_400)
    telling.night("second")

    everything_booked_once(telling.chain, report, COUNT)
    assert telling.told == {"accepted": COUNT}
    assert set(telling.statuses().values()) == {"Exported"}


def test_a_result_whose_answer_was_lost_is_told_again_under_the_same_key(telling: Telling) -> None:
    fault = {"method": "POST", "path": "*/exportresults", "effect": "lost_answer", "times": 1}
    requests.Session().post(f"{telling.chain.source_server.url}/_emulator/faults", json=fault, timeout=10)

    with pytest.raises(TemporaryFailure):
        telling.night()
    again = telling.tell()

    assert again == {"accepted": COUNT}
    assert len(telling.chain.source_emulator.documents.accepted_results) == COUNT
    assert {row.n for row in telling.results()} == {1}


def test_a_source_that_has_no_such_way_of_being_told_says_who_must_act(telling: Telling) -> None:
    telling.chain.source_emulator.switches.move({"write_back": "patch"})

    with pytest.raises(ConfigurationError, match="404"):
        telling.night()

    everything_booked_once(telling.chain, telling.chain.conclude(), COUNT)


@pytest.mark.parametrize("mode", ["batch", "patch"])
def test_a_result_that_is_not_accepted_is_named_and_offered_again(telling: Telling, mode: str) -> None:
    telling.mode = mode
    rows = telling.chain.source_emulator.documents.rows["salesinvoices"]
    row = next(iter(rows.values()))
    row |= {"ExportStatus": "Claimed", "RunId": "somebody", "_claimed_at": telling.chain.now()}

    first = telling.night("first")
    told_first = telling.told
    telling.chain.clock.sleep(timedelta(hours=7).total_seconds())
    second = telling.night("second")

    assert told_first == {"accepted": COUNT - 1, "refused": 1}
    assert [finding["kind"] for finding in first.findings] == ["result_refused"]
    assert "claimed by run somebody" in first.findings[0]["detail"]["message"]
    assert (first.red, second.red, second.findings) == ((), (), ())
    assert telling.told == {"accepted": 1}
    assert set(telling.statuses().values()) == {"Exported"}


def test_what_was_refused_is_no_new_event_every_night(telling: Telling) -> None:
    telling.chain.source_emulator.switches.move({"export_moves": "claimed"})

    for night in range(3):
        telling.night(f"night {night}")
        telling.chain.clock.sleep(86_400)

    with telling.chain.engine.begin() as connection:
        chosen = sa.text("SELECT count(*) FROM event WHERE name = 'source_refused_result'")
        assert connection.execute(chosen).scalar_one() == COUNT


def test_a_backfill_leaves_what_was_refused_to_the_night(telling: Telling) -> None:
    telling.chain.source_emulator.switches.move({"export_moves": "claimed"})
    telling.night("first")

    telling.chain.is_backfill = True

    assert telling.tell("backfill") == {}


def test_nothing_is_told_while_sending_is_stopped(telling: Telling) -> None:
    telling.night("first")
    telling.chain.forget_documents()
    with telling.chain.engine.begin() as connection:
        connection.execute(
            sa.text("INSERT INTO sending_stop VALUES ('*', now(), 'somebody', 'looking into it')")
        )
    telling.chain.prepare("second")
    telling.chain.load_until_done("second")

    told = telling.tell("second")

    assert told == {"left": COUNT}
    assert len(telling.calls("POST", "/exportresults")) == 1


def test_a_document_that_was_exported_again_is_told_for_its_last_export_only(telling: Telling) -> None:
    telling.mode = "none"
    telling.night("first")
    rows = telling.chain.source_emulator.documents.rows["salesinvoices"]
    row = next(iter(rows.values()))
    row |= {"ExportSequence": 2, "ChangedDate": telling.chain.now()}
    telling.mode = "batch"

    telling.night("second")

    assert telling.told == {"accepted": COUNT}
    assert telling.statuses()[row["InvoiceNumber"]] == "Failed"
    assert "2" in [key.split(":")[3] for key in telling.chain.source_emulator.documents.accepted_results]


def test_a_store_that_was_restored_tells_again_what_the_source_knows(telling: Telling) -> None:
    telling.night("first")
    telling.chain.forget_documents()

    telling.night("second")

    assert telling.told == {"accepted": COUNT}
    assert set(telling.statuses().values()) == {"Exported"}
