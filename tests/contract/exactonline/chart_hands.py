"""Change the chart of a division."""

from collections.abc import Iterator
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
    """Change a code; an account that relations or VAT codes are booked on is in use and cannot be deleted."""
    path, blocked = PLACES[part]
    tables = emulator.divisions[int(administration)].tables
    if part == "ledger_accounts" and change is Change.DELETE and code in set(_in_use(tables)):
        return False
    return change_row(tables[path], "Code", code, change, blocked)


def _in_use(tables: Any) -> Iterator[str]:
    accounts = tables["financial/GLAccounts"]
    of_vat = {code[side] for code in tables["vat/VATCodes"].values() for side in ("GLToPay", "GLToClaim")}
    for key, account in accounts.items():
        if account["Type"] in CONTROL_TYPES or key in of_vat:
            yield account["Code"].strip()
