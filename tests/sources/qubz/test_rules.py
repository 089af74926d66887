"""Every rule of VAT and bookkeeping, on the sample documents and on one broken copy each."""

from decimal import Decimal

import pytest

from finance_hooks.model.document import VatRounding
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.sources.qubz.contract import SourceContract
from finance_hooks.sources.qubz.rules import check_document
from tests.sources.qubz.examples import (
    RESOURCES,
    Row,
    codes,
    document,
    reasons,
    rounding,
    sample,
    with_line,
    with_vat,
)

GOOD_NL = ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "p1", "p2", "p3", "j1")


def s1_with_vat(vat: str) -> Row:
    row = sample("s1", TotalVat=Decimal(vat), TotalGross=Decimal("345.95") + Decimal(vat))
    return with_vat(row, 0, Amount=Decimal(vat))


@pytest.mark.parametrize("name", GOOD_NL)
def test_dutch_sample_documents_break_no_rule(name: str, contract: SourceContract, nl: Masters) -> None:
    checked = check_document(document(sample(name), contract, nl, RESOURCES[name[0]]), nl)

    assert checked.reasons == ()
    assert checked.warnings == ()


def test_belgian_sample_document_breaks_no_rule(contract: SourceContract, be: Masters) -> None:
    checked = check_document(document(sample("s9"), contract, be), be)

    assert (checked.reasons, checked.warnings) == ((), ())


def test_empty_buyer_vat_id_under_reverse_charge_is_the_only_reason(
    contract: SourceContract, nl: Masters
) -> None:
    found = reasons(sample("s2", RelationNumber="10060"), contract, nl)

    assert found == (
        Reason(
            code=ReasonCode.VAT_ID_MISSING,
            document="2026100124",
            field="Relation 10060 VatNumber",
            value=None,
            detail="needed for AE",
        ),
    )


def test_levy_and_taxed_service_on_one_document_is_the_only_reason(
    contract: SourceContract, nl: Masters
) -> None:
    levy, service = sample("s6"), sample("s5")
    row = sample(
        "s5",
        Lines=[service["Lines"][0], levy["Lines"][0] | {"LineNumber": 2}],
        VatBreakdown=service["VatBreakdown"] + levy["VatBreakdown"],
        TotalNet=Decimal("156.40"),
        TotalGross=Decimal("183.45"),
    )

    found = reasons(row, contract, nl)

    assert codes(found) == ["outside_scope_mixed"]
    assert found[0].value == "O, S"


def test_credit_note_without_original_is_the_only_reason(contract: SourceContract, nl: Masters) -> None:
    found = reasons(sample("s3", OriginalInvoiceNumber=None), contract, nl)

    assert codes(found) == ["original_missing"]
    assert found[0].field == "OriginalInvoiceNumber"


def test_gross_off_by_a_cent_is_the_only_reason(contract: SourceContract, nl: Masters) -> None:
    found = reasons(sample("s1", TotalGross=Decimal("418.61")), contract, nl)

    assert codes(found) == ["totals_disagree"]
    assert (found[0].field, found[0].value) == ("TotalGross", "418.61")
    assert found[0].detail == "net and VAT add up to 418.60"


def test_self_billing_without_agreement_is_the_only_reason(contract: SourceContract, nl: Masters) -> None:
    found = reasons(sample("p1", RelationNumber="10045"), contract, nl, "purchaseinvoices")

    assert codes(found) == ["self_billing_agreement_missing"]


@pytest.mark.parametrize("status", ["Concept", "ToCheck", "Cancelled"])
def test_document_that_is_not_final_parks(status: str, contract: SourceContract, nl: Masters) -> None:
    assert codes(reasons(sample("s1", Status=status), contract, nl)) == ["not_final"]


@pytest.mark.parametrize(
    ("vat", "method", "passes"),
    [
        ("72.65", VatRounding.PER_INVOICE, True),
        ("72.65", VatRounding.PER_LINE, False),
        ("72.65", VatRounding.EITHER, True),
        ("72.66", VatRounding.PER_INVOICE, False),
        ("72.66", VatRounding.PER_LINE, True),
        ("72.66", VatRounding.EITHER, True),
        ("72.67", VatRounding.PER_INVOICE, False),
        ("72.67", VatRounding.PER_LINE, False),
        ("72.67", VatRounding.EITHER, False),
    ],
)
def test_vat_follows_the_organisations_rounding_to_the_cent(
    vat: str, method: VatRounding, *, passes: bool, contract: SourceContract, nl: Masters
) -> None:
    found = reasons(s1_with_vat(vat), contract, rounding(nl, method))

    assert codes(found) == ([] if passes else ["vat_disagrees"])


@pytest.mark.parametrize(("vat", "method"), [("-4.11", "per_invoice"), ("-4.12", "per_line")])
def test_credit_note_is_rounded_like_its_mirror_image(
    vat: str, method: str, contract: SourceContract, nl: Masters
) -> None:
    row = sample("s3", TotalVat=Decimal(vat), TotalGross=Decimal("-19.59") + Decimal(vat))

    found = reasons(with_vat(row, 0, Amount=Decimal(vat)), contract, rounding(nl, VatRounding(method)))

    assert found == ()


def test_belgian_vat_rounded_per_line_fails(contract: SourceContract, be: Masters) -> None:
    row = sample("s9", TotalVat=Decimal("10.51"), TotalGross=Decimal("60.51"))

    found = reasons(with_vat(row, 0, Amount=Decimal("10.51")), contract, be)

    assert codes(found) == ["vat_disagrees"]
    assert found[0].detail == "expected 10.50 (per_invoice)"


@pytest.mark.parametrize("shifted", ["411.09", "411.11", "0.00"])
def test_shifted_vat_of_a_purchase_is_held_to_the_same_rounding(
    shifted: str, contract: SourceContract, nl: Masters
) -> None:
    row = with_vat(sample("p1"), 0, ReverseChargeAmount=Decimal(shifted))

    found = reasons(row, contract, nl, "purchaseinvoices")

    assert codes(found) == ["vat_disagrees"]
    assert found[0].field == "VatBreakdown IVERL21 ReverseChargeAmount"
    assert found[0].detail == "expected 411.10 (per_invoice)"


def test_sale_shifts_no_vat_to_ourselves(contract: SourceContract, nl: Masters) -> None:
    row = with_vat(sample("s2"), 0, ReverseChargeAmount=Decimal("694.51"))

    assert codes(reasons(row, contract, nl)) == ["vat_disagrees"]


def test_every_sum_that_disagrees_is_named(contract: SourceContract, nl: Masters) -> None:
    row = with_line(sample("s1"), 0, NetAmount=Decimal("150.01"))

    found = reasons(row, contract, nl)

    assert codes(found) == ["totals_disagree", "totals_disagree"]
    assert [reason.field for reason in found] == ["TotalNet", "VatBreakdown VH21 Base"]


def test_breakdown_that_moves_base_between_codes_is_found(contract: SourceContract, nl: Masters) -> None:
    row = with_vat(with_vat(sample("s2"), 0, Base=Decimal("3307.19")), 1, Base=Decimal("185.01"))

    found = reasons(row, contract, nl)

    assert {reason.field for reason in found} == {"VatBreakdown VVERL Base", "VatBreakdown VH21 Base"}


@pytest.mark.parametrize(
    ("name", "change", "field"),
    [
        ("s2", {"Amount": Decimal("694.51")}, "VatBreakdown VVERL Amount"),
        ("s2", {"Rate": Decimal("21.0")}, "VatBreakdown VVERL Rate"),
        ("s6", {"Rate": Decimal("21.0")}, "VatBreakdown VBTN Rate"),
        ("s6", {"Amount": Decimal("5.80")}, "VatBreakdown VBTN Amount"),
        ("s4", {"Amount": Decimal("554.08")}, "VatBreakdown VICL Amount"),
        ("s1", {"Rate": Decimal("0.0")}, "VatBreakdown VH21 Rate"),
        ("s1", {"Category": "Z"}, "VatBreakdown VH21 Category"),
        ("s1", {"Category": "L"}, "VatBreakdown VH21 Category"),
    ],
)
def test_amount_or_rate_that_does_not_fit_its_category_is_named(
    name: str, change: dict[str, object], field: str, contract: SourceContract, nl: Masters
) -> None:
    found = reasons(with_vat(sample(name), 0, **change), contract, nl)

    assert (ReasonCode.VAT_CATEGORY, field) in {(reason.code, reason.field) for reason in found}


def test_rate_on_a_line_outside_the_scope_of_vat_is_named(contract: SourceContract, nl: Masters) -> None:
    found = reasons(with_line(sample("s6"), 0, VatRate=Decimal("21.0")), contract, nl)

    assert [(reason.code, reason.line, reason.value) for reason in found] == [
        (ReasonCode.VAT_CATEGORY, 1, "21.0")
    ]


def test_line_rate_that_the_breakdown_does_not_have_is_named(contract: SourceContract, nl: Masters) -> None:
    found = reasons(
        with_line(sample("s1"), 2, VatRate=Decimal("9.0")), contract, rounding(nl, VatRounding.PER_INVOICE)
    )

    assert [(reason.code, reason.line, reason.field) for reason in found] == [
        (ReasonCode.VAT_DISAGREES, 3, "VatRate")
    ]


def test_vat_code_for_purchases_serves_no_sale(contract: SourceContract, nl: Masters) -> None:
    row = sample("s5")
    row = with_vat(with_line(row, 0, VatCode="IH21"), 0, VatCode="IH21")

    found = reasons(row, contract, nl)

    assert codes(found) == ["vat_category"]
    assert found[0].detail == "this is a code for purchase"
