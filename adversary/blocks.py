"""Block codes of a package, as people there do: some documents of a batch are refused, the others are not."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

Books = Any
"""An emulator, whatever its package."""
Free = Callable[[], None]
"""Takes a block away again."""
DEBTORS, ACCOUNTS = "debtors", "ledger_accounts"
PARTS = (DEBTORS, ACCOUNTS)

ROWS: Mapping[str, Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "exactonline": {
            DEBTORS: ("crm/Accounts", "Blocked", "Code"),
            ACCOUNTS: ("financial/GLAccounts", "IsBlocked", "Code"),
        },
        "afas": {
            DEBTORS: ("Profit_Debtor", "Blocked", "DebtorId"),
            ACCOUNTS: ("Profit_Accounts", "Blocked", "Account"),
        },
        "accountview": {
            DEBTORS: ("CONTACT", "REC_BLK", "SUB_NR"),
            ACCOUNTS: ("LEDGER", "REC_BLK", "ACCT_NR"),
        },
    }
)
"""Of every package the table of debtors and of accounts, the field that blocks, and the one of the code."""
LEVELS = {DEBTORS: 2, ACCOUNTS: 1}


def block(emulator: Books, administration: str, part: str, code: str) -> Free | None:
    """Block a code; `None` where the package has no such code, or it is blocked already."""
    system = emulator.key.removesuffix("_be")
    if system == "twinfield":
        return _hide(emulator.offices[administration], part, code)
    table, field, name = ROWS[system][part]
    for row in _tables(emulator, system, administration)[table].values():
        if str(row[name]).strip() == code and not row[field]:
            row[field] = True
            return lambda: row.update({field: False})
    return None


def codes_in_use(emulator: Books, administration: str, part: str) -> list[str]:
    """Return the codes of the books' bookings, those of many bookings as often as those of few."""
    found = sorted(set(_used(emulator, administration, part)))
    return [code for code in found if code]


def _used(emulator: Books, administration: str, part: str) -> Iterator[str]:
    for entry in emulator.books(administration, None):
        for line in entry["lines"]:
            yield str((line["party"] if part == DEBTORS else line["account"]) or "")


def _tables(emulator: Books, system: str, administration: str) -> Any:  # noqa: ANN401 - the emulator's own
    if system == "exactonline":
        return emulator.divisions[int(administration)].tables
    return emulator.environment.tables if system == "afas" else emulator.companies[administration].tables


def _hide(office: Books, part: str, code: str) -> Free | None:
    place = (LEVELS[part], code)
    found = office.dimensions.get(place)
    if found is None or found.status != "active":
        return None
    office.dimensions[place] = replace(found, status="hide")

    def show() -> None:
        office.dimensions[place] = replace(office.dimensions[place], status="active")

    return show
