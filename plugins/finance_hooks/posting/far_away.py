"""Look for bookings that the store does not know, wherever a person moved them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from finance_hooks.model.entry import BookedEntry, Period
from finance_hooks.posting.work import Work
from finance_hooks.store.looked_places import JournalPeriod, forgotten_among, note_looked, read_looked
from finance_hooks.targets.base import TargetHook


def places_due(
    journals: Collection[str], periods: Iterable[Period], looked: Collection[JournalPeriod]
) -> dict[Period, frozenset[str]]:
    """Return the journals of each period that were not looked through yet, in the order of the periods."""
    due = {
        period: frozenset(journal for journal in journals if (journal, period) not in looked)
        for period in periods
    }
    return {period: missing for period, missing in due.items() if missing}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Postings that are to be sent, by reference, their journals, and the periods near them and far away.

    `doubtful` are those that may have been booked before, and are sent again if they are not found.
    """

    references: frozenset[str]
    doubtful: frozenset[str]
    journals: frozenset[str]
    near: Collection[Period]
    far: Sequence[Period]


def look_around(
    work: Work, hook: TargetHook, around: Around, near: Collection[BookedEntry]
) -> list[BookedEntry]:
    """Return the bookings of these postings that stand far away; a failed read raises.

    `near` is what stands in the periods near them. Each journal and period is looked through once, and what
    bears a reference that is not known to be booked is noted. One that was noted and does not stand there any
    more is sought anew, as is one that is doubtful: somebody may have moved it since. No more than the books
    of one period is held at once.
    """
    administration, books = work.administration.target_administration, work.administration.books
    with work.engine.begin() as connection:
        looked = read_looked(connection, books)
        for period, missing in places_due(around.journals, around.near, looked).items():
            here = [one for one in near if one.period == period]
            note_looked(connection, books, missing, period, here, at=work.now(connection))
    found: list[BookedEntry] = []
    for period, missing in places_due(around.journals, around.far, looked).items():
        booked = list(hook.read_entries(administration, missing, [period]))
        with work.engine.begin() as connection:
            note_looked(connection, books, missing, period, booked, at=work.now(connection))
        found += bearing(around.references, booked)
    with work.engine.begin() as connection:
        forgotten = forgotten_among(connection, books, around.references)
    sought = (forgotten | around.doubtful) - references_of((*near, *found))
    for period in around.far if sought else ():
        found += bearing(sought, hook.read_entries(administration, around.journals, [period]))
    return found


def bearing(references: Collection[str], booked: Iterable[BookedEntry]) -> Iterator[BookedEntry]:
    """Yield the bookings that bear one of some references."""
    return (one for one in booked if any(reference in references for reference in one.references))


def references_of(booked: Iterable[BookedEntry]) -> frozenset[str]:
    """Return all references of ours that bookings bear."""
    return frozenset(reference for one in booked for reference in one.references)
