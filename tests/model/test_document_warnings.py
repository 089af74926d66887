"""Every oddity has words, and its sentence says where it is and what was expected."""

from finance_hooks.model.document_warning import (
    SENTENCES,
    DocumentWarning,
    WarningCode,
    warning_sentence,
)


def test_every_warning_has_a_sentence_in_both_languages() -> None:
    assert set(SENTENCES) == set(WarningCode)
    assert all(dutch and english for dutch, english in SENTENCES.values())


def test_sentence_names_document_line_field_value_and_what_was_expected() -> None:
    warning = DocumentWarning(
        code=WarningCode.QUANTITY_TIMES_PRICE,
        document="2026100123",
        line=2,
        field="Quantity",
        value="3",
        detail="3 x 10.00 is 30.00",
    )

    assert warning_sentence(warning) == (
        "2026100123, regel 2, Quantity = 3: aantal maal prijs is niet het nettobedrag; het bedrag geldt"
        " (3 x 10.00 is 30.00)."
    )
    assert warning_sentence(warning, "en").startswith(
        "2026100123, line 2, Quantity = 3: quantity times price"
    )


def test_sentence_leaves_out_what_is_not_known() -> None:
    bare = DocumentWarning(code=WarningCode.PARTY_INACTIVE, document="2026100123")
    field = DocumentWarning(code=WarningCode.PARTY_INACTIVE, document="2026100123", field="RelationNumber")

    assert warning_sentence(bare, "en") == "2026100123: the party is not active."
    assert warning_sentence(field, "en") == "2026100123, RelationNumber: the party is not active."
