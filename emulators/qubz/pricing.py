"""Prices that include VAT, as consumers and counters are charged: the net is worked out, with its cents."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from emulators.qubz.documents import ZERO, Line, to_cents
from emulators.qubz.masters import vat_code

CHARGED = "S"


def with_net_worked_out(organisation: str, line: Line) -> Line:
    """Take the price of a line as one that includes VAT; codes that charge none leave it as it is."""
    category, rate, _ = vat_code(organisation, line.vat_code)
    if category != CHARGED or not rate:
        return line
    gross = Decimal(line.quantity) * Decimal(line.price)
    return replace(line, fields={**line.fields, "NetAmount": to_cents(gross / (1 + rate / 100))})


def keep_gross(row: dict[str, Any]) -> None:
    """Let the total be what the prices say: VAT is what remains of it, whatever the method would make of it.

    By the cent this breaks the organisation's own method (R5) now and then.
    """
    for part in row["VatBreakdown"]:
        if part["Category"] == CHARGED and part["Rate"]:
            own = [line for line in row["Lines"] if line["VatCode"] == part["VatCode"]]
            gross = sum((to_cents(line["Quantity"] * line["UnitPrice"]) for line in own), ZERO)
            part["Amount"] = gross - part["Base"]
    row["TotalVat"] = sum((part["Amount"] for part in row["VatBreakdown"]), ZERO)
    row["TotalGross"] = row["TotalNet"] + row["TotalVat"]


def turned_round(original: dict[str, Any]) -> dict[str, Any]:
    """Return the amounts of a document with the other sign, for a credit note of the whole of it."""
    return {
        "VatBreakdown": [
            part | {name: -part[name] for name in ("Base", "Amount", "ReverseChargeAmount") if part.get(name)}
            for part in original["VatBreakdown"]
        ],
        **{name: -original[name] for name in ("TotalNet", "TotalVat", "TotalGross")},
    }
