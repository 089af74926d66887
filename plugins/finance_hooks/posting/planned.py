"""Name where each document would be after the next run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, Period
from finance_hooks.model.park_reason import Reason
from finance_hooks.model.party import PartyNeed
from finance_hooks.posting.match import NOTHING_KNOWN, Known
from finance_hooks.store.outbox import Reversed


class Place(StrEnum):
    """Where a document would be; what is found or adopted is booked without a call that books."""

    BOOK = "would_book"
    ADOPT = "would_adopt"
    FOUND = "found_in_books"
    BOOKED = "already_booked"
    UNKNOWN = "unknown"
    WAITING = "waiting"
    PARKED = "parked"
    WITHDRAWN = "withdrawn"
    BEFORE_START = "before_start"
    AFTER_END = "after_end"

    @property
    def is_open(self) -> bool:
        """Whether loading looks for the entry in the books."""
        return self in {Place.BOOK, Place.ADOPT, Place.FOUND, Place.UNKNOWN, Place.WAITING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One document and where it would be; `why` says what keeps it waiting or under which number it stands.

    `entry` is what would be sent; a document that is parked or booked already has none here. `has_changed`
    marks a booked document that the source shows otherwise since. `turn` puts documents into the order in
    which they are sent. `parties` are those it needs; `refused_before` says that the package refused it once.

    A document that is corrected comes twice: the reversal, with what it `reverses`, and the booking that is
    sent `after_reversal`. `is_moved` says that loading moves the entry out of a closed period, `followed`
    where the posting before it stands, `would_stand` where it would stand if it had an entry, `known` what a
    person said of bookings that look like it.
    """

    document_key: str
    number: str
    kind: EntryKind
    dated_on: date | None
    party: str | None
    place: Place
    reference: str | None = None
    entry: Entry | None = None
    reasons: tuple[Reason, ...] = ()
    warnings: tuple[str, ...] = ()
    parties: tuple[PartyNeed, ...] = ()
    refused_before: bool = False
    why: str | None = None
    has_changed: bool = False
    turn: tuple[bool, bool, bool, int] = (True, False, False, 0)
    reverses: Reversed | None = None
    after_reversal: bool = False
    followed: tuple[str, Period] | None = None
    would_stand: tuple[str, Period] | None = None
    known: Known = NOTHING_KNOWN
    is_moved: bool = False

    @property
    def stands(self) -> tuple[str, Period] | None:
        """The journal and period of its entry, or those in which one would stand."""
        if self.entry is None:
            return self.would_stand
        return self.entry.journal, Period(fiscal_year=self.entry.fiscal_year, number=self.entry.period)


def proved_places(
    planned: Iterable[Planned], *, dated_from: date, dated_until: date, today: date
) -> frozenset[tuple[str, Period]]:
    """Return the journals and periods that reconciling reads for what a run books, or leaves parked."""
    places = {
        one.stands
        for one in planned
        if one.place in {Place.BOOK, Place.ADOPT, Place.FOUND}
        or (
            one.place in {Place.PARKED, Place.WITHDRAWN}
            and one.reverses is None
            and dated_from <= (one.dated_on or today) <= dated_until
        )
    }
    return frozenset(place for place in places if place is not None)
