"""Change the chart of a division."""

from datetime import datetime
from typing import Any

from tests.contract.chart_hands import Change, change_row

PLACES: dict[str, tuple[str, dict[str, Any] | None]] = {
    "journals": ("financial/Journals", {"IsBlocked": True}),
    "ledger_accounts": ("financial/GLAccounts", {"IsBlocked": True}),
    "vat_codes": ("vat/VATCodes", {"IsBlocked": True}),
    "cost_centres": ("hrm/Costcenters", {"EndDate": datetime(2024, 12, 31), "Active": False}),
    "cost_units": ("hrm/Costunits", None),
    "payment_terms": ("cashflow/PaymentConditions", None),
}


CONTROL_TYPES = {20, 22}
"""The types of the accounts that stand against debtors and creditors."""


def change_code(emulator: Any, administration: str, part: str, code: str, change: Change) -> bool:
    """Change a code; Exact does not let anybody delete the account of its debtors or creditors."""
    path, blocked = PLACES[part]
    table = emulator.divisions[int(administration)].tables[path]
    if part == "ledger_accounts" and change is Change.DELETE:
        control = {row["Code"].strip() for row in table.values() if row["Type"] in CONTROL_TYPES}
        if code in control:
            return False
    return change_row(table, "Code", code, change, blocked)
