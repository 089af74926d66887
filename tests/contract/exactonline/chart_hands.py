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


def change_code(emulator: Any, administration: str, part: str, code: str, change: Change) -> bool:
    path, blocked = PLACES[part]
    return change_row(emulator.divisions[int(administration)].tables[path], "Code", code, change, blocked)
