"""Judge whether the promise was kept; knows nothing of the product but its states and its references."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from adversary.picture import Entered, Issued, Picture, Posted, Sums

ALLOWED = {
    "prepared": {"pending", "parked", "sending", "booked"},
    "pending": {"sending", "booked", "parked"},
    "sending": {"booked", "unknown", "parked", "pending", "delivered"},
    "delivered": {"booked", "parked"},
    "unknown": {"booked", "pending", "parked"},
    "parked": {"pending", "parked"},
    "booked": set(),
}
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
CLOSED = ("period_closed",)
PASSING = frozenset(
    {
        "code_blocked",
        "code_refused",
        "field_refused",
        "ledger_account_unmapped",
        "party_blocked",
        "refused",
        "target_configuration",
    }
)
"""Reasons that hold for a night: what was blocked, lost or refused by mishap is as it was in the end."""
HALF_A_CENT = Decimal("0.005")
"""What rounding the shifted VAT of each line may come to; the source rounds that of the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One way in which the promise was broken, and by which document."""

    kind: str
    what: str


def judge(picture: Picture) -> list[Violation]:
    """Name all that is wrong."""
    return [
        *_twice(picture),
        *_lost(picture),
        *_elsewhere(picture),
        *_unlike(picture),
        *_misdated(picture),
        *_unsettled(picture),
        *_moved_wrongly(picture),
        *_unnamed(picture),
    ]


def _twice(picture: Picture) -> Iterator[Violation]:
    """Let a reference stand once, and a document at most once more often than it was reversed."""
    postings = _by_reference(picture)
    standing: Counter[str] = Counter()
    for reference, entries in _entries(picture).items():
        posting = postings.get(reference)
        if posting is None:
            # A document that the source took back before it could be read again is booked, and forgotten.
            if not _is_named_as_forgotten(picture, reference):
                yield Violation(kind="unknown", what=f"the books hold {reference}, the store does not")
            continue
        # What somebody copied stands twice by that hand, not by ours.
        if len(entries) > 1 + picture.deeds.get(reference, ()).count(COPIED):
            yield Violation(kind="twice", what=f"{posting.number}: {reference} stands {len(entries)} times")
        standing[posting.number] += 1 if posting.purpose == "book" else -1
    for number, count in standing.items():
        if count not in {0, 1}:
            yield Violation(kind="twice", what=f"{number} stands {count} times")


def _lost(picture: Picture) -> Iterator[Violation]:
    """Find every document in the books, or named with a reason why not."""
    entries = _entries(picture)
    by_number: dict[str, list[Posted]] = defaultdict(list)
    for posting in picture.posted:
        by_number[posting.number].append(posting)
    for document in picture.issued:
        postings = by_number.get(document.number, [])
        if not postings:
            yield Violation(kind="lost", what=f"{document.number} is not in the store")
        for posting in postings:
            is_missing = (
                posting.state == "booked" and not posting.is_gone and posting.reference not in entries
            )
            if is_missing and DELETED not in picture.deeds.get(posting.reference, ()):
                yield Violation(kind="lost", what=f"{document.number} is booked by the store only")


def _elsewhere(picture: Picture) -> Iterator[Violation]:
    """Find nothing of ours in another administration."""
    for entry in picture.entered:
        if entry.references and entry.administration != picture.administration:
            yield Violation(kind="elsewhere", what=f"{entry.document} stands in {entry.administration}")


def _unlike(picture: Picture) -> Iterator[Violation]:
    """Hold what is booked against what was issued, to the cent on every ledger account."""
    postings, issued = _by_reference(picture), {one.number: one for one in picture.issued}
    for reference, entries in _entries(picture).items():
        posting = postings.get(reference)
        if posting is None or posting.purpose != "book":
            continue
        document = issued.get(posting.number)
        if posting.state != "booked" and not _is_named_as_forgotten(picture, reference):
            yield Violation(kind="unlike", what=f"{posting.number} is booked, the store says {posting.state}")
        is_edited = EDITED in picture.deeds.get(reference, ())
        if document is not None and not is_edited and any(_differ(document, entry) for entry in entries):
            yield Violation(kind="unlike", what=f"{posting.number} is booked with other amounts")


def _misdated(picture: Picture) -> Iterator[Violation]:
    """See that everything is booked on its own day, or later where it may be moved out of closed months."""
    postings, issued = _by_reference(picture), {one.number: one for one in picture.issued}
    for reference, entries in _entries(picture).items():
        posting = postings.get(reference)
        document = issued.get(posting.number) if posting is not None and posting.purpose == "book" else None
        if document is None or MOVED in picture.deeds.get(reference, ()):
            continue
        for entry in entries:
            is_later = picture.moves_on and entry.dated_on > document.dated_on
            if entry.dated_on != document.dated_on and not is_later:
                what = f"{document.number} of {document.dated_on} is booked on {entry.dated_on}"
                yield Violation(kind="misdated", what=what)


def _unsettled(picture: Picture) -> Iterator[Violation]:
    """See that in the end everything is booked, or parked with a reason."""
    for posting in picture.posted:
        if posting.state == "parked" and not posting.reasons:
            yield Violation(kind="unsettled", what=f"{posting.number} is parked without a reason")
        elif posting.state == "parked" and posting.reasons == CLOSED and not _may_be_shut_out(picture):
            yield Violation(kind="unsettled", what=f"{posting.number} is parked for a month that is open")
        elif posting.state == "parked" and PASSING & {*posting.reasons}:
            told = ", ".join(sorted({*posting.reasons}))
            yield Violation(kind="unsettled", what=f"{posting.number} is still parked: {told}")
        elif posting.state not in {"booked", "parked"} and not (
            picture.is_beyond and posting.state == "unknown"
        ):
            yield Violation(kind="unsettled", what=f"{posting.number} is {posting.state} at the end")


def _is_named_as_forgotten(picture: Picture, reference: str) -> bool:
    """Say whether a restored store does not know that something is booked, and its report says so."""
    return picture.was_restored and reference in picture.forgotten


def _moved_wrongly(picture: Picture) -> Iterator[Violation]:
    """See that every state follows one that it may follow."""
    for posting in picture.posted:
        states = [state for state in posting.history if state in ALLOWED]
        for before, after in pairwise(states):
            if after not in ALLOWED[before]:
                yield Violation(kind="moved wrongly", what=f"{posting.number}: {before} to {after}")


def _may_be_shut_out(picture: Picture) -> bool:
    """Say whether closed months may keep anything out: what moves on finds the next one open."""
    return len(picture.closed) > (1 if picture.moves_on else 0)


def _unnamed(picture: Picture) -> Iterator[Violation]:
    """See that what people did to a booking, as far as it still shows, is named."""
    postings, entries = _by_reference(picture), _entries(picture)
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
            if _shows(deed, document, standing) and not names & posting.findings:
                yield Violation(kind="unnamed", what=f"{posting.number} was {deed}, and nothing says so")


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
    return any(_differ(document, entry) for entry in entries)


def _in_sight(document: Issued | None, entries: list[Entered]) -> list[Entered]:
    """Leave out what somebody moved beyond the neighbouring months while a copy stands where it stood."""
    return [entry for entry in entries if _is_near(document, entry)] or entries


def _is_near(document: Issued | None, entry: Entered) -> bool:
    """Say whether a booking stands where it is looked for; of a reversal nobody knows its document's day."""
    return document is None or abs(_months(entry.dated_on) - _months(document.dated_on)) <= 1


def _months(day: str) -> int:
    return 12 * int(day[:4]) + int(day[5:7])


def _by_reference(picture: Picture) -> Mapping[str, Posted]:
    return {posting.reference: posting for posting in picture.posted}


def _entries(picture: Picture) -> Mapping[str, list[Entered]]:
    found: dict[str, list[Entered]] = defaultdict(list)
    for entry in picture.entered:
        for reference in entry.references:
            found[reference].append(entry)
    return found


def _differ(document: Issued, entry: Entered) -> bool:
    if document.sums is None:
        return False
    off = _difference(document.sums, entry.sums)
    # A package that works out shifted VAT by itself may come to other cents, due and deductible alike.
    is_shifted = len(off) == 2 and sum(off) == 0 and max(off) <= HALF_A_CENT * (document.lines + 1)
    return bool(off) and not is_shifted


def _difference(wanted: Sums, booked: Sums) -> list[Decimal]:
    apart = (booked.get(one, Decimal(0)) - wanted.get(one, Decimal(0)) for one in {*booked, *wanted})
    return [amount for amount in apart if amount]
