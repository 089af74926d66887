"""Every reason to park a document has words for the person who must act."""

from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.park_reason_text import reason_sentence, reason_texts


def test_every_reason_has_a_sentence_and_a_remedy_in_both_languages() -> None:
    texts = reason_texts()

    assert set(texts) == set(ReasonCode)
    assert all(text.nl and text.en and text.remedy_nl and text.remedy_en for text in texts.values())


def test_sentence_names_document_line_field_value_what_is_wrong_and_what_to_do() -> None:
    reason = Reason(
        code=ReasonCode.VAT_CODE_UNMAPPED,
        document="2026100124",
        line=1,
        field="VatCode",
        value="VX99",
        detail="exactonline/vat_codes.csv",
    )

    assert reason_sentence(reason) == (
        "2026100124, regel 1, VatCode = VX99: btw-code niet gemapt (exactonline/vat_codes.csv); "
        "voeg een regel toe aan de mappingtabel."
    )
    assert reason_sentence(reason, "en").startswith("2026100124, line 1, VatCode = VX99: VAT code not mapped")


def test_sentence_leaves_out_what_is_not_known() -> None:
    bare = Reason(code=ReasonCode.ON_HOLD, document="2026100124")
    field = Reason(code=ReasonCode.ON_HOLD, document="2026100124", field="Status")

    assert reason_sentence(bare, "en").startswith("2026100124: ")
    assert reason_sentence(field, "en").startswith("2026100124, Status: ")
