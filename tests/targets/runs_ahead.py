"""What a run has before it, briefly, and the calls that a package counts for it."""

from collections.abc import Mapping, Sequence

from finance_hooks.model.attachment import Booking
from finance_hooks.model.entry import Entry, Period
from finance_hooks.targets.foresight import Ahead, Calls, Counting, Filing, Scope


def ahead(
    *batches: Sequence[Entry],
    proved: Scope | None = None,
    asked: bool = True,
    files: Sequence[Filing] = (),
) -> Ahead:
    """Make what a run sends into books that are empty; what it loads is not told."""
    return Ahead(
        batches=tuple(tuple(batch) for batch in batches),
        loaded=Scope(journals=frozenset(), periods=frozenset()),
        proved=proved,
        standing=(),
        asked=asked,
        files=tuple(files),
    )


def place_of(entry: Entry) -> Scope:
    """Return the journal and the period that an entry is booked in."""
    period = Period(fiscal_year=entry.fiscal_year, number=entry.period)
    return Scope(journals=frozenset({entry.journal}), periods=frozenset({period}))


def filings(entry: Entry, count: int, *, sent: int) -> list[Filing]:
    """Make so many files of an entry, of which the first are sent and the others only looked up."""
    booking = Booking(entry=entry, entry_id="1", entry_number="1")
    return [Filing(booking=booking, is_sent=place < sent) for place in range(count)]


def calls_of(steps: Mapping[str, Counting], step: str, run: Ahead) -> dict[str, Calls]:
    """Return the calls of a step, by what they do."""
    return {one.what: one for one in steps[step](run)}
