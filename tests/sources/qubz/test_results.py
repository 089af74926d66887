"""What 21QUBZ is told about a document, and how its answer is read."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from finance_hooks.model.document import ExportStatus
from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.model.export_result import Acceptance, ExportResult
from finance_hooks.model.keys import DocumentKey
from finance_hooks.sources.qubz.fields import FieldTables, read_field_tables
from finance_hooks.sources.qubz.results import (
    idempotency_key,
    own_members,
    read_acceptances,
    read_patched,
    write_batch,
    write_patch,
)
from finance_hooks.transport.answer import Answer

MEMBERS = own_members(read_field_tables())
BOOKED = ExportResult(
    key=DocumentKey(
        source_id="qubz", organisation="100", document_type="sales_invoice", source_document_id="900101"
    ),
    n=1,
    target="exactonline",
    status=ExportStatus.EXPORTED,
    external_id="b1f6c0de-0000-4000-8000-000000000001",
    external_number="26700123",
    run_id="scheduled__2026-11-02T01:00:00+00:00",
    exported_at=datetime(2026, 11, 2, 1, 7, 31, tzinfo=UTC),
    message=None,
)
PARKED = replace(
    BOOKED,
    key=replace(BOOKED.key, source_document_id="900102"),
    status=ExportStatus.FAILED,
    external_id=None,
    external_number=None,
    exported_at=None,
    message="VAT code VVERL is not mapped for administration 1234567",
)


def answer(status: int, body: object = "") -> Answer:
    text = body if isinstance(body, str) else json.dumps(body)
    return Answer(status=status, headers={}, body=text.encode(), url="https://q/exportresults")


def test_a_batch_is_written_as_the_contract_has_it() -> None:
    body = json.loads(write_batch([BOOKED, PARKED], MEMBERS))

    assert body == {
        "exportresults": [
            {
                "IdempotencyKey": "100:SalesInvoice:900101:1",
                "InvoiceId": 900101,
                "DocumentType": "SalesInvoice",
                "Target": "ExactOnline",
                "Status": "Exported",
                "ExternalId": "b1f6c0de-0000-4000-8000-000000000001",
                "ExternalNumber": "26700123",
                "RunId": "scheduled__2026-11-02T01:00:00+00:00",
                "ExportedAt": "2026-11-02T01:07:31Z",
                "Message": None,
            },
            {
                "IdempotencyKey": "100:SalesInvoice:900102:1",
                "InvoiceId": 900102,
                "DocumentType": "SalesInvoice",
                "Target": "ExactOnline",
                "Status": "Failed",
                "ExternalId": None,
                "ExternalNumber": None,
                "RunId": "scheduled__2026-11-02T01:00:00+00:00",
                "ExportedAt": None,
                "Message": "VAT code VVERL is not mapped for administration 1234567",
            },
        ]
    }


def test_a_patch_sets_the_export_fields_of_one_document() -> None:
    assert json.loads(write_patch(BOOKED, MEMBERS)) == {
        "ExportStatus": "Exported",
        "ExternalId": "b1f6c0de-0000-4000-8000-000000000001",
        "ExternalNumber": "26700123",
        "RunId": "scheduled__2026-11-02T01:00:00+00:00",
        "ExportedAt": "2026-11-02T01:07:31Z",
        "Message": None,
    }


def test_another_result_of_an_export_bears_another_key_and_another_export_too() -> None:
    later = replace(BOOKED, n=2)
    exported_again = replace(BOOKED, key=replace(BOOKED.key, export_sequence=2))

    assert idempotency_key(later, MEMBERS) == "100:SalesInvoice:900101:1:2"
    assert idempotency_key(exported_again, MEMBERS) == "100:SalesInvoice:900101:2"


@pytest.mark.parametrize(("id_", "written"), [("900101", 900101), ("0042", "0042"), ("a-1", "a-1")])
def test_an_id_is_written_as_the_source_writes_it(id_: str, written: object) -> None:
    result = replace(BOOKED, key=replace(BOOKED.key, source_document_id=id_))

    assert json.loads(write_batch([result], MEMBERS))["exportresults"][0]["InvoiceId"] == written


def test_messages_are_bounded_and_hold_no_secret() -> None:
    result = replace(PARKED, message="password=hunter22 " + "x" * 900)

    message = json.loads(write_patch(result, MEMBERS))["Message"]

    assert len(message) == 500
    assert "hunter22" not in message


def test_members_are_the_sources_own_words() -> None:
    tables = FieldTables(
        fields={},
        members={
            "DocumentType": {"Verkoopfactuur": "sales_invoice", "SalesInvoice": "sales_invoice"},
            "ExportStatus": {"Geboekt": "exported"},
            "Target": {},
        },
    )

    row = json.loads(write_batch([BOOKED], own_members(tables)))["exportresults"][0]

    assert (row["DocumentType"], row["Status"], row["Target"]) == ("Verkoopfactuur", "Geboekt", "exactonline")
    assert row["IdempotencyKey"] == "100:Verkoopfactuur:900101:1"


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"Items": rows}])
def test_answers_are_matched_by_key_whatever_their_order(wrap: object) -> None:
    rows = [
        {
            "IdempotencyKey": "100:SalesInvoice:900102:1",
            "Accepted": False,
            "Message": "token=s3cret-1 unknown",
        },
        "noise",
        {"IdempotencyKey": "100:SalesInvoice:900101:1", "Accepted": True, "Message": None},
    ]
    assert callable(wrap)

    read = read_acceptances(answer(200, wrap(rows)), [BOOKED, PARKED], MEMBERS, ("unknown", ""))

    assert read == [Acceptance(accepted=True), Acceptance(accepted=False, message="token=*** ***")]


def test_a_result_that_is_not_mentioned_is_neither_accepted_nor_refused() -> None:
    rows = [{"IdempotencyKey": "100:SalesInvoice:900101:1", "Accepted": None}]

    assert read_acceptances(answer(200, rows), [BOOKED, PARKED], MEMBERS) == [
        Acceptance(accepted=False, message="without a word"),
        None,
    ]


@pytest.mark.parametrize("body", ["<html></html>", "3", {"a": [], "b": []}, {"Message": "ok"}])
def test_an_answer_that_is_no_list_says_nothing(body: object) -> None:
    with pytest.raises(TemporaryFailure):
        read_acceptances(answer(200, body), [BOOKED], MEMBERS)


def test_a_patch_is_accepted_refused_or_says_nothing_about_the_document() -> None:
    refused = answer(422, {"error": {"code": "422", "message": "Exported may not become Failed"}})

    assert read_patched(answer(204)) == Acceptance(accepted=True)
    assert read_patched(refused) == Acceptance(
        accepted=False, message="21QUBZ answered 422: 422: Exported may not become Failed"
    )
    assert read_patched(answer(404)) == Acceptance(
        accepted=False, message="21QUBZ answered 404: without a word"
    )
    assert read_patched(answer(401)) is None
    assert read_patched(answer(503)) is None
