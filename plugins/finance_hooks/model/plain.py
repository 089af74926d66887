"""Turn entries, reasons and parties into JSON-ready values and back, without losing a cent."""

from typing import Any

from pydantic import TypeAdapter

from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import Reason
from finance_hooks.model.party import PartyFault, PartyNeed

_ENTRY = TypeAdapter(Entry)
_REASONS = TypeAdapter(tuple[Reason, ...])
_NEEDS = TypeAdapter(tuple[PartyNeed, ...])
_FAULTS = TypeAdapter(tuple[PartyFault, ...])


def entry_to_plain(entry: Entry) -> dict[str, Any]:
    """Write an entry as JSON-ready values; amounts become text."""
    plain: dict[str, Any] = _ENTRY.dump_python(entry, mode="json")
    return plain


def entry_from_plain(plain: object) -> Entry:
    """Read an entry that `entry_to_plain` wrote."""
    return _ENTRY.validate_python(plain)


def reasons_to_plain(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    """Write reasons as JSON-ready values."""
    plain: list[dict[str, Any]] = _REASONS.dump_python(reasons, mode="json")
    return plain


def reasons_from_plain(plain: object) -> tuple[Reason, ...]:
    """Read reasons that `reasons_to_plain` wrote."""
    return _REASONS.validate_python(plain)


def needs_to_plain(needs: tuple[PartyNeed, ...]) -> list[dict[str, Any]]:
    """Write the parties a document needs as JSON-ready values."""
    plain: list[dict[str, Any]] = _NEEDS.dump_python(needs, mode="json")
    return plain


def needs_from_plain(plain: object) -> tuple[PartyNeed, ...]:
    """Read parties that `needs_to_plain` wrote."""
    return _NEEDS.validate_python(plain)


def faults_to_plain(faults: tuple[PartyFault, ...]) -> list[dict[str, Any]]:
    """Write what is wrong with a party as JSON-ready values."""
    plain: list[dict[str, Any]] = _FAULTS.dump_python(faults, mode="json")
    return plain


def faults_from_plain(plain: object) -> tuple[PartyFault, ...]:
    """Read faults that `faults_to_plain` wrote."""
    return _FAULTS.validate_python(plain)
