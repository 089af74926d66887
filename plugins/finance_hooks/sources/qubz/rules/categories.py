"""Rules on VAT codes and categories (EN 16931 BR-S, BR-Z, BR-E, BR-AE, BR-IC, BR-G, BR-O)."""

from collections.abc import Iterator

from finance_hooks.model.document import Document, EntryKind, VatAmount
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import Reason, ReasonCode

CATEGORIES = frozenset({"S", "Z", "E", "AE", "K", "G", "O"})
OUTSIDE_SCOPE = "O"
RATED_PURCHASES = frozenset({"AE", "K"})
"""On a purchase the rate of these is the one to shift; everywhere else only S has a rate."""


def vat_codes_exist(document: Document, masters: Masters) -> Iterator[Reason]:
    """Every VAT code a line names stands in the source's own table."""
    for line in document.lines:
        code = line.vat_code or ""
        if code not in masters.vat_codes:
            yield Reason(
                code=ReasonCode.VAT_CODE_UNKNOWN,
                document=document.number,
                line=line.number,
                field="VatCode",
                value=code,
                detail=masters.unreadable.get(f"vatcodes {code}"),
            )


def category_fits_vat_code(document: Document, masters: Masters) -> Iterator[Reason]:
    """C1: each category is one we know and the VAT code's own; a code for sales serves no purchase."""
    for amount in document.vat_amounts:
        code = masters.vat_codes.get(amount.vat_code)
        if amount.category is not None and amount.category not in CATEGORIES:
            yield _reason(document, amount, "Category", amount.category, f"known are {_known()}")
        elif code is not None and code.category != amount.category:
            expected = f"VAT code {code.code} is {code.category}"
            yield _reason(document, amount, "Category", amount.category, expected)
        if (
            code is not None
            and code.direction is not None
            and code.direction.value != document.type.kind.value
        ):
            yield _reason(document, amount, "VatCode", code.code, f"this is a code for {code.direction}")


def rate_and_amount_fit_category(document: Document, _masters: Masters) -> Iterator[Reason]:
    """C1: S has a rate above 0; the others charge no VAT and have none, but for what a purchase shifts."""
    for amount in document.vat_amounts:
        if amount.category == "S":
            if not amount.rate or amount.rate < 0:
                yield _reason(document, amount, "Rate", amount.rate, "category S needs a rate above 0")
        elif amount.category in CATEGORIES:
            yield from _uncharged(document, amount)


def outside_scope_stands_alone(document: Document, _masters: Masters) -> Iterator[Reason]:
    """C3: a document with what lies outside the scope of VAT holds nothing else."""
    categories = sorted({amount.category or "unknown" for amount in document.vat_amounts})
    if OUTSIDE_SCOPE in categories and len(categories) > 1:
        yield Reason(
            code=ReasonCode.OUTSIDE_SCOPE_MIXED,
            document=document.number,
            field="VatBreakdown Category",
            value=", ".join(categories),
            detail="expected O alone",
        )


def _uncharged(document: Document, amount: VatAmount) -> Iterator[Reason]:
    if amount.amount != 0:
        yield _reason(document, amount, "Amount", amount.amount, f"category {amount.category} charges no VAT")
    is_rated = document.type.kind is EntryKind.PURCHASE and amount.category in RATED_PURCHASES
    if amount.rate and not is_rated:
        yield _reason(document, amount, "Rate", amount.rate, f"category {amount.category} has no rate")
    for line in document.lines:
        if line.vat_code == amount.vat_code and line.rate and not is_rated:
            yield Reason(
                code=ReasonCode.VAT_CATEGORY,
                document=document.number,
                line=line.number,
                field="VatRate",
                value=str(line.rate),
                detail=f"category {amount.category} has no rate",
            )


def _reason(document: Document, amount: VatAmount, field: str, value: object, detail: str) -> Reason:
    return Reason(
        code=ReasonCode.VAT_CATEGORY,
        document=document.number,
        field=f"VatBreakdown {amount.vat_code} {field}",
        value=None if value is None else str(value),
        detail=detail,
    )


def _known() -> str:
    return ", ".join(sorted(CATEGORIES))
