"""Break one rule of a generated document on purpose."""

import random
from decimal import Decimal
from typing import Any

Row = dict[str, Any]

CENT = Decimal("0.01")


def break_one(chance: random.Random, row: Row) -> str:
    """Change a document so that it breaks one rule that applies to it, and return the rule."""
    rules = ["R6", "not_final", "unknown_member", "C5", "missing_exchange_rate"]
    if row["DocumentType"] == "SalesCreditNote":
        rules.append("C4")
    if any(part["Category"] == "S" for part in row["VatBreakdown"]):
        rules.append("R5")
    rule = chance.choice(rules)
    _BREAKS[rule](row)
    return rule


def _gross_off(row: Row) -> None:
    row["TotalGross"] += CENT


def _not_final(row: Row) -> None:
    row["Status"] = "ToCheck"


def _unknown_member(row: Row) -> None:
    row["DocumentType"] = "SalesProForma"


def _unknown_unit(row: Row) -> None:
    row["Lines"][0]["UnitCode"] = "STUK"


def _no_rate(row: Row) -> None:
    row["Currency"] = "USD"


def _no_original(row: Row) -> None:
    row["OriginalInvoiceNumber"] = None


def _vat_off(row: Row) -> None:
    # Two cents off its own sums stays a sum that agrees, so that only the VAT is wrong.
    part = next(part for part in row["VatBreakdown"] if part["Category"] == "S")
    for holder, name in ((part, "Amount"), (row, "TotalVat"), (row, "TotalGross")):
        holder[name] += 2 * CENT


_BREAKS = {
    "R6": _gross_off,
    "not_final": _not_final,
    "unknown_member": _unknown_member,
    "C5": _unknown_unit,
    "missing_exchange_rate": _no_rate,
    "C4": _no_original,
    "R5": _vat_off,
}
