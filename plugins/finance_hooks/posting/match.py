"""Decide whether an entry stands in the books already, from what was read of them in bulk."""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, Entry
from finance_hooks.store.following import Undone


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """The books hold bookings with the entry's own reference; more than one is a double."""

    booked: tuple[BookedEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """The books hold a booking of somebody else that agrees in number, party, date and amount."""

    booked: BookedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Perhaps:
    """The books hold bookings that agree in some of number, party, date and amount only."""

    booked: tuple[BookedEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """The books that were read hold nothing like it."""


Match = Own | Adopted | Perhaps | Absent


NOTHING_UNDONE = Undone()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of other bookings: those of ours that come to nothing, and what a person said.

    `is_booking` and `told_apart` name bookings by journal and number: this document's, and not this one's.
    `plain_number` is the number under which a person would book it, when the entry's own is marked.
    """

    undone: Undone = NOTHING_UNDONE
    is_booking: str | None = None
    told_apart: frozenset[str] = frozenset()
    plain_number: str | None = None

    def sets_aside(self, booked: BookedEntry) -> bool:
        """Say whether a booking is certainly another one."""
        return (
            booked.id in self.undone.entry_ids
            or not self.undone.references.isdisjoint(booked.references)
            or name_booking(booked) in self.told_apart
        )


NOTHING_KNOWN = Known()


def name_booking(booked: BookedEntry) -> str:
    """Name a booking as people find it: journal and number."""
    return f"{booked.journal} {booked.entry_number}"


class BooksRead:
    """What one bulk read of the books brought, ready to be searched."""

    def __init__(self, booked: Iterable[BookedEntry]) -> None:
        """Index the bookings by reference, by number, and by party, date and amount."""
        self.entries = tuple(booked)
        self._by_id = {entry.id: entry for entry in self.entries}
        self._by_name = {name_booking(entry): entry for entry in self.entries}
        self._by_reference: dict[str, list[BookedEntry]] = defaultdict(list)
        self._by_number: dict[tuple[EntryKind, str], list[BookedEntry]] = defaultdict(list)
        self._unnumbered: dict[tuple[str | None, date, Decimal], list[BookedEntry]] = defaultdict(list)
        for entry in self.entries:
            for reference in entry.references:
                self._by_reference[reference].append(entry)
            if entry.number:
                self._by_number[entry.kind, _folded(entry.number)].append(entry)
            elif not entry.references:
                self._unnumbered[entry.party, entry.entry_date, entry.gross].append(entry)

    def with_reference(self, reference: str) -> tuple[BookedEntry, ...]:
        """Return the bookings that carry a reference of ours."""
        return tuple(self._by_reference.get(reference, ()))

    def with_id(self, entry_id: str | None) -> tuple[BookedEntry, ...]:
        """Return the booking of this id, if it was read: how an adopted one is found again."""
        return (self._by_id[entry_id],) if entry_id in self._by_id else ()

    def match(self, entry: Entry, known: Known = NOTHING_KNOWN) -> Match:
        """Tell own from adopted from doubtful from absent, in that order."""
        own = self.with_reference(entry.reference)
        if own:
            return Own(booked=own)
        confirmed = self._by_name.get(known.is_booking or "")
        if confirmed is not None and not confirmed.references:
            return Adopted(booked=confirmed)
        numbers = {entry.number, known.plain_number or entry.number}
        same_number = [
            booked
            for number in sorted({_folded(number) for number in numbers})
            for booked in self._by_number.get((entry.kind, number), ())
            if (entry.kind is not EntryKind.PURCHASE or _agrees_in_part(entry, booked))
            and not known.sets_aside(booked)
        ]
        for booked in same_number:
            if not booked.references and _agrees_in_all(entry, booked) and _is_spelt(booked, numbers):
                return Adopted(booked=booked)
        unnumbered = [
            booked
            for on in sorted({entry.entry_date, entry.moved_from or entry.entry_date})
            for booked in self._unnumbered.get((entry.party, on, entry.gross), ())
            if not known.sets_aside(booked)
        ]
        doubtful = (*same_number, *unnumbered)
        return Perhaps(booked=doubtful) if doubtful else Absent()


def _agrees_in_all(entry: Entry, booked: BookedEntry) -> bool:
    # By hand it may have been booked on its own day, before that was closed.
    return booked.entry_date in {entry.entry_date, entry.moved_from} and (
        booked.party,
        booked.currency,
        booked.gross,
    ) == (entry.party, entry.currency, entry.gross)


def _agrees_in_part(entry: Entry, booked: BookedEntry) -> bool:
    # Two suppliers may both have an invoice 1; our own sales numbers are ours alone.
    return booked.party == entry.party or booked.gross == entry.gross


def _is_spelt(booked: BookedEntry, numbers: AbstractSet[str]) -> bool:
    # Some packages keep numbers in capitals; spelt in yet another way it may be another document's.
    found = (booked.number or "").strip()
    return any(found in {number.strip(), number.strip().upper()} for number in numbers)


def _folded(number: str) -> str:
    return number.strip().casefold()
