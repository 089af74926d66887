"""Every kind, reason, finding and state of a file has its word."""

from typing import Any

import pytest

from finance_hooks.model.attachment import AttachmentState
from finance_hooks.model.document import DocumentType
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.store.findings import FindingDecision, FindingKind
from finance_hooks.web.document_words import (
    DECISIONS,
    FILES,
    FINDINGS,
    Said,
    is_reversal,
    kind_of,
    reason_words,
    reasons_said,
)
from finance_hooks.web.texts import texts


def test_every_kind_has_a_word_of_its_own_and_what_cannot_be_read_has_one_too() -> None:
    kinds = {kind_of(kind) for kind in DocumentType}

    assert len(kinds) == len(DocumentType)
    assert kind_of("salesinvoices") == "documents.unknown_kind"
    assert kinds | {"documents.unknown_kind"} <= set(texts("nl"))


def test_every_finding_decision_and_state_of_a_file_has_a_word() -> None:
    assert set(FINDINGS) == set(FindingKind)
    assert set(DECISIONS) == set(FindingDecision)
    assert set(FILES) == set(AttachmentState)


def test_posting_that_takes_back_another_is_a_reversal() -> None:
    assert is_reversal("reverse")
    assert not is_reversal("book")


@pytest.mark.parametrize("code", list(ReasonCode))
def test_reason_begins_as_a_sentence_in_both_languages(code: ReasonCode) -> None:
    dutch, english = reason_words(code, "nl"), reason_words(code, "en")

    assert dutch[0] == dutch[0].upper()
    assert english[0] == english[0].upper()
    assert dutch != english


def test_reason_says_what_is_wrong_where_and_what_helps() -> None:
    reasons: list[dict[str, Any]] = [
        {
            "code": "vat_disagrees",
            "document": "2026-1",
            "line": 2,
            "field": "VatAmount",
            "value": "21.01",
            "detail": "expected 21.00",
        },
        {"code": "on_hold", "document": "2026-1"},
    ]

    said, held = reasons_said(reasons, "en")

    assert said == Said(
        code="vat_disagrees",
        wrong="VAT does not follow from base and rate",
        line=2,
        field="VatAmount",
        value="21.01",
        detail="expected 21.00",
        remedy="Correct the document in 21QUBZ",
        actor="document.actor_source",
    )
    assert (held.line, held.field, held.actor) == (None, None, "document.actor_bookkeeper")
    assert next(reasons_said(reasons, "nl")).remedy == "Corrigeer het document in 21QUBZ"
