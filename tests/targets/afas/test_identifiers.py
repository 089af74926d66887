from dataclasses import replace
from decimal import Decimal

import pytest

from finance_hooks.model.entry import Entry
from finance_hooks.targets.afas.identifiers import (
    PartyText,
    Voucher,
    make_invoice_id,
    make_voucher,
    read_number,
    read_party_text,
    read_settled_account,
    read_voucher,
    write_party_text,
    write_settled_text,
)
from tests.targets.afas.samples import OTHERS, SAMPLES

S1, P3, J1 = SAMPLES["S1"], SAMPLES["P3"], SAMPLES["J1"]


@pytest.mark.parametrize("number", ["1", "F2026-0042", "F2026-000042", "SI 42", "f/2026.42"])
def test_sale_has_its_own_number_as_invoice_number_where_it_fits(number: str) -> None:
    assert make_invoice_id(replace(S1, number=number)) == number


@pytest.mark.parametrize("number", ["", "F2026-0000042", " F42", "F42 ", "F\u00e942", "F\t42", "QABCDEFGHIJ"])
def test_number_that_does_not_fit_unchanged_is_replaced_and_never_cut(number: str) -> None:
    assert make_invoice_id(replace(S1, number=number)) == S1.reference


def test_supplier_s_number_is_no_invoice_number() -> None:
    assert make_invoice_id(replace(P3, number="1")) == P3.reference


def test_memorial_has_no_invoice_number() -> None:
    assert make_invoice_id(J1) is None


@pytest.mark.parametrize("number", ["F", "F2026-0042", "F2026-0000042", "AVI 88 120", "F" * 20])
@pytest.mark.parametrize("entry", [S1, P3], ids=["sale", "purchase"])
def test_number_is_found_back_from_what_stands_in_the_books(entry: Entry, number: str) -> None:
    numbered = replace(entry, number=number)

    voucher = read_voucher(make_voucher(numbered))

    assert voucher.reference == numbered.reference
    assert read_number(make_invoice_id(numbered), voucher) == number


def test_voucher_number_takes_as_much_of_a_long_number_as_fits() -> None:
    voucher = make_voucher(replace(P3, number="N" * 32))

    assert len(voucher) == 32
    assert read_voucher(voucher) == Voucher(reference=P3.reference, number="N" * 20)


@pytest.mark.parametrize("text", ["2026-17", "Q2026-17", "QABCDEFGHIJKL", "xQABCDEFGHIJ"])
def test_voucher_number_of_somebody_else_bears_no_reference(text: str) -> None:
    assert read_voucher(text) == Voucher(reference=None, number=text)


def test_absent_voucher_number_says_nothing() -> None:
    assert read_voucher(None) == Voucher(reference=None, number=None)
    assert read_number(None, read_voucher(None)) is None


def test_reference_alone_is_a_voucher_number_too() -> None:
    assert read_voucher("QABCDEFGHIJ") == Voucher(reference="QABCDEFGHIJ", number=None)


@pytest.mark.parametrize("entry", [S1, SAMPLES["S3"], P3, OTHERS["foreign currency"]])
def test_party_currency_and_total_are_found_back_from_the_party_s_text(entry: Entry) -> None:
    text = write_party_text(entry)

    assert read_party_text(text) == PartyText(
        party=entry.party or "",
        currency=entry.currency,
        gross=entry.gross,
    )


def test_long_text_is_cut_before_the_party_and_not_the_party() -> None:
    text = write_party_text(replace(S1, description="x" * 300))

    assert len(text) == 255
    assert read_party_text(text) is not None


def test_text_without_words_is_the_party_alone() -> None:
    assert write_party_text(replace(S1, description="")) == "(10045 EUR 418.60)"


def test_sign_of_a_credit_note_stands_in_the_text() -> None:
    found = read_party_text(write_party_text(SAMPLES["S3"]))

    assert found is not None
    assert found.gross == Decimal("-23.70")


@pytest.mark.parametrize("text", [None, "", "Inzameling", "(10045 EUR)", "(10045 EUR 418.60) betaald"])
def test_text_that_a_person_wrote_names_no_party(text: str | None) -> None:
    assert read_party_text(text) is None


def test_memorial_s_text_names_party_and_account() -> None:
    line = OTHERS["memorial on a debtor"].lines[0]

    assert write_settled_text(line) == "Afboeking (10045 1300)"
    assert read_settled_account(write_settled_text(line)) == "1300"
    assert read_settled_account("Afboeking") is None
    assert read_settled_account(None) is None
