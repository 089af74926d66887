"""What people do to bookings in AFAS Profit."""

from copy import deepcopy
from typing import Any

from adversary.amounts import growing, month_away

Books = Any
VAT_SORT = "B"


def delete(emulator: Books, administration: str, reference: str) -> bool:
    """Delete an entry, its invoices with it."""
    state, entry = emulator.environment, _entry(emulator, administration, reference)
    del state.entries[entry.unit, entry.number]
    for place, invoices in state.invoices.items():
        state.invoices[place] = [
            one for one in invoices if (one.unit, one.entry) != (entry.unit, entry.number)
        ]
    return True


def edit(emulator: Books, administration: str, reference: str) -> bool:
    """Raise an entry by one, on its first line and on another account."""
    entry = _entry(emulator, administration, reference)
    chosen = growing(
        [(line.ledger_account, line.amount, _is_vat(emulator, line.ledger_account)) for line in entry.lines]
    )
    for place, amount in chosen:
        line = entry.lines[place]
        side = "debit" if line.amount > 0 else "credit"
        # A negative amount may stand on the other side: what is added has the sign of what is there.
        grown = amount if side == "debit" else -amount
        setattr(line, side, getattr(line, side) + grown)
        setattr(line, f"{side}_fc", getattr(line, f"{side}_fc") + grown)
    _touch(emulator, entry)
    return bool(chosen)


def copy(emulator: Books, administration: str, reference: str) -> bool:
    """Enter the same once more, under a number of its own."""
    state, again = emulator.environment, deepcopy(_entry(emulator, administration, reference))
    again.number = state.last_entry[again.unit] = state.last_entry[again.unit] + 1
    state.entries[again.unit, again.number] = again
    again.created_at = emulator.open_books("nl").now()
    _touch(emulator, again)
    return True


def move(emulator: Books, administration: str, reference: str, months: int) -> bool:
    """Give an entry a date, and a period, of another month."""
    entry = _entry(emulator, administration, reference)
    for line in entry.lines:
        line.entry_date = month_away(line.entry_date, months)
    entry.year, entry.period = emulator.fiscal_years.period_of(entry.lines[0].entry_date)
    _touch(emulator, entry)
    return True


def _entry(emulator: Books, administration: str, reference: str) -> Any:  # noqa: ANN401 - the emulator's own
    entries, unit = emulator.environment.entries, int(administration)
    return next(entry for entry in entries.values() if entry.unit == unit and reference in str(entry))


def _is_vat(emulator: Books, account: str) -> bool:
    found = emulator.open_books("nl").find("Profit_Accounts", account)
    return bool(found and found["Sort"] == VAT_SORT)


def _touch(emulator: Books, entry: Any) -> None:  # noqa: ANN401 - the emulator's own
    entry.modified_at = emulator.open_books("nl").now()
    for line in entry.lines:
        emulator.environment.changed_days[line.entry_date] = entry.modified_at
