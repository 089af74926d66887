"""Change the chart of an administration; cost centres are seen by the accounts they are assigned to."""

from typing import Any

from tests.contract.chart_hands import Change, change_row, renamed

PLACES: dict[str, tuple[str, str]] = {
    "journals": ("Profit_Journals", "JournalId"),
    "ledger_accounts": ("Profit_Accounts", "Account"),
    "vat_codes": ("Profit_VAT_code", "VatCode"),
    "payment_terms": ("Qubz_PaymentConditions", "PaymentCondition"),
}
ASSIGNMENTS = "Profit_Allocation_Assigments"


def change_code(emulator: Any, administration: str, part: str, code: str, change: Change) -> bool:
    tables = emulator.environment.tables
    if part == "cost_centres":
        return _change_cost_centre(tables, code, change)
    if part not in PLACES:
        return False
    name, field = PLACES[part]
    table = tables[name]
    own = {
        key: row for key, row in table.items() if str(row.get("UnitId") or administration) == administration
    }
    before = dict(own)
    done = change_row(own, field, code, change, {"Blocked": True})
    for key in before:
        del table[key]
    for key, row in own.items():
        is_renamed = done and change is Change.RENAME and row[field] == renamed(code)
        new_key = tuple(renamed(code) if word == code else word for word in key)
        table[new_key if is_renamed else key] = row
    return done


def _change_cost_centre(tables: Any, code: str, change: Change) -> bool:
    """Take a code's assignments away; a blocked code is not told from another one by what AFAS shows."""
    if change is Change.BLOCK:
        return False
    gone = [key for key, row in tables[ASSIGNMENTS].items() if row["DimCode"] == code]
    for key in gone:
        del tables[ASSIGNMENTS][key]
    codes = tables["Qubz_DimensionCodes"]
    for key in [key for key, row in codes.items() if row["DimCode"] == code]:
        del codes[key]
    return bool(gone)
