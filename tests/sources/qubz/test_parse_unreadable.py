"""What cannot be read is named and kept; what is not offered is left."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.document import DocumentStatus, ExportStatus
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.parse import parse_document
from finance_hooks.sources.qubz.received import ReceivedDocument
from finance_hooks.sources.qubz.values import DateMode
from tests.sources.qubz.examples import (
    codes,
    document,
    parse,
    sample,
    with_line,
    with_vat,
)


@pytest.mark.parametrize(
    ("field", "member"),
    [("DocumentType", "SalesProForma"), ("Status", "Betwist"), ("ExportStatus", "Paused")],
)
def test_unknown_enum_member_parks_and_is_never_mapped_to_a_default(
    field: str, member: str, contract: SourceContract, nl: Masters
) -> None:
    parsed = parse(sample("s1", **{field: member}), contract, nl)

    assert parsed.document is None
    assert parsed.take_up
    assert [(reason.code, reason.field, reason.value) for reason in parsed.reasons] == [
        (ReasonCode.UNKNOWN_MEMBER, field, member)
    ]


def test_key_is_provisional_while_the_type_is_unknown(contract: SourceContract, nl: Masters) -> None:
    parsed = parse(sample("s1", DocumentType="SalesProForma"), contract, nl)

    assert str(parsed.key) == "qubz/100/salesinvoices/900101/1"
    assert not parsed.key_is_final


def test_every_unreadable_field_is_named_with_its_line(contract: SourceContract, nl: Masters) -> None:
    row = sample("s1", InvoiceDate="niet bekend", TotalNet="NaN", Currency=None)
    row = with_vat(with_line(row, 1, NetAmount=Decimal("12.505"), Description=""), 0, Amount="x")

    parsed = parse(row, contract, nl)

    assert [(reason.code.value, reason.line, reason.field, reason.value) for reason in parsed.reasons] == [
        ("field_unreadable", None, "InvoiceDate", "niet bekend"),
        ("field_missing", None, "Currency", None),
        ("field_unreadable", None, "TotalNet", "NaN"),
        ("field_missing", 2, "Description", None),
        ("field_unreadable", 2, "NetAmount", "12.505"),
        ("field_unreadable", None, "Amount", "x"),
    ]
    assert {reason.document for reason in parsed.reasons} == {"2026100123"}


@pytest.mark.parametrize("lines", [[], None, "none", [1]])
def test_invoice_without_readable_lines_parks(lines: object, contract: SourceContract, nl: Masters) -> None:
    parsed = parse(sample("s1", Lines=lines), contract, nl)

    assert [reason.field for reason in parsed.reasons] == ["Lines"]


@pytest.mark.parametrize("body", [b"not json", b"[1,2]", b'"text"', b"\xff\xfe\x00", b"[" * 100_000])
def test_body_that_cannot_be_read_is_kept_under_its_own_key(
    body: bytes, contract: SourceContract, nl: Masters
) -> None:
    received = ReceivedDocument(
        resource="memorials",
        organisation="100",
        source_document_id="digest:abc",
        body=body,
        changed_at=None,
    )

    parsed = parse_document(received, contract=contract, masters=nl)

    assert codes(parsed.reasons) == ["unreadable"]
    assert str(parsed.key) == "qubz/100/memorials/digest:abc/1"
    assert (parsed.take_up, parsed.document) == (True, None)


def test_document_of_another_organisation_is_not_booked_here(contract: SourceContract, nl: Masters) -> None:
    parsed = parse(sample("s9"), contract, nl)

    assert [(reason.field, reason.value, reason.detail) for reason in parsed.reasons] == [
        ("organisation", "200", "asked for 100")
    ]


def test_purchase_type_among_sales_invoices_parks(contract: SourceContract, nl: Masters) -> None:
    parsed = parse(sample("s1", DocumentType="PurchaseInvoice"), contract, nl)

    assert codes(parsed.reasons) == ["field_unreadable"]


@pytest.mark.parametrize(
    ("status", "export_status", "taken_up"),
    [
        ("Final", "Ready", True),
        ("Final", "Claimed", True),
        ("Final", "Exported", True),
        ("Final", "Failed", True),
        ("Final", None, True),
        ("Final", "NotReady", False),
        ("Final", "Excluded", False),
        ("Concept", "NotReady", False),
        ("Concept", None, False),
        ("ToCheck", None, False),
        ("Concept", "Ready", True),
        ("ToCheck", "Ready", True),
        ("Cancelled", "NotReady", False),
        ("Cancelled", "Ready", False),
        ("Cancelled", "Exported", False),
    ],
)
def test_what_the_source_has_not_offered_is_not_taken_up(
    status: str, export_status: str | None, *, taken_up: bool, contract: SourceContract, nl: Masters
) -> None:
    parsed = parse(sample("s1", Status=status, ExportStatus=export_status), contract, nl)

    assert parsed.take_up is taken_up
    assert parsed.status is not None


def test_cancelled_document_shows_its_status(contract: SourceContract, nl: Masters) -> None:
    parsed = parse(sample("s1", Status="Vervallen", ExportStatus="Exported"), contract, nl)

    assert (parsed.status, parsed.export_status) == (DocumentStatus.CANCELLED, ExportStatus.EXPORTED)


def test_reexport_raises_the_sequence_in_the_key(contract: SourceContract, nl: Masters) -> None:
    assert document(sample("s1", ExportSequence=2), contract, nl).key.export_sequence == 2


def test_dates_in_utc_evening_are_the_next_day(contract: SourceContract, nl: Masters) -> None:
    row = sample("s1", InvoiceDate="2026-10-31T23:00:00.000Z", Period=None, FiscalYear=None)

    found = document(row, contract, nl)

    assert (found.document_date, found.period) == (date(2026, 11, 1), 11)


def test_date_mode_utc_takes_the_day_as_written(contract: SourceContract, nl: Masters) -> None:
    row = sample("s1", InvoiceDate="2026-10-31T23:00:00.000Z")

    found = document(row, replace(contract, date_mode=DateMode.UTC), nl)

    assert found.document_date == date(2026, 10, 31)
