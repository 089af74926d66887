"""Judge whether what people did to bookings is named; knows nothing of the product."""

from collections.abc import Iterator

from adversary.compared import by_reference, differ, entries_of
from adversary.picture import Entered, Issued, Picture

DELETED, EDITED, COPIED, MOVED = "deleted", "edited", "copied", "moved"
NAMED_AS = {
    DELETED: {"missing_in_books"},
    EDITED: {"amount_differs"},
    COPIED: {"booked_twice"},
    MOVED: {"amount_differs", "missing_in_books"},
}
"""Which findings may name what somebody did to a booking.

A booking may have been moved to where nobody looks for it: that it is missing names whatever else was done to
it. Of two that bear one reference a single one is compared: that there are two does the same.
"""


def unnamed(picture: Picture) -> Iterator[str]:
    """Say what people did to a booking that still shows, and that nothing names."""
    postings, entries = by_reference(picture), entries_of(picture)
    issued = {one.number: one for one in picture.issued}
    for reference, deeds in picture.deeds.items():
        posting = postings.get(reference)
        if posting is None or posting.state != "booked":
            continue
        document = issued.get(posting.number) if posting.purpose == "book" else None
        for deed in sorted(set(deeds)):
            standing = _in_sight(document, entries.get(reference, []))
            names = NAMED_AS[deed] | (NAMED_AS[COPIED] if len(standing) > 1 else set())
            if not any(_is_near(document, entry) for entry in standing):
                names |= NAMED_AS[DELETED]
            shown = [entry for entry in standing if deed != MOVED or not _is_told(picture, document, entry)]
            if _shows(deed, document, shown) and not names & posting.findings:
                yield f"{posting.number} was {deed}, and nothing says so"


def _is_told(picture: Picture, document: Issued | None, entry: Entered) -> bool:
    """Say whether a restored store could not know better, and its report names the day of a booking.

    On the first day of a later month it may stand by our hand, where closed months move it on.
    """
    if document is None or not (picture.was_restored and picture.moves_on):
        return False
    return (document.number, entry.dated_on) in picture.told_moved


def _shows(deed: str, document: Issued | None, entries: list[Entered]) -> bool:
    """Say whether the books still show what was done; of a reversal nobody can tell, but for its number."""
    if deed == DELETED:
        return not entries
    if deed == COPIED:
        return len(entries) > 1
    if document is None:
        return False
    if deed == MOVED:
        return any(entry.dated_on != document.dated_on for entry in entries)
    return any(differ(document, entry) for entry in entries)


def _in_sight(document: Issued | None, entries: list[Entered]) -> list[Entered]:
    """Leave out what somebody moved beyond the neighbouring months while a copy stands where it stood."""
    return [entry for entry in entries if _is_near(document, entry)] or entries


def _is_near(document: Issued | None, entry: Entered) -> bool:
    """Say whether a booking stands where it is looked for; of a reversal nobody knows its document's day."""
    return document is None or abs(_months(entry.dated_on) - _months(document.dated_on)) <= 1


def _months(day: str) -> int:
    return 12 * int(day[:4]) + int(day[5:7])
