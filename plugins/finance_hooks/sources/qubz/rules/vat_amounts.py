"""Rules on VAT amounts: the source's own amount must follow from its own method; it is never recalculated.

Dutch law allows rounding per line or per total, arithmetically (from half a cent upwards), not both mixed.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from finance_hooks.model.document import Document, DocumentLine, VatAmount, VatRounding
from finance_hooks.model.masters import Masters
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.sources.qubz.derive import derive_reverse_charge, vat_of, vat_of_lines

METHODS = {
    VatRounding.PER_INVOICE: (VatRounding.PER_INVOICE,),
    VatRounding.PER_LINE: (VatRounding.PER_LINE,),
    VatRounding.EITHER: (VatRounding.PER_INVOICE, VatRounding.PER_LINE),
}


def breakdown_follows_lines(document: Document, _masters: Masters) -> Iterator[Reason]:
    """R6 per VAT code: the breakdown's base is the sum of the code's lines, and names no other code."""
    lines: dict[str, Decimal] = defaultdict(lambda: ZERO)
    bases: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in document.lines:
        lines[line.vat_code or ""] += line.amount
    for amount in document.vat_amounts:
        bases[amount.vat_code] += amount.base
    for code in dict.fromkeys([*lines, *bases]):
        if lines[code] != bases[code]:
            yield Reason(
                code=ReasonCode.TOTALS_DISAGREE,
                document=document.number,
                field=f"VatBreakdown {code} Base",
                value=str(bases[code]),
                detail=f"the lines with {code} add up to {lines[code]}",
            )


def vat_follows_method(document: Document, masters: Masters) -> Iterator[Reason]:
    """R5: VAT per code equals the organisation's method to the cent."""
    for amount in document.vat_amounts:
        if (amount.category or "S") != "S" or amount.rate is None:
            continue
        allowed = [_vat(amount, document, method) for method in METHODS[masters.organisation.vat_rounding]]
        if amount.amount not in allowed:
            yield _disagreement(document, amount.vat_code, "Amount", amount.amount, allowed, masters)


def shifted_vat_follows_method(document: Document, masters: Masters) -> Iterator[Reason]:
    """R5 for the VAT that a purchase shifts to the organisation; nothing else shifts any."""
    for amount in document.vat_amounts:
        own_lines = _lines(document, amount)
        allowed = [
            derive_reverse_charge(amount.category, own_lines, document.type, masters, method)
            for method in METHODS[masters.organisation.vat_rounding]
        ]
        shifted = amount.reverse_charge_amount
        if shifted not in allowed:
            yield _disagreement(document, amount.vat_code, "ReverseChargeAmount", shifted, allowed, masters)


def rates_agree(document: Document, _masters: Masters) -> Iterator[Reason]:
    """Lines have a rate that the breakdown has for their VAT code, where that code charges VAT."""
    rates: dict[str, set[Decimal]] = defaultdict(set)
    for amount in document.vat_amounts:
        if amount.category == "S" and amount.rate is not None:
            rates[amount.vat_code].add(amount.rate)
    for line in document.lines:
        expected = rates.get(line.vat_code or "")
        if expected and line.rate is not None and line.rate not in expected:
            yield Reason(
                code=ReasonCode.VAT_DISAGREES,
                document=document.number,
                line=line.number,
                field="VatRate",
                value=str(line.rate),
                detail=f"the breakdown has {_alternatives(sorted(expected))} for {line.vat_code}",
            )


def _vat(amount: VatAmount, document: Document, method: VatRounding) -> Decimal:
    rate = amount.rate or ZERO
    if method is VatRounding.PER_LINE:
        return vat_of_lines(_lines(document, amount), rate, method)
    return vat_of(amount.base, rate)


def _lines(document: Document, amount: VatAmount) -> list[DocumentLine]:
    """Find the lines of one row of the breakdown; a code that has several rows is told apart by rate."""
    own = [line for line in document.lines if line.vat_code == amount.vat_code]
    rows = sum(1 for other in document.vat_amounts if other.vat_code == amount.vat_code)
    return own if rows == 1 else [line for line in own if line.rate == amount.rate]


def _disagreement(
    document: Document,
    vat_code: str,
    field: str,
    value: Decimal,
    allowed: Sequence[Decimal],
    masters: Masters,
) -> Reason:
    return Reason(
        code=ReasonCode.VAT_DISAGREES,
        document=document.number,
        field=f"VatBreakdown {vat_code} {field}",
        value=str(value),
        detail=f"expected {_alternatives(allowed)} ({masters.organisation.vat_rounding})",
    )


def _alternatives(allowed: Sequence[Decimal]) -> str:
    return " or ".join(dict.fromkeys(str(amount) for amount in allowed))
