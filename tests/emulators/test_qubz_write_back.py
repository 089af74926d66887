"""What is told back to 21QUBZ after booking."""

import json
from typing import Any

import pytest
from werkzeug.test import Client

from emulators.qubz.app import QubzEmulator
from tests.emulators.qubz_client import KEY, REST, get, rows


def result(status: str = "Exported", invoice: int = 900101, sequence: int = 1) -> dict[str, Any]:
    return {
        "IdempotencyKey": f"100:SalesInvoice:{invoice}:{sequence}",
        "InvoiceId": invoice,
        "DocumentType": "SalesInvoice",
        "Status": status,
        "ExternalNumber": "26700123",
    }


def test_a_result_counts_once_however_often_it_is_sent(qubz: QubzEmulator) -> None:
    client = Client(qubz)

    first = client.post(f"{REST}/exportresults", json=[result()], headers=KEY)
    again = client.post(f"{REST}/exportresults", json={"exportresults": [result("Failed")]}, headers=KEY)

    assert first.json == again.json
    assert first.json == [{"IdempotencyKey": "100:SalesInvoice:900101:1", "Accepted": True, "Message": None}]
    document = json.loads(get(qubz, f"{REST}/salesinvoices/900101").text)
    assert (document["ExportStatus"], document["ExternalNumber"]) == ("Exported", "26700123")


def test_a_result_for_an_unknown_document_is_not_accepted(qubz: QubzEmulator) -> None:
    answer = Client(qubz).post(f"{REST}/exportresults", json=[result(invoice=1)], headers=KEY)

    assert answer.json is not None
    assert answer.json[0]["Accepted"] is False


def test_a_claim_is_released_after_six_hours(qubz: QubzEmulator) -> None:
    client = Client(qubz)
    client.patch(f"{REST}/salesinvoices/900101", json={"ExportStatus": "Claimed"}, headers=KEY)

    claimed = rows(qubz, "salesinvoices", exportStatus="Claimed")
    qubz.clock.advance(6 * 3600 + 1)

    assert [row["Id"] for row in claimed] == [900101]
    assert rows(qubz, "salesinvoices", exportStatus="Claimed") == []


@pytest.mark.parametrize(
    ("position", "batch", "single"), [("none", 404, 405), ("batch", 200, 405), ("patch", 404, 204)]
)
def test_write_back_may_not_exist(qubz: QubzEmulator, position: str, batch: int, single: int) -> None:
    qubz.switches.move({"write_back": position})
    client = Client(qubz)

    posted = client.post(f"{REST}/exportresults", json=[result()], headers=KEY)
    patched = client.patch(f"{REST}/salesinvoices/900101", json={"ExportStatus": "Exported"}, headers=KEY)

    assert (posted.status_code, patched.status_code) == (batch, single)


@pytest.mark.parametrize(("number", "status"), [(900101, "Lost"), (900205, "Exported"), (900205, "Claimed")])
def test_a_state_that_may_not_follow_is_refused(qubz: QubzEmulator, number: int, status: str) -> None:
    answer = Client(qubz).patch(f"{REST}/salesinvoices/{number}", json={"ExportStatus": status}, headers=KEY)

    assert answer.status_code == 422
    assert json.loads(get(qubz, f"{REST}/salesinvoices/{number}").text)["ExportStatus"] == "Ready"


def test_a_result_for_a_document_that_is_not_final_is_not_accepted(qubz: QubzEmulator) -> None:
    answer = Client(qubz).post(f"{REST}/exportresults", json=[result(invoice=900205)], headers=KEY)

    assert answer.json is not None
    assert answer.json[0] == {
        "IdempotencyKey": "100:SalesInvoice:900205:1",
        "Accepted": False,
        "Message": "only a final document may be exported",
    }


def test_an_explicit_export_again_raises_the_sequence(qubz: QubzEmulator) -> None:
    client = Client(qubz)

    for status in ("Exported", "Ready"):
        client.patch(f"{REST}/salesinvoices/900101", json={"ExportStatus": status}, headers=KEY)

    document = json.loads(get(qubz, f"{REST}/salesinvoices/900101").text)
    assert (document["ExportStatus"], document["ExportSequence"]) == ("Ready", 2)


@pytest.mark.parametrize("moves", [True, False])
def test_a_write_back_may_move_the_changed_date(qubz: QubzEmulator, *, moves: bool) -> None:
    qubz.switches.move({"write_back_changes_date": moves})
    before = json.loads(get(qubz, f"{REST}/salesinvoices/900101").text)["ChangedDate"]

    Client(qubz).post(f"{REST}/exportresults", json=[result()], headers=KEY)

    after = json.loads(get(qubz, f"{REST}/salesinvoices/900101").text)["ChangedDate"]
    assert (after != before) is moves
