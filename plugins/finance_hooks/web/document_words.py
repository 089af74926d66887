"""The words for what stands at a document: its kind, its state, and why it is parked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from finance_hooks.model.attachment import AttachmentState
from finance_hooks.model.document import DocumentType
from finance_hooks.model.keys import Purpose
from finance_hooks.model.park_reason import Actor, ReasonCode
from finance_hooks.model.park_reason_text import Language, reason_texts
from finance_hooks.store.findings import FindingDecision, FindingKind

KINDS: Mapping[str, str] = {
    DocumentType.SALES_INVOICE: "documents.sales_invoice",
    DocumentType.SALES_CREDIT_NOTE: "documents.sales_credit_note",
    DocumentType.PURCHASE_INVOICE: "documents.purchase_invoice",
    DocumentType.PURCHASE_CREDIT_NOTE: "documents.purchase_credit_note",
    DocumentType.SELF_BILLED_PURCHASE: "documents.self_billed_purchase",
    DocumentType.SELF_BILLED_CREDIT_NOTE: "documents.self_billed_credit_note",
    DocumentType.MEMORIAL: "documents.memorial",
}
UNKNOWN_KIND = "documents.unknown_kind"
"""The kind of a document that could not be read so far."""
ACTORS: Mapping[Actor, str] = {
    Actor.SOURCE: "document.actor_source",
    Actor.BOOKKEEPER: "document.actor_bookkeeper",
    Actor.ENGINEER: "document.actor_engineer",
}
FINDINGS: Mapping[str, str] = {
    FindingKind.DRIFT: "document.found_drift",
    FindingKind.WITHDRAWN: "document.found_withdrawn",
    FindingKind.MISSING_IN_BOOKS: "document.found_missing",
    FindingKind.AMOUNT_DIFFERS: "document.found_amount_differs",
    FindingKind.BOOKED_TWICE: "document.found_booked_twice",
    FindingKind.RESULT_REFUSED: "document.found_result_refused",
}
DECISIONS: Mapping[str, str] = {
    FindingDecision.ACCEPT: "document.decided_accept",
    FindingDecision.CORRECT: "document.decided_correct",
    FindingDecision.REBOOK: "document.decided_rebook",
}
FILES: Mapping[str, str] = {
    AttachmentState.PENDING: "document.file_pending",
    AttachmentState.SENDING: "document.file_sending",
    AttachmentState.UNKNOWN: "document.file_unknown",
    AttachmentState.ATTACHED: "document.file_attached",
    AttachmentState.MISSING: "document.file_missing",
    AttachmentState.REFUSED: "document.file_refused",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One reason in words: what is wrong and where, what the package said, what helps, and who can do it."""

    code: str
    wrong: str
    line: int | None
    field: str | None
    value: str | None
    detail: str | None
    remedy: str
    actor: str


def kind_of(document_type: str) -> str:
    """Return the key of the word for a kind of document."""
    return KINDS.get(document_type, UNKNOWN_KIND)


def is_reversal(purpose: str) -> bool:
    """Say whether a posting takes back an earlier one."""
    return purpose == Purpose.REVERSE


def reason_words(code: str, language: Language) -> str:
    """Say what is wrong as a sentence begins; a code of another version stands for itself."""
    if code not in set(ReasonCode):
        return code
    text = reason_texts()[ReasonCode(code)]
    return _sentence(text.nl if language == "nl" else text.en)


def reasons_said(reasons: Sequence[Mapping[str, Any]], language: Language) -> Iterator[Said]:
    """Say each reason with its remedy, in the order in which they were found."""
    for reason in reasons:
        text = reason_texts()[ReasonCode(reason["code"])]
        yield Said(
            code=reason["code"],
            wrong=reason_words(reason["code"], language),
            line=reason.get("line"),
            field=reason.get("field"),
            value=reason.get("value"),
            detail=reason.get("detail"),
            remedy=_sentence(text.remedy_nl if language == "nl" else text.remedy_en),
            actor=ACTORS[text.actor],
        )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
