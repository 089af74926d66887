"""Rows become documents, or every reason why they cannot."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from finance_hooks.model.document import DocumentStatus, DocumentType, VatRounding
from finance_hooks.model.masters import Masters
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.rules import check_document
from finance_hooks.sources.qubz.signs import CreditSign
from tests.sources.qubz.examples import (
    RESOURCES,
    Row,
    codes,
    document,
    parse,
    rounding,
    sample,
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


def test_document_without_a_readable_number_is_known_by_its_id(contract: SourceContract, nl: Masters) -> None:
    numbered = parse(sample("s1"), contract, nl)
    nameless = parse(sample("s1", InvoiceNumber=None), contract, nl)

    assert numbered.name == sample("s1")["InvoiceNumber"]
    assert nameless.name == "salesinvoices 900101"


def test_line_without_a_rate_takes_its_vat_codes(contract: SourceContract, nl: Masters) -> None:
    row = without(sample("s1"), "VatBreakdown")
    bare = row | {"Lines": [without(line, "VatRate") for line in row["Lines"]]}

    assert document(bare, contract, nl).vat_amounts == document(row, contract, nl).vat_amounts
