"""Delete, edit, copy and move bookings in a package's books, as people there do."""

from collections.abc import Mapping
from types import MappingProxyType, ModuleType
from typing import Any

from adversary import hands_accountview, hands_afas, hands_exactonline, hands_twinfield
from adversary.picture import REFERENCE
from adversary.script import Event

Books = Any
"""An emulator, whatever its package."""

DEEDS: Mapping[str, str] = MappingProxyType(
    {"delete": "deleted", "edit": "edited", "copy": "copied", "move": "moved"}
)
"""What the judge calls what was done."""
HANDS: Mapping[str, ModuleType] = MappingProxyType(
    {
        "exactonline": hands_exactonline,
        "twinfield": hands_twinfield,
        "afas": hands_afas,
        "accountview": hands_accountview,
    }
)


def references(emulator: Books, administration: str) -> list[str]:
    """Return the references of ours that stand in the books, each once, in their order."""
    found = (REFERENCE.findall(str(entry)) for entry in emulator.books(administration, None))
    return list(dict.fromkeys(reference for each in found for reference in each))


def lay_hands_on(emulator: Books, administration: str, event: Event) -> str | None:
    """Do to a booking what the script says; returns its reference, `None` where it could not be done."""
    there = references(emulator, administration)
    if not there:
        return None
    reference = there[event.nth % len(there)]
    act = getattr(HANDS[emulator.key.removesuffix("_be")], event.kind)
    more = (int(event.value("months", -1)),) if event.kind == "move" else ()
    return reference if act(emulator, administration, reference, *more) else None
