"""Every fault of preflight has words for the person who must act, and survives the store."""

from datetime import date

from finance_hooks.model.preflight_fault import (
    FaultCode,
    PreflightFault,
    fault_sentence,
    fault_texts,
    faults_from_plain,
    faults_to_plain,
)

FAULT = PreflightFault(
    code=FaultCode.VAT_PERCENTAGE,
    administration="nl",
    file="books/vat_codes.csv",
    line=12,
    column="target_vat_code",
    value="4",
    detail="19 in the package, 21 in the row",
    content="what the row says",
    dated_until=date(2026, 6, 30),
)


def test_every_fault_has_a_sentence_and_a_remedy_in_both_languages() -> None:
    texts = fault_texts()

    assert set(texts) == set(FaultCode)
    assert all(text.nl and text.en and text.remedy_nl and text.remedy_en for text in texts.values())


def test_sentence_names_file_line_administration_code_what_is_wrong_and_what_to_do() -> None:
    assert fault_sentence(FAULT, "en") == (
        "books/vat_codes.csv, line 12, nl, target_vat_code = 4: the percentage of the VAT code differs from "
        "that of the row (19 in the package, 21 in the row); choose the VAT code of this rate or limit the "
        "row by dates."
    )
    assert fault_sentence(FAULT).startswith("books/vat_codes.csv, regel 12, nl, target_vat_code = 4: ")


def test_fault_of_the_administration_itself_names_no_line() -> None:
    fault = PreflightFault(
        code=FaultCode.PERIOD_CLOSED,
        administration="nl",
        file="administrations.csv",
        line=None,
        column="period",
        value="2026-06",
    )

    assert fault_sentence(fault, "en").startswith("administrations.csv, nl, period = 2026-06: today's period")


def test_fault_concerns_the_documents_of_its_dates() -> None:
    assert FAULT.concerns(date(2026, 6, 30))
    assert not FAULT.concerns(date(2026, 7, 1))
    assert not FAULT.is_condition


def test_faults_survive_the_store() -> None:
    assert faults_from_plain(faults_to_plain((FAULT,))) == (FAULT,)
