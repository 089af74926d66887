"""Rules on parties, signs, units, currencies, and what is only odd."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.rules import check_document
from finance_hooks.sources.qubz.rules.vat_ids import is_valid_vat_id
from tests.sources.qubz.examples import (
    codes,
    document,
    reasons,
    sample,
    with_line,
    with_vat,
)

GOOD_NL = ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "p1", "p2", "p3", "j1")


@pytest.mark.parametrize(
    ("relation", "code"),
    [("10060", "vat_id_missing"), ("20007", "vat_id_invalid"), ("30001", None)],
)
def test_intra_eu_supply_needs_a_valid_id_of_another_member_state(
    relation: str, code: str | None, contract: SourceContract, nl: Masters
) -> None:
    found = reasons(sample("s4", RelationNumber=relation), contract, nl)

    assert codes(found) == ([code] if code else [])


def test_purchase_under_reverse_charge_needs_our_own_id_and_not_the_suppliers(
    contract: SourceContract, nl: Masters
) -> None:
    row = sample("p1", DocumentType="PurchaseInvoice", RelationNumber="10060")

    assert reasons(row, contract, nl, "purchaseinvoices") == ()


def test_unknown_party_and_vat_code_are_both_named(contract: SourceContract, nl: Masters) -> None:
    row = sample("s5", RelationNumber="99999")
    row = with_vat(with_line(row, 0, VatCode="XX"), 0, VatCode="XX")

    found = reasons(row, contract, nl)

    assert codes(found) == ["party_unknown", "vat_code_unknown"]
    assert [reason.value for reason in found] == ["99999", "XX"]


def test_party_of_a_memorial_line_must_exist(contract: SourceContract, nl: Masters) -> None:
    found = reasons(with_line(sample("j1"), 0, RelationNumber="99999"), contract, nl, "memorials")

    assert [(reason.code, reason.line) for reason in found] == [(ReasonCode.PARTY_UNKNOWN, 1)]


def test_memorial_that_does_not_balance_parks(contract: SourceContract, nl: Masters) -> None:
    found = reasons(with_line(sample("j1"), 1, Credit=Decimal("1249.99")), contract, nl, "memorials")

    assert codes(found) == ["memorial_unbalanced"]
    assert (found[0].value, found[0].detail) == ("1250.00", "credit is 1249.99")


@pytest.mark.parametrize(
    ("amount", "passes"), [("0.00", True), ("2420.00", True), ("2420.01", False), ("-0.01", False)]
)
def test_g_account_amount_lies_within_the_total(
    amount: str, *, passes: bool, contract: SourceContract, nl: Masters
) -> None:
    found = reasons(sample("s7", GAccountAmount=Decimal(amount)), contract, nl)

    assert codes(found) == ([] if passes else ["g_account_range"])


@pytest.mark.parametrize(("amount", "passes"), [("-23.70", True), ("-23.71", False), ("0.01", False)])
def test_g_account_amount_of_a_credit_note_is_negative(
    amount: str, *, passes: bool, contract: SourceContract, nl: Masters
) -> None:
    found = reasons(sample("s3", GAccountAmount=Decimal(amount)), contract, nl)

    assert codes(found) == ([] if passes else ["g_account_range"])


def test_invoice_with_negative_total_is_no_invoice(contract: SourceContract, nl: Masters) -> None:
    found = reasons(sample("s3", DocumentType="SalesInvoice"), contract, nl)

    assert codes(found) == ["sign_wrong", "sign_wrong"]


def test_unknown_unit_parks_with_its_line(contract: SourceContract, nl: Masters) -> None:
    found = reasons(with_line(sample("s1"), 1, UnitCode="STUK"), contract, nl)

    assert [(reason.code, reason.line, reason.value) for reason in found] == [
        (ReasonCode.UNIT_UNKNOWN, 2, "STUK")
    ]


@pytest.mark.parametrize("currency", ["JPY", "KWD", "XXX"])
def test_currency_without_cents_parks(currency: str, contract: SourceContract, nl: Masters) -> None:
    found = reasons(sample("s1", Currency=currency, ExchangeRate=Decimal("0.006")), contract, nl)

    assert codes(found) == ["currency_unsupported"]


def test_foreign_currency_without_rate_parks(contract: SourceContract, nl: Masters) -> None:
    found = reasons(sample("s1", Currency="USD"), contract, nl)

    assert codes(found) == ["exchange_rate_missing"]
    assert found[0].detail == "EUR per 1 USD"


def test_foreign_currency_with_rate_passes(contract: SourceContract, nl: Masters) -> None:
    assert reasons(sample("s1", Currency="USD", ExchangeRate=Decimal("0.92")), contract, nl) == ()


def test_all_broken_rules_of_one_document_are_named(contract: SourceContract, nl: Masters) -> None:
    row = sample(
        "s3", OriginalInvoiceNumber="", Status="ToCheck", Currency="USD", TotalGross=Decimal("-23.71")
    )

    found = reasons(with_line(row, 0, UnitCode="STUK"), contract, nl)

    assert set(codes(found)) == {
        "not_final",
        "original_missing",
        "exchange_rate_missing",
        "totals_disagree",
        "unit_unknown",
    }


def test_oddities_are_warnings_and_park_nothing(contract: SourceContract, nl: Masters) -> None:
    row = with_line(sample("s1", Period=11), 0, Quantity=Decimal("9.0"))
    row = with_line(row, 3, LineNumber=3)

    checked = check_document(document(row, contract, nl), nl)

    assert checked.reasons == ()
    assert [(warning.code.value, warning.line, warning.value) for warning in checked.warnings] == [
        ("period_differs", None, "2026/11"),
        ("quantity_times_price", 1, "150.00"),
        ("line_number_repeated", 3, "3"),
    ]
    assert checked.document.document_date == date(2026, 10, 31)


def test_party_that_is_no_creditor_is_a_warning(contract: SourceContract, nl: Masters) -> None:
    row = sample("p3", RelationNumber="10045")

    checked = check_document(document(row, contract, nl, "purchaseinvoices"), nl)

    assert checked.reasons == ()
    assert [warning.code.value for warning in checked.warnings] == ["party_role"]


@pytest.mark.parametrize(
    ("number", "country", "is_valid"),
    [
        ("NL111222333B01", "NL", True),
        ("NL000099998B57", "NL", True),
        ("111222333B01", "NL", True),
        ("NL001234567B01", "NL", False),
        ("BE0123456749", "BE", True),
        ("BE 0123.456.749", "BE", True),
        ("BE0123456748", "BE", False),
        ("DE136695976", "DE", True),
        ("094259216", "GR", True),
        ("XX123", "XX", False),
        ("", "NL", False),
    ],
)
def test_vat_id_is_checked_by_the_rules_of_its_country(number: str, country: str, *, is_valid: bool) -> None:
    assert is_valid_vat_id(number, country) is is_valid


def test_vat_id_whose_check_digits_are_wrong_parks(contract: SourceContract, nl: Masters) -> None:
    number = sample("s4")["RelationNumber"]
    party = replace(nl.parties[number], vat_number="BE0403170702", country="BE")

    found = reasons(sample("s4"), contract, replace(nl, parties={**nl.parties, number: party}))

    assert [(reason.code, reason.value) for reason in found] == [(ReasonCode.VAT_ID_INVALID, "BE0403170702")]
