"""Take bookings out of a package's books, as people there do."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from adversary.picture import REFERENCE

Books = Any
"""An emulator, whatever its package."""


def references(emulator: Books, administration: str) -> list[str]:
    """Return the references of ours that stand in the books, each once, in their order."""
    found = (REFERENCE.findall(str(entry)) for entry in emulator.books(administration, None))
    return list(dict.fromkeys(reference for each in found for reference in each))


def delete_booking(emulator: Books, administration: str, reference: str) -> None:
    """Take one booking away, with all that hangs on it."""
    _DELETE[emulator.key.removesuffix("_be")](emulator, administration, reference)


def _delete_in_exact(emulator: Books, administration: str, reference: str) -> None:
    tables = emulator.divisions[int(administration)].tables
    (entry_id,) = {row["EntryID"] for row in _rows(tables) if "EntryID" in row and reference in str(row)}
    for rows in tables.values():
        for key in [key for key, row in rows.items() if row.get("EntryID") == entry_id]:
            del rows[key]


def _delete_in_twinfield(emulator: Books, administration: str, reference: str) -> None:
    office = emulator.offices[administration]
    for key in [key for key, booking in office.bookings.items() if reference in str(booking)]:
        office.remove(*key)


def _delete_in_afas(emulator: Books, administration: str, reference: str) -> None:
    state = emulator.open_books("nl").state
    unit = int(administration)
    doomed = [key for key, entry in state.entries.items() if entry.unit == unit and reference in str(entry)]
    for key in doomed:
        number = state.entries.pop(key).number
        for place, invoices in state.invoices.items():
            state.invoices[place] = [one for one in invoices if (one.unit, one.entry) != (unit, number)]


def _delete_in_accountview(emulator: Books, administration: str, reference: str) -> None:
    for year in emulator.companies[administration].years.values():
        for page in [page for page in year.pages.values() if reference in str(page)]:
            year.remove(page)


def _rows(tables: Mapping[str, Mapping[str, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    for rows in tables.values():
        yield from rows.values()


_DELETE: Mapping[str, Callable[[Books, str, str], None]] = {
    "exactonline": _delete_in_exact,
    "twinfield": _delete_in_twinfield,
    "afas": _delete_in_afas,
    "accountview": _delete_in_accountview,
}
