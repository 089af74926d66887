"""Change the chart of an office; what is hidden there is what others call blocked."""

from dataclasses import replace
from typing import Any

from tests.contract.chart_hands import Change, renamed

LEVELS = {"ledger_accounts": 1, "cost_centres": 2, "cost_units": 3}


def change_code(emulator: Any, administration: str, part: str, code: str, change: Change) -> bool:
    office = emulator.offices[administration]
    if part in LEVELS:
        key = LEVELS[part], code
        return _change(office.dimensions, key, (key[0], renamed(code)), change, {"status": "hide"})
    if part == "vat_codes":
        return _change(office.vat_codes, code, renamed(code), change, {"active": False})
    if part == "journals":
        return _change(office.daybooks, code, renamed(code), change, {"hidden": True})
    return False


def _change(codes: dict[Any, Any], key: Any, new_key: Any, change: Change, blocked: dict[str, Any]) -> bool:
    if key not in codes:
        return False
    if change is Change.BLOCK:
        codes[key] = replace(codes[key], **blocked)
        return True
    found = codes.pop(key)
    if change is Change.RENAME:
        codes[new_key] = replace(found, code=new_key[1] if isinstance(new_key, tuple) else new_key)
    return True
