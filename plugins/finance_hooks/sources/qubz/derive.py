"""Fill in what a document may leave out, by the rules the source itself follows."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from finance_hooks.model.document import DocumentLine, DocumentType, EntryKind, VatAmount, VatRounding
from finance_hooks.model.masters import Masters
from finance_hooks.model.money import ZERO, round_half_up

CHARGED = "S"
"""The category that charges VAT on the document."""
RATES_OF_UNCHARGED: dict[str | None, Decimal | None] = {"O": None}
"""What lies outside the scope of VAT has no rate at all; other categories without VAT have 0."""
SHIFTED_CATEGORIES = frozenset({"AE", "K"})
"""Categories whose VAT the buyer owes and deducts; on a purchase that buyer is the organisation."""


def derive_period(document_date: date, fiscal_year_start_month: int) -> tuple[int, int]:
    """Return fiscal year and period of a date; a shifted year is named after the year in which it starts."""
    period = (document_date.month - fiscal_year_start_month) % 12 + 1
    started_earlier = document_date.month < fiscal_year_start_month
    return document_date.year - (1 if started_earlier else 0), period


def derive_due_date(
    document_type: DocumentType, document_date: date, payment_term: str | None, masters: Masters
) -> date | None:
    """Add the payment term's days to the document date; a credit note is due at once, as the source has it.

    `None` when no term is known, and for a memorial.
    """
    if document_type.is_credit:
        return document_date
    term = masters.payment_terms.get(payment_term or "")
    if term is None or document_type is DocumentType.MEMORIAL:
        return None
    return document_date + timedelta(days=term.days)


def derive_vat_amounts(
    lines: Sequence[DocumentLine], total_vat: Decimal, masters: Masters
) -> list[dict[str, Any]]:
    """Group lines by VAT code and rate, and calculate each group's VAT by the organisation's method."""
    groups: dict[tuple[str, Decimal | None], list[DocumentLine]] = {}
    for line in lines:
        code = line.vat_code or ""
        rate = line_rate(line, masters) if _category(code, masters) == CHARGED else None
        groups.setdefault((code, rate), []).append(line)
    rounding = masters.organisation.vat_rounding
    if rounding is VatRounding.EITHER:
        per_line = _group_amounts(groups, VatRounding.PER_LINE, masters)
        agrees = sum((group["amount"] for group in per_line), ZERO) == total_vat
        rounding = VatRounding.PER_LINE if agrees else VatRounding.PER_INVOICE
    return _group_amounts(groups, rounding, masters)


def _group_amounts(
    groups: dict[tuple[str, Decimal | None], list[DocumentLine]], rounding: VatRounding, masters: Masters
) -> list[dict[str, Any]]:
    amounts = []
    for (code, rate), lines in groups.items():
        category = _category(code, masters)
        amounts.append(
            {
                "vat_code": code,
                "category": category,
                "rate": rate if category == CHARGED else RATES_OF_UNCHARGED.get(category, ZERO),
                "base": sum((line.amount for line in lines), ZERO),
                "amount": vat_of_lines(lines, rate, rounding),
                "reverse_charge_amount": None,
            }
        )
    return amounts


def complete_vat_amount(
    values: dict[str, Any], lines: Sequence[DocumentLine], document_type: DocumentType, masters: Masters
) -> VatAmount:
    """Complete one row of the breakdown: category and rate from the VAT code, shifted VAT from its lines."""
    code = masters.vat_codes.get(values["vat_code"])
    category = values["category"] or (code.category if code else None)
    rate = values["rate"] if values["rate"] is not None or code is None else code.rate
    shifted = values["reverse_charge_amount"]
    if shifted is None:
        own_lines = [line for line in lines if line.vat_code == values["vat_code"]]
        shifted = derive_reverse_charge(category, own_lines, document_type, masters)
    return VatAmount(
        vat_code=values["vat_code"],
        category=category,
        rate=rate,
        base=values["base"],
        amount=values["amount"],
        reverse_charge_amount=shifted,
    )


def derive_reverse_charge(
    category: str | None,
    lines: Sequence[DocumentLine],
    document_type: DocumentType,
    masters: Masters,
    rounding: VatRounding | None = None,
) -> Decimal:
    """Calculate the VAT that a purchase shifts to the organisation, by its method; 0 where none is."""
    if document_type.kind is not EntryKind.PURCHASE or category not in SHIFTED_CATEGORIES:
        return ZERO
    method = rounding or masters.organisation.vat_rounding
    by_rate: dict[Decimal | None, list[DocumentLine]] = {}
    for line in lines:
        by_rate.setdefault(line_rate(line, masters), []).append(line)
    return sum((vat_of_lines(group, rate, method) for rate, group in by_rate.items()), ZERO)


def vat_of_lines(lines: Sequence[DocumentLine], rate: Decimal | None, rounding: VatRounding) -> Decimal:
    """Calculate VAT over lines of one rate, rounded once, or per line and then added."""
    if not rate:
        return ZERO
    if rounding is VatRounding.PER_LINE:
        return sum((vat_of(line.amount, rate) for line in lines), ZERO)
    return vat_of(sum((line.amount for line in lines), ZERO), rate)


def vat_of(base: Decimal, rate: Decimal) -> Decimal:
    """Calculate VAT over one base, rounded to cents, halves away from zero."""
    return round_half_up(base * rate / 100)


def line_rate(line: DocumentLine, masters: Masters) -> Decimal | None:
    """Return the line's own rate, else its VAT code's."""
    if line.rate is not None:
        return line.rate
    code = masters.vat_codes.get(line.vat_code or "")
    return code.rate if code else None


def _category(vat_code: str, masters: Masters) -> str | None:
    code = masters.vat_codes.get(vat_code)
    return code.category if code else None
