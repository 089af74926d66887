"""Choose the VAT code of a line, and divide the document's VAT over its lines."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from finance_hooks.mapping.case import Case
from finance_hooks.mapping.lookup import TableRow
from finance_hooks.model.document import (
    DocumentLine,
    Treatment,
    VatAmount,
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
    rows = case.codes.vat_codes.get((line.vat_code, case.asks_on), [])
    if not rows:
        nothing = f"no row in vat_codes.csv for administration {case.codes.sync_id} on {case.day}"
        case.trace.park(ReasonCode.VAT_CODE_UNMAPPED, "vat_code", line.vat_code, nothing, line=line.number)
    master = case.masters.vat_codes.get(line.vat_code)
    if master is None:
        case.trace.park(ReasonCode.VAT_CODE_UNKNOWN, "vat_code", line.vat_code, None, line=line.number)
        return None
    against = [list(_disagreements(row, line, case, master)) for row in rows]
    for row, disagreements in zip(rows, against, strict=True):
        if not disagreements:
            return row
    if rows:
        detail = "; ".join(sentence for sentences in against for sentence in sentences)
        case.trace.park(ReasonCode.VAT_CODE_UNMAPPED, "vat_code", line.vat_code, detail, line=line.number)
    return None


def spread_vat(case: Case) -> list[tuple[int, int]]:
    """Divide each code's VAT and reverse-charge VAT over the lines of that code, in cents.

    Returns one pair per line. A code that is stated once per rate is divided over its lines of that rate.
    A memorial's lines carry their own amounts, so it has no VAT to divide.
    """
    lines = case.document.lines
    parts = [(0, 0)] * len(lines)
    stated = Counter(vat.vat_code for vat in case.document.vat_amounts)
    open_lines = {index for index, line in enumerate(lines) if line.vat_code and not case.is_memorial}
    for vat in case.document.vat_amounts:
        at = [index for index in sorted(open_lines) if _belongs(lines[index], vat, stated, case)]
        if not at and (vat.amount or vat.reverse_charge_amount):
            detail = f"VAT of {vat.amount} is stated for no line, or twice"
            case.trace.park(ReasonCode.VAT_DISAGREES, "vat_code", vat.vat_code, detail)
        weights = [to_cents(lines[index].amount) for index in at]
        shares = spread_cents(to_cents(vat.amount), weights)
        shifted = spread_cents(to_cents(vat.reverse_charge_amount), weights)
        for index, part in zip(at, zip(shares, shifted, strict=True), strict=True):
            parts[index] = part
        open_lines.difference_update(at)
    for index in sorted(open_lines):
        code, number = lines[index].vat_code, lines[index].number
        case.trace.park(ReasonCode.VAT_DISAGREES, "vat_code", code, "no VAT is stated for it", line=number)
    return parts


def _belongs(line: DocumentLine, vat: VatAmount, stated: Counter[str], case: Case) -> bool:
    if line.vat_code != vat.vat_code:
        return False
    if stated[vat.vat_code] == 1:
        return True
    master = case.masters.vat_codes.get(vat.vat_code)
    return vat.rate == (line.rate if line.rate is not None or master is None else master.rate)


def _disagreements(row: TableRow, line: DocumentLine, case: Case, master: VatCode) -> Iterator[str]:
    facts = {
        "treatment": str(master.treatment),
        "direction": str(case.direction or master.direction or ""),
        "rate": _plain_rate(master.rate),
        "country": master.country,
    }
    for column, fact in facts.items():
        if row[column] and row[column] != fact:
            yield f"{column}: {row.at} says {row[column]}, the source says {fact or 'nothing'}"
    if master.treatment in CHARGED and line.rate is not None:
        charged = _plain_rate(line.rate)
        if row["rate"] and charged != row["rate"]:
            yield f"rate: {row.at} says {row['rate']}, the line says {charged}"


def _plain_rate(rate: Decimal | None) -> str:
    return "" if rate is None else format(rate.normalize(), "f")
