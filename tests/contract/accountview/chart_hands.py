"""Change the chart of a company."""

from typing import Any

from tests.contract.chart_hands import Change, change_row, renamed

PLACES: dict[str, tuple[str, str, dict[str, Any] | None]] = {
    "journals": ("DAILY", "DJ_CODE", {"CLT_BLK": True}),
    "ledger_accounts": ("LEDGER", "ACCT_NR", {"REC_BLK": True}),
    "vat_codes": ("VAT", "VAT_CODE", None),
    "cost_centres": ("COST", "COST_CODE", None),
    "cost_units": ("PROJECTS", "PROJ_CODE", None),
    "payment_terms": ("PAY_COND", "DISC_CODE", None),
}


def change_code(emulator: Any, administration: str, part: str, code: str, change: Change) -> bool:
    table, field, blocked = PLACES[part]
    rows = emulator.companies[administration].tables[table]
    done = change_row(rows, field, code, change, blocked)
    if done and change is Change.RENAME:
        rows[renamed(code)] = rows.pop(code)
    return done
