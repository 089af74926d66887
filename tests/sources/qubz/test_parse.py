"""Rows become documents, or every reason why they cannot."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from finance_hooks.model.document import DocumentStatus, DocumentType, ExportStatus, VatRounding
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.parse import parse_document
from finance_hooks.sources.qubz.received import ReceivedDocument
from finance_hooks.sources.qubz.rules import check_document
from finance_hooks.sources.qubz.signs import CreditSign
from finance_hooks.sources.qubz.values import DateMode
from tests.sources.qubz.examples import (
    RESOURCES,
    Row,
    codes,
    document,
    parse,
    rounding,
    sample,
    with_line,
    with_vat,
    without,
)


def turned(row: Row) -> Row:
    """Write a credit note as a source does that knows no negative credit notes."""
    names = ("TotalNet", "TotalVat", "TotalGross")
    row = row | {name: -row[name] for name in names}
    row["Lines"] = [
        line | {"Quantity": -line["Quantity"], "NetAmount": -line["NetAmount"]} for line in row["Lines"]
    ]
    row["VatBreakdown"] = [
        vat | {"Base": -vat["Base"], "Amount": -vat["Amount"]} for vat in row["VatBreakdown"]
    ]
    return row


def test_sample_invoice_is_read_in_full(contract: SourceContract, nl: Masters) -> None:
    found = document(sample("s1"), contract, nl)

    assert str(found.key) == "qubz/100/sales_invoice/900101/1"
    assert found.type is DocumentType.SALES_INVOICE
    assert (found.number, found.party, found.description) == ("2026100123", "10045", "Contract C-2201")
    assert (found.document_date, found.due_date) == (date(2026, 10, 31), date(2026, 11, 30))
    assert (found.fiscal_year, found.period, found.journal) == (2026, 10, "VRK")
    assert (found.total_net, found.total_vat, found.total_gross) == (
        Decimal("345.95"),
        Decimal("72.65"),
        Decimal("418.60"),
    )
    assert found.lines[2].quantity == Decimal("1.240")
    assert found.lines[2].ledger_account == "8020"
    assert found.changed_at == datetime(2026, 11, 1, 2, 10, 11, tzinfo=UTC)


@pytest.mark.parametrize("name", ["s1", "s2", "s3", "p1", "p3", "s6"])
def test_what_may_be_left_out_is_derived_to_the_same_document(
    name: str, contract: SourceContract, nl: Masters
) -> None:
    row = sample(name)
    derivable = ("Period", "FiscalYear", "VatBreakdown", "ExportStatus", "ExportSequence")

    derived = document(without(row, *derivable), contract, nl, RESOURCES[name[0]])

    assert derived == document(row, contract, nl, RESOURCES[name[0]])


def test_due_date_is_the_document_date_and_the_partys_term(contract: SourceContract, nl: Masters) -> None:
    found = document(without(sample("s1"), "DueDate"), contract, nl)

    assert (found.payment_term, found.due_date) == ("30", date(2026, 11, 30))


def test_credit_note_is_due_at_once(contract: SourceContract, nl: Masters) -> None:
    assert document(without(sample("s3"), "DueDate"), contract, nl).due_date == date(2026, 11, 5)


def test_due_date_stays_open_when_no_term_is_known(contract: SourceContract, nl: Masters) -> None:
    found = document(without(sample("s1", RelationNumber="99999"), "DueDate"), contract, nl)

    assert (found.payment_term, found.due_date) == (None, None)


def test_shifted_vat_is_derived_from_the_rate_of_the_lines(contract: SourceContract, nl: Masters) -> None:
    row = sample("p1")
    del row["VatBreakdown"][0]["ReverseChargeAmount"]

    assert document(row, contract, nl, "purchaseinvoices").vat_amounts[0].reverse_charge_amount == Decimal(
        "411.10"
    )


@pytest.mark.parametrize(
    ("method", "vat"), [("per_invoice", "72.65"), ("per_line", "72.66"), ("either", "72.65")]
)
def test_vat_breakdown_is_derived_by_the_organisations_method(
    method: str, vat: str, contract: SourceContract, nl: Masters
) -> None:
    masters = rounding(nl, VatRounding(method))

    found = document(without(sample("s1"), "VatBreakdown"), contract, masters)

    assert [(each.vat_code, each.category, each.amount) for each in found.vat_amounts] == [
        ("VH21", "S", Decimal(vat))
    ]


def test_line_without_quantity_and_price_is_one_of_its_amount(contract: SourceContract, nl: Masters) -> None:
    row = sample("s5")
    row["Lines"][0] = without(row["Lines"][0], "Quantity", "UnitPrice")

    line = document(row, contract, nl).lines[0]

    assert (line.quantity, line.unit_price) == (Decimal(1), Decimal("128.80"))


def test_memorial_is_debit_minus_credit_and_counts_its_debit(contract: SourceContract, nl: Masters) -> None:
    found = document(sample("j1"), contract, nl, "memorials")

    assert [line.amount for line in found.lines] == [Decimal("1250.00"), Decimal("-1250.00")]
    assert (found.total_gross, found.currency, found.party) == (Decimal("1250.00"), "EUR", None)
    assert found.lines[0].description == "Nog te factureren omzet oktober"
    assert found.status is DocumentStatus.FINAL


@pytest.mark.parametrize(
    "change",
    [
        lambda row: without(row, "OriginalInvoiceNumber", "Reference"),
        lambda row: row | {"OriginalInvoiceNumber": None, "Reference": None},
        lambda row: row | {"OriginalInvoiceNumber": "", "Reference": "  "},
    ],
)
def test_missing_null_and_empty_are_alike(change: object, contract: SourceContract, nl: Masters) -> None:
    assert callable(change)

    found = document(change(sample("s1")), contract, nl)

    assert (found.original_number, found.description) == (None, "")


@pytest.mark.parametrize("sign", [CreditSign.AUTO, CreditSign.POSITIVE])
def test_positive_credit_note_becomes_negative(
    sign: CreditSign, contract: SourceContract, nl: Masters
) -> None:
    found = document(turned(sample("s3")), replace(contract, credit_sign=sign), nl)

    assert found == document(sample("s3"), contract, nl)


def test_positive_credit_note_of_a_source_with_negative_ones_parks(
    contract: SourceContract, nl: Masters
) -> None:
    found = document(turned(sample("s3")), replace(contract, credit_sign=CreditSign.NEGATIVE), nl)

    assert codes(check_document(found, nl).reasons) == ["sign_wrong", "sign_wrong"]


def test_positive_invoice_is_never_turned(contract: SourceContract, nl: Masters) -> None:
    found = document(sample("s1"), replace(contract, credit_sign=CreditSign.POSITIVE), nl)

    assert found.total_gross == Decimal("418.60")


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
