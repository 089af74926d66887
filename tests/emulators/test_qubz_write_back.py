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
        "Target": "ExactOnline",
        "Status": status,
        "ExternalId": "b1f6c0de-0000-4000-8000-000000000001",
        "ExternalNumber": "26700123",
        "RunId": "a run",
    }


def patch(
    qubz: QubzEmulator, status: str, invoice: int = 900101, resource: str = "salesinvoices", **fields: Any
) -> int:
    body = {"ExportStatus": status, "ExternalId": "an id", "RunId": "a run"} | fields
    return Client(qubz).patch(f"{REST}/{resource}/{invoice}", json=body, headers=KEY).status_code


def export_status(qubz: QubzEmulator, invoice: int = 900101) -> str:
    return str(json.loads(get(qubz, f"{REST}/salesinvoices/{invoice}").text)["ExportStatus"])


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
    patch(qubz, "Claimed")

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

    assert (posted.status_code, patch(qubz, "Exported")) == (batch, single)


@pytest.mark.parametrize(("number", "status"), [(900101, "Lost"), (900205, "Exported"), (900205, "Claimed")])
def test_a_state_that_may_not_follow_is_refused(qubz: QubzEmulator, number: int, status: str) -> None:
    assert patch(qubz, status, number) == 422
    assert export_status(qubz, number) == "Ready"


def test_a_result_for_a_document_that_is_not_final_is_not_accepted(qubz: QubzEmulator) -> None:
    answer = Client(qubz).post(f"{REST}/exportresults", json=[result(invoice=900205)], headers=KEY)

    assert answer.json is not None
    assert answer.json[0] == {
        "IdempotencyKey": "100:SalesInvoice:900205:1",
        "Accepted": False,
        "Message": "only a final document may be exported",
    }


def test_an_explicit_export_again_raises_the_sequence(qubz: QubzEmulator) -> None:
    for status in ("Exported", "Ready"):
        patch(qubz, status)

    document = json.loads(get(qubz, f"{REST}/salesinvoices/900101").text)
    assert (document["ExportStatus"], document["ExportSequence"]) == ("Ready", 2)


@pytest.mark.parametrize("moves", [True, False])
def test_a_write_back_may_move_the_changed_date(qubz: QubzEmulator, *, moves: bool) -> None:
    qubz.switches.move({"write_back_changes_date": moves})
    before = json.loads(get(qubz, f"{REST}/salesinvoices/900101").text)["ChangedDate"]

    Client(qubz).post(f"{REST}/exportresults", json=[result()], headers=KEY)

    after = json.loads(get(qubz, f"{REST}/salesinvoices/900101").text)["ChangedDate"]
    assert (after != before) is moves


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (("Failed", "Exported"), [204, 204]),
        (("Exported", "Failed"), [204, 422]),
        (("Exported", "Exported"), [204, 204]),
        (("Failed", "Ready", "Exported"), [204, 204, 204]),
        (("Excluded", "Exported"), [204, 422]),
        (("NotReady", "Exported"), [204, 422]),
        (("Claimed", "Failed", "Claimed"), [204, 204, 422]),
    ],
)
def test_states_follow_each_other_as_the_contract_draws_them(
    qubz: QubzEmulator, states: tuple[str, ...], expected: list[int]
) -> None:
    assert [patch(qubz, state) for state in states] == expected


def test_a_service_may_demand_a_claim(qubz: QubzEmulator) -> None:
    qubz.switches.move({"export_moves": "claimed"})

    assert [patch(qubz, state) for state in ("Exported", "Claimed", "Exported")] == [422, 204, 204]


def test_what_another_run_claimed_is_its_own_for_six_hours(qubz: QubzEmulator) -> None:
    patch(qubz, "Claimed", RunId="another run")

    refused = Client(qubz).post(f"{REST}/exportresults", json=[result()], headers=KEY)
    qubz.clock.advance(6 * 3600 + 1)
    taken = Client(qubz).post(f"{REST}/exportresults", json=[result()], headers=KEY)

    assert refused.json is not None
    assert taken.json is not None
    assert refused.json[0]["Message"] == "claimed by run another run"
    assert taken.json[0]["Accepted"] is True


@pytest.mark.parametrize(("position", "kept"), [("first_counts", "Failed"), ("last_counts", "Exported")])
def test_another_result_under_an_accepted_key_may_be_ignored(
    qubz: QubzEmulator, position: str, kept: str
) -> None:
    qubz.switches.move({"repeated_key": position})
    client = Client(qubz)
    client.post(f"{REST}/exportresults", json=[result("Failed")], headers=KEY)

    answer = client.post(f"{REST}/exportresults", json=[result("Exported")], headers=KEY)

    assert answer.json is not None
    assert (answer.json[0]["Accepted"], export_status(qubz)) == (True, kept)


def test_a_later_result_may_bear_a_key_of_its_own(qubz: QubzEmulator) -> None:
    client = Client(qubz)
    client.post(f"{REST}/exportresults", json=[result("Failed")], headers=KEY)
    later = result("Exported") | {"IdempotencyKey": "100:SalesInvoice:900101:1:2"}

    client.post(f"{REST}/exportresults", json=[later], headers=KEY)

    assert export_status(qubz) == "Exported"


@pytest.mark.parametrize(
    "changed",
    [
        {"IdempotencyKey": "100:SalesInvoice:900101:2"},
        {"IdempotencyKey": "200:SalesInvoice:900101:1"},
        {"DocumentType": "SalesCreditNote"},
        {"Target": "exactonline"},
        {"Status": "Ready"},
        {"ExternalId": None},
    ],
)
def test_a_result_that_fits_no_document_is_not_accepted(
    qubz: QubzEmulator, changed: dict[str, object]
) -> None:
    answer = Client(qubz).post(f"{REST}/exportresults", json=[result() | changed], headers=KEY)

    assert answer.json is not None
    assert answer.json[0]["Accepted"] is False
    assert export_status(qubz) == "Ready"


def test_a_single_document_shows_only_its_export_fields_to_be_changed(qubz: QubzEmulator) -> None:
    assert patch(qubz, "Exported", TotalGross=1) == 422
    assert patch(qubz, "Exported", 1) == 404
    assert patch(qubz, "Exported", rows(qubz, "memorials")[0]["Id"], resource="memorials") == 204


def test_a_pdf_belongs_to_sales_documents_and_may_be_missing(qubz: QubzEmulator) -> None:
    found = get(qubz, f"{REST}/salesinvoices/900101/pdf")
    qubz.documents.files["900101"] = None

    assert found.data.startswith(b"%PDF-")
    assert get(qubz, f"{REST}/salesinvoices/900101/pdf").status_code == 404
    assert get(qubz, f"{REST}/purchaseinvoices/700031/pdf").status_code == 404
