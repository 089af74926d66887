"""Rules on sums and signs (EN 16931 BR-CO-10 to 15; memorials balance; G-account within the total)."""

from collections.abc import Iterator
from decimal import Decimal

from finance_hooks.model.document import Document
from finance_hooks.model.masters import Masters
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import Reason, ReasonCode


def totals_agree(document: Document, _masters: Masters) -> Iterator[Reason]:
    """R6: lines add up to the net total, the breakdown to net and VAT, net and VAT to gross, to the cent."""
    lines = sum((line.amount for line in document.lines), ZERO)
    base = sum((amount.base for amount in document.vat_amounts), ZERO)
    vat = sum((amount.amount for amount in document.vat_amounts), ZERO)
    equations = (
        ("TotalNet", document.total_net, lines, "the lines add up to"),
        ("TotalNet", document.total_net, base, "the VAT breakdown's bases add up to"),
        ("TotalVat", document.total_vat, vat, "the VAT breakdown's amounts add up to"),
        (
            "TotalGross",
            document.total_gross,
            document.total_net + document.total_vat,
            "net and VAT add up to",
        ),
    )
    for field, stated, expected, words in equations:
        if stated != expected:
            yield _disagreement(ReasonCode.TOTALS_DISAGREE, document, field, stated, f"{words} {expected}")


def memorial_balances(document: Document, _masters: Masters) -> Iterator[Reason]:
    """B1: a memorial's debit equals its credit."""
    debit = sum((line.amount for line in document.lines if line.amount > 0), ZERO)
    credit = -sum((line.amount for line in document.lines if line.amount < 0), ZERO)
    if debit != credit:
        yield _disagreement(ReasonCode.MEMORIAL_UNBALANCED, document, "Debit", debit, f"credit is {credit}")


def sign_fits_document_type(document: Document, _masters: Masters) -> Iterator[Reason]:
    """B3: a credit note's totals are negative, any other document's are not."""
    for field, total in (("TotalNet", document.total_net), ("TotalGross", document.total_gross)):
        if document.type.is_credit and total > 0:
            yield _disagreement(ReasonCode.SIGN_WRONG, document, field, total, "a credit note is negative")
        if not document.type.is_credit and total < 0:
            yield _disagreement(
                ReasonCode.SIGN_WRONG, document, field, total, "only a credit note is negative"
            )


def g_account_within_total(document: Document, _masters: Masters) -> Iterator[Reason]:
    """B7: the part for the blocked account lies between nothing and the total."""
    low, high = sorted((ZERO, document.total_gross))
    if not low <= document.g_account_amount <= high:
        yield _disagreement(
            ReasonCode.G_ACCOUNT_RANGE,
            document,
            "GAccountAmount",
            document.g_account_amount,
            f"expected {low} to {high}",
        )


def _disagreement(code: ReasonCode, document: Document, field: str, value: Decimal, detail: str) -> Reason:
    return Reason(code=code, document=document.number, field=field, value=str(value), detail=detail)
