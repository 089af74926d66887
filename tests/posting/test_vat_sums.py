"""VAT is summed per code on both sides: base, VAT, and what is shifted to the buyer."""

from dataclasses import replace
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.posting.vat_sums import VatSum, booked_sums, bounds_of, sent_sums, told, without_residue
from tests.posting.entries import BOOKED, ENTRY, booked, line

SHIFTED = replace(
    ENTRY,
    kind=EntryKind.PURCHASE,
    lines=(
        EntryLine(
            number=1,
            ledger_account="7000",
            amount=Decimal("100.00"),
            description="",
            vat_code="6",
            reverse_charge_amount=Decimal("21.00"),
        ),
        EntryLine(number=2, ledger_account="7010", amount=Decimal("5.00"), description=""),
    ),
)


def shifted_legs(amount: str, base: str = "100.00") -> dict[str, VatSum]:
    negated = str(-Decimal(amount))
    return booked_sums(
        booked(
            kind=EntryKind.PURCHASE,
            lines=(
                line("7000", base, vat_code="6"),
                line("1660", amount, vat_code="6", is_vat=True),
                line("1655", negated, vat_code="6", is_vat=True),
            ),
        )
    )


def test_sent_and_booked_sums_of_an_invoice_are_the_same() -> None:
    expected = {"4": VatSum(base=Decimal("345.95"), vat=Decimal("72.65"))}

    assert sent_sums(ENTRY) == expected
    assert booked_sums(BOOKED) == expected


def test_what_stands_on_both_sides_is_shifted_with_the_sign_of_its_base() -> None:
    assert sent_sums(SHIFTED)["6"] == VatSum(base=Decimal("100.00"), shifted=Decimal("21.00"))
    assert shifted_legs("21.00")["6"] == VatSum(base=Decimal("100.00"), shifted=Decimal("21.00"))
    assert shifted_legs("-21.00", "-100.00")["6"].shifted == Decimal("-21.00")


def test_package_without_vat_legs_does_not_tell_what_is_shifted() -> None:
    found = booked_sums(booked(kind=EntryKind.PURCHASE, lines=(line("7000", "100.00", vat_code="6"),)))["6"]

    assert found.shifted is None
    assert told(sent_sums(SHIFTED)["6"], found).shifted == Decimal("21.00")
    assert told(sent_sums(SHIFTED)["6"], replace(found, shifted=Decimal("20.00"))).shifted == Decimal("20.00")


def test_cent_of_rounding_in_shifted_vat_is_taken_over_and_more_is_not() -> None:
    sent = sent_sums(SHIFTED)

    near = without_residue(SHIFTED, sent, shifted_legs("21.01"))
    far = without_residue(SHIFTED, sent, shifted_legs("21.02"))

    assert near["6"].shifted == Decimal("21.01")
    assert far["6"].shifted == Decimal("21.00")
    assert bounds_of(SHIFTED) == {"6": Decimal("0.01")}


def test_foreign_document_is_converted_and_its_cents_are_taken_over() -> None:
    entry: Entry = replace(ENTRY, currency="USD", rate=Decimal("0.92"))
    sent = sent_sums(entry)
    theirs = {"4": VatSum(base=Decimal("318.28"), vat=Decimal("66.90"))}

    assert sent["4"] == VatSum(base=Decimal("318.27"), vat=Decimal("66.84"))
    assert without_residue(entry, sent, theirs)["4"] == VatSum(base=Decimal("318.28"), vat=Decimal("66.84"))
    assert without_residue(entry, sent, {}) == sent
