"""Say what an entry leaves open: with whom, and how much they owe us (positive) or we owe them."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, Entry
from finance_hooks.model.money import ZERO, round_half_up


def sent_open(entry: Entry) -> dict[str, Decimal]:
    """Return what the entry leaves open per party, in the books' currency."""
    if entry.kind is not EntryKind.MEMORIAL:
        return {} if entry.party is None else {entry.party: _owed(entry.kind, entry.gross_in_books)}
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in entry.lines:
        if line.party is not None:
            found[line.party] += round_half_up(line.amount * (entry.rate or 1))
    return dict(found)


def booked_open(booked: BookedEntry, sent: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return what the booking leaves open per party; whoever the package does not name is taken as sent."""
    if booked.kind is not EntryKind.MEMORIAL:
        party = booked.party or next(iter(sent), None)
        return {} if party is None else {party: _owed(booked.kind, booked.gross_in_books)}
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in booked.lines:
        if line.party is not None:
            found[line.party] += line.debit - line.credit
    return dict(found) if found else dict(sent)


def _owed(kind: EntryKind, gross: Decimal) -> Decimal:
    return gross if kind is EntryKind.SALES else -gross
