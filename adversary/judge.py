"""Judge whether the promise was kept; knows nothing of the product but its states and its references."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from adversary.compared import by_reference, differ, entries_of
from adversary.judge_people import COPIED, DELETED, EDITED, MOVED, unnamed
from adversary.picture import Picture, Posted

ALLOWED = {
    "prepared": {"pending", "parked", "sending", "booked"},
    "pending": {"sending", "booked", "parked"},
    "sending": {"booked", "unknown", "parked", "pending", "delivered"},
    "delivered": {"booked", "parked"},
    "unknown": {"booked", "pending", "parked"},
    "parked": {"pending", "parked"},
    "booked": set(),
}
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
        *(Violation(kind="unnamed", what=what) for what in unnamed(picture)),
    ]


def _twice(picture: Picture) -> Iterator[Violation]:
    """Let a reference stand once, and a document at most once more often than it was reversed."""
    postings = by_reference(picture)
    standing: Counter[str] = Counter()
    for reference, entries in entries_of(picture).items():
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
    entries = entries_of(picture)
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
    postings, issued = by_reference(picture), {one.number: one for one in picture.issued}
    for reference, entries in entries_of(picture).items():
        posting = postings.get(reference)
        if posting is None or posting.purpose != "book":
            continue
        document = issued.get(posting.number)
        if posting.state != "booked" and not _is_named_as_forgotten(picture, reference):
            yield Violation(kind="unlike", what=f"{posting.number} is booked, the store says {posting.state}")
        is_edited = EDITED in picture.deeds.get(reference, ())
        if document is not None and not is_edited and any(differ(document, entry) for entry in entries):
            yield Violation(kind="unlike", what=f"{posting.number} is booked with other amounts")


def _misdated(picture: Picture) -> Iterator[Violation]:
    """See that everything is booked on its own day, or later where it may be moved out of closed months."""
    postings, issued = by_reference(picture), {one.number: one for one in picture.issued}
    for reference, entries in entries_of(picture).items():
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
