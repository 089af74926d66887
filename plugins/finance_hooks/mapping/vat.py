"""Choose the VAT code of a line, and divide the document's VAT over its lines."""

from collections.abc import Iterator
from decimal import Decimal

from finance_hooks.mapping.case import Case
from finance_hooks.mapping.lookup import TableRow
from finance_hooks.model.document import (
    DocumentLine,
    EntryKind,
    Treatment,
    VatDirection,
)
from finance_hooks.model.masters import VatCode
from finance_hooks.model.money import spread_cents, to_cents
from finance_hooks.model.park_reason import ReasonCode

CHARGED = frozenset({Treatment.STANDARD, Treatment.REDUCED})
"""Treatments of which the rate on the line is the rate charged; elsewhere sources write 0 or the rate due."""


def choose_vat_row(line: DocumentLine, case: Case) -> TableRow | None:
    """Find the row whose filled cells all agree with the source's VAT code; memorial lines may have none."""
    if line.vat_code is None:
        if not case.is_memorial:
            case.trace.park(ReasonCode.FIELD_MISSING, "vat_code", None, None, line=line.number)
        return None
    master = case.masters.vat_codes.get(line.vat_code)
    if master is None:
        case.trace.park(ReasonCode.VAT_CODE_UNKNOWN, "vat_code", line.vat_code, None, line=line.number)
    rows = case.codes.vat_codes.get((line.vat_code, case.day), [])
    against = [list(_disagreements(row, line, case, master)) for row in rows]
    for row, disagreements in zip(rows, against, strict=True):
        if not disagreements:
            return row
    detail = "; ".join(sentence for sentences in against for sentence in sentences)
    detail = detail or f"no row in vat_codes.csv for administration {case.codes.sync_id} on {case.day}"
    case.trace.park(ReasonCode.VAT_CODE_UNMAPPED, "vat_code", line.vat_code, detail, line=line.number)
    return None


def spread_vat(case: Case) -> list[tuple[int, int]]:
    """Divide each code's VAT and reverse-charge VAT over the lines of that code, in cents.

    Returns one pair per line. A memorial's lines carry their own amounts, so it has no VAT to divide.
    """
    document, trace = case.document, case.trace
    parts = [(0, 0)] * len(document.lines)
    wanted: set[str | None] = set()
    if not case.is_memorial:
        wanted = {line.vat_code for line in document.lines} - {None}
    for vat in document.vat_amounts:
        if vat.vat_code not in wanted:
            if vat.amount or vat.reverse_charge_amount:
                detail = "VAT is stated twice for this code, or for no line"
                trace.park(ReasonCode.VAT_DISAGREES, "vat_code", vat.vat_code, detail)
            continue
        wanted.discard(vat.vat_code)
        at = [index for index, line in enumerate(document.lines) if line.vat_code == vat.vat_code]
        weights = [to_cents(document.lines[index].amount) for index in at]
        shares = spread_cents(to_cents(vat.amount), weights)
        shifted = spread_cents(to_cents(vat.reverse_charge_amount), weights)
        for index, *pair in zip(at, shares, shifted, strict=True):
            parts[index] = (pair[0], pair[1])
    for code in sorted(code for code in wanted if code):
        trace.park(ReasonCode.VAT_DISAGREES, "vat_code", code, "no VAT is stated for this code")
    return parts


def _disagreements(row: TableRow, line: DocumentLine, case: Case, master: VatCode | None) -> Iterator[str]:
    facts = {
        "treatment": str(master.treatment) if master else "",
        "direction": _direction(case, master),
        "rate": _plain_rate(master.rate if master else None),
        "country": master.country if master else "",
    }
    for column, fact in facts.items():
        if row[column] and row[column] != fact:
            yield f"{column}: {row.at} says {row[column]}, the source says {fact or 'nothing'}"
    if master and master.treatment in CHARGED and line.rate is not None:
        charged = _plain_rate(line.rate)
        if row["rate"] and charged != row["rate"]:
            yield f"rate: {row.at} says {row['rate']}, the line says {charged}"


def _direction(case: Case, master: VatCode | None) -> str:
    if case.is_memorial:
        return str(master.direction) if master and master.direction else ""
    sales = case.document.type.kind is EntryKind.SALES
    return str(VatDirection.SALES if sales else VatDirection.PURCHASE)


def _plain_rate(rate: Decimal | None) -> str:
    return "" if rate is None else format(rate.normalize(), "f")
