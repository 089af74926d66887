"""The REST flavour of the finance export, rule by rule."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.test import Client

from emulators.qubz.app import QubzEmulator
from tests.emulators.qubz_client import KEY, REST, get, rows


def test_a_resource_lives_under_service_and_version(qubz: QubzEmulator) -> None:
    assert [row["Code"] for row in rows(qubz, "organisations")] == ["100", "200", "300", "400", "500"]
    assert get(qubz, "/rest/financeexport/v2/organisations").status_code == 404
    assert get(qubz, f"{REST}/payments").status_code == 404


@pytest.mark.parametrize(
    ("methods", "headers", "status"),
    [
        ("basic_and_key", {}, 401),
        ("basic_and_key", {"X-Api-Key": "wrong"}, 401),
        ("basic_and_key", {"X-Api-Key": "qubz-key-1"}, 200),
        ("basic_and_key", {"Authorization": "Basic ZmluYW5jZTpmaW5hbmNlLXNlY3JldA=="}, 200),
        ("basic", {"X-Api-Key": "qubz-key-1"}, 401),
        ("key", {"X-Api-Key": "wrong"}, 404),
        ("key", {"Authorization": "Basic ZmluYW5jZTpmaW5hbmNlLXNlY3JldA=="}, 404),
    ],
)
def test_failed_custom_authentication_answers_404_when_nothing_else_is_left(
    qubz: QubzEmulator, methods: str, headers: dict[str, str], status: int
) -> None:
    qubz.switches.move({"authentication": methods})

    answer = Client(qubz).get(f"{REST}/organisations", headers=headers)

    assert answer.status_code == status


def test_amounts_keep_their_digits_as_numbers(qubz: QubzEmulator) -> None:
    text = get(qubz, f"{REST}/salesinvoices/900101").text

    assert '"TotalGross": 418.60' in text
    assert '"Quantity": 1.240' in text


def test_decimals_may_come_as_text(qubz: QubzEmulator) -> None:
    qubz.switches.move({"decimals": "text"})

    assert '"TotalGross": "418.60"' in get(qubz, f"{REST}/salesinvoices/900101").text


def test_empty_fields_come_as_null_or_not_at_all(qubz: QubzEmulator) -> None:
    as_null = json.loads(get(qubz, f"{REST}/salesinvoices/900102").text)
    qubz.switches.move({"nulls": "left_out"})
    left_out = json.loads(get(qubz, f"{REST}/salesinvoices/900102").text)

    assert as_null["OriginalInvoiceNumber"] is None
    assert as_null["Lines"][1]["WeighTicket"] is None
    assert "OriginalInvoiceNumber" not in left_out
    assert None not in left_out.values()
    assert "WeighTicket" not in left_out["Lines"][1]


@pytest.mark.parametrize(
    ("day", "localised"),
    [
        ("2026-10-31", "2026-10-30T23:00:00.000Z"),
        ("2026-10-25", "2026-10-24T22:00:00.000Z"),
        ("2026-11-01", "2026-10-31T23:00:00.000Z"),
        ("2026-03-30", "2026-03-29T22:00:00.000Z"),
    ],
)
def test_a_localised_date_arrives_as_the_previous_day(qubz: QubzEmulator, day: str, localised: str) -> None:
    qubz.load({"salesinvoices": [{"Id": 1, "Organisation": "100", "InvoiceDate": f"{day}T00:00:00.000Z"}]})

    plain = json.loads(get(qubz, f"{REST}/salesinvoices/1").text)["InvoiceDate"]
    qubz.switches.move({"dates": "localised"})
    shifted = json.loads(get(qubz, f"{REST}/salesinvoices/1").text)["InvoiceDate"]

    assert (plain, shifted) == (f"{day}T00:00:00.000Z", localised)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"organisation": "200", "exportStatus": "Ready", "dateFrom": "2026-11-01"}, {910140}),
        ({"organisation": "200", "dateFrom": "2026-10-30", "dateTo": "2026-10-30"}, {910103, 910104, 910106}),
        ({"organisation": "100", "exportStatus": "NotReady"}, {900213, 900214, 900215}),
        ({"organisation": "200", "modifiedSince": "2026-11-01T00:00:00"}, {910101, 910102, 910105, 910140}),
    ],
)
def test_filters_narrow_the_documents(qubz: QubzEmulator, query: dict[str, str], numbers: set[int]) -> None:
    found = {row["Id"] for row in rows(qubz, "salesinvoices", **query)} - {910201, 910202, 910203, 900212}

    assert found == numbers


def test_parameter_names_are_case_sensitive_and_unknown_ones_ignored(qubz: QubzEmulator) -> None:
    assert len(rows(qubz, "memorials", Organisation="200")) == len(rows(qubz, "memorials"))
    assert len(rows(qubz, "memorials", organisation="200")) == 1


@pytest.mark.parametrize("query", [{"limit": "many"}, {"modifiedSince": "yesterday"}])
def test_a_parameter_of_the_wrong_type_is_refused(qubz: QubzEmulator, query: dict[str, str]) -> None:
    assert get(qubz, f"{REST}/salesinvoices", **query).status_code == 400


@pytest.mark.parametrize(("envelope", "name"), [("array", None), ("named", "memorials"), ("items", "Items")])
def test_a_page_comes_in_one_of_three_envelopes(qubz: QubzEmulator, envelope: str, name: str | None) -> None:
    qubz.switches.move({"envelope": envelope})

    content: Any = json.loads(get(qubz, f"{REST}/memorials", limit="2").text)

    assert len(content[name] if name else content) == 2


def test_a_billing_run_shows_late_with_an_early_changed_date(qubz: QubzEmulator) -> None:
    qubz.clock.set(datetime(2026, 11, 6, 3, tzinfo=UTC))
    qubz.load(
        {
            "salesinvoices": [
                {
                    "Id": 1,
                    "Organisation": "100",
                    "ChangedDate": "2026-11-06T02:00:00Z",
                    "VisibleAt": "2026-11-06T04:00:00Z",
                }
            ]
        }
    )

    hidden = get(qubz, f"{REST}/salesinvoices/1").status_code
    qubz.clock.advance(3601)
    shown = json.loads(get(qubz, f"{REST}/salesinvoices/1").text)

    assert hidden == 404
    assert shown["ChangedDate"] == "2026-11-06T02:00:00.000Z"
    assert "VisibleAt" not in shown


def test_members_may_be_dutch(qubz: QubzEmulator) -> None:
    qubz.switches.move({"members": "dutch"})

    credit = json.loads(get(qubz, f"{REST}/salesinvoices/900140").text)

    assert (credit["DocumentType"], credit["Status"]) == ("Creditfactuur", "Definitief")


def test_credit_notes_may_be_positive(qubz: QubzEmulator) -> None:
    qubz.switches.move({"credit_sign": "positive"})

    text = get(qubz, f"{REST}/salesinvoices/900140").text
    invoice = get(qubz, f"{REST}/salesinvoices/900101").text

    assert '"TotalGross": 23.70' in text
    assert json.loads(text)["Lines"][0]["NetAmount"] == 18.75
    assert '"TotalGross": 418.60' in invoice


def test_what_can_be_derived_may_be_left_out(qubz: QubzEmulator) -> None:
    qubz.switches.move({"optional_fields": "left_out", "ledger_account_on_line": False, "nulls": "left_out"})

    bare = json.loads(get(qubz, f"{REST}/salesinvoices/900101").text)

    assert not {"DueDate", "Period", "FiscalYear", "JournalCode", "VatBreakdown"} & set(bare)
    assert "LedgerAccount" not in bare["Lines"][0]
    assert bare["Lines"][0]["ArticleCode"] == "LED-RC1100-REST"


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ("error_object", '{"error": {"code": "404", "message": "Resource not found"}}'),
        ("message", '{"message": "Resource not found"}'),
        ("text", "Resource not found"),
        ("empty", ""),
    ],
)
def test_an_error_body_is_the_authors_choice(qubz: QubzEmulator, shape: str, text: str) -> None:
    qubz.switches.move({"error_body": shape})

    assert get(qubz, f"{REST}/salesinvoices/1").text == text


def test_a_wrong_method_and_a_wrong_content_type_are_refused(qubz: QubzEmulator) -> None:
    client = Client(qubz)

    assert client.delete(f"{REST}/salesinvoices/900101", headers=KEY).status_code == 405
    assert client.post(f"{REST}/exportresults", data="<x/>", headers=KEY).status_code == 400


def test_an_invoice_has_a_pdf(qubz: QubzEmulator) -> None:
    answer = get(qubz, f"{REST}/salesinvoices/900101/pdf")

    assert answer.content_type == "application/pdf"
    assert answer.data.startswith(b"%PDF-1.4")
    assert b"2026100123" in answer.data
    assert get(qubz, f"{REST}/salesinvoices/1/pdf").status_code == 404


def test_the_service_describes_itself(qubz: QubzEmulator) -> None:
    described = json.loads(get(qubz, "/rest-doc/rest/financeexport/v1/openapi.json").text)

    assert described["openapi"].startswith("3.0")
    names = [each["name"] for each in described["paths"]["/salesinvoices"]["get"]["parameters"]]
    assert set(names) >= {"organisation", "modifiedSince", "limit", "offset", "dateFrom", "dateTo"}


def test_a_deleted_row_is_gone_without_a_trace(qubz: QubzEmulator) -> None:
    counts = qubz.load({"delete": {"salesinvoices": [900101], "relations": ["50070", "no such"]}})

    assert counts == {"deleted": 2}
    assert get(qubz, f"{REST}/salesinvoices/900101").status_code == 404
    assert "50070" not in {row["Number"] for row in rows(qubz, "relations")}


def test_rows_of_an_unknown_resource_are_refused(qubz: QubzEmulator) -> None:
    with pytest.raises(ValueError, match="payments"):
        qubz.load({"payments": []})


def test_what_cannot_be_read_is_sent_as_it_came(qubz: QubzEmulator) -> None:
    assert json.loads(get(qubz, f"{REST}/salesinvoices/900212").text)["InvoiceDate"] == "niet bekend"
    assert 900212 in {row["Id"] for row in rows(qubz, "salesinvoices", dateFrom="2026-11-01")}
