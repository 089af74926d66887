"""Give credit notes their canonical sign: negative amounts, whatever sign the source uses."""

from decimal import Decimal
from enum import StrEnum
from typing import Any

TOTALS = ("total_net", "total_vat", "total_gross", "g_account_amount")
LINE_AMOUNTS = ("amount", "quantity")
VAT_AMOUNTS = ("base", "amount", "reverse_charge_amount")


class CreditSign(StrEnum):
    """The sign the source gives the amounts of a credit note."""

    AUTO = "auto"
    NEGATIVE = "negative"
    POSITIVE = "positive"


def is_turned(credit_sign: CreditSign, totals: dict[str, Any]) -> bool:
    """Say whether the amounts of a credit note must change sign; auto decides by the document's own total."""
    if credit_sign is CreditSign.AUTO:
        gross: Decimal = totals["total_gross"]
        return gross > 0
    return credit_sign is CreditSign.POSITIVE


def turn(values: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Change the sign of the named amounts that are there."""
    return {
        name: -value if name in names and isinstance(value, Decimal) else value
        for name, value in values.items()
    }
