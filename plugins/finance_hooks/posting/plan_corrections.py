"""Say which bookings the next run takes back, and which documents it books anew, as preparing would."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Period
from finance_hooks.posting.corrections import Reversing, mirror
from finance_hooks.posting.held import NEW_FROM, Looked
from finance_hooks.posting.planned import Place, Planned
from finance_hooks.posting.work import Work
from finance_hooks.store.arrival import Arrival
from finance_hooks.store.arrivals import VANISHED
from finance_hooks.store.corrections import Reversible
from finance_hooks.store.foreseen_corrections import Correctable
from finance_hooks.store.foreseen_postings import Present
from finance_hooks.store.outbox import Reversed
from finance_hooks.store.prepared import Prepared
from finance_hooks.store.to_prepare import FIRST, Wanted

REVERSAL_WAITS = "its reversal is not booked first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """The bookings that are reversed: by document where it is booked anew, and of what is taken back.

    `latest` is by document which of its bookings is the last one so far.
    """

    rebooked: Mapping[int, Correctable]
    taken_back: tuple[Reversible, ...]
    latest: Mapping[int, int]


def corrections_ahead(work: Work, looked: Looked) -> Corrections:
    """Hold every booking that may be reversed against its document as the store would have it then."""
    administration = work.administration
    rebooked: dict[int, Correctable] = {}
    taken_back: list[Reversible] = []
    correctable = looked.view.correctable
    for one in sorted(correctable.values(), key=lambda one: one.booked.posting_id):
        document_id = one.booked.document_id
        digest, withdrawn_why = _then(looked, document_id, one)
        if not one.is_to_reverse(digest, withdrawn_why, administration.correction_policy):
            continue
        belongs = place_outside(work, looked.held.arrivals.get(document_id)) is None
        if withdrawn_why is None and belongs:
            rebooked[document_id] = one
        elif belongs or one.sync_id == administration.sync_id:
            taken_back.append(one.booked)
    ordered = sorted(looked.view.postings.values(), key=lambda one: one.n)
    return Corrections(
        rebooked=rebooked,
        taken_back=tuple(taken_back),
        latest={one.document_id: one.n for one in ordered},
    )


def wanted_of(looked: Looked, corrections: Corrections, document_id: int) -> Wanted:
    """Say for which booking of a document it is mapped."""
    corrected = corrections.rebooked.get(document_id)
    if corrected is not None:
        booked = corrected.booked
        return Wanted(document_id=document_id, n=booked.n + 1, corrects=booked.posting_id, is_correction=True)
    wanted = looked.view.wanted.get(document_id)
    if wanted is not None and wanted.corrects is None:
        return wanted
    return Wanted(document_id=document_id, n=corrections.latest.get(document_id, FIRST))


def plan_reversal(
    reversing: Reversing, booked: Reversible, present: Present | None, *, is_old: bool, turn: int
) -> Planned:
    """Describe the reversal of a booking; `present` is the one that was made before and never sent."""
    prepared = mirror(reversing, booked)
    reasons = prepared.reasons
    if present is not None:
        reasons = present.would_park_for(prepared, reversing.work.business_date())
    entry = booked.entry
    return Planned(
        document_key=booked.document_key,
        number=entry.number if prepared.entry is None else prepared.entry.number,
        kind=EntryKind(entry.kind),
        dated_on=entry.entry_date,
        party=entry.party,
        place=Place.PARKED if reasons else Place.BOOK,
        reference=prepared.reference,
        entry=None if reasons else prepared.entry,
        reasons=reasons,
        refused_before=present is not None and present.refused_digest is not None,
        turn=(True, present is not None and present.was_refused(prepared), is_old, turn),
        reverses=Reversed(
            posting_id=booked.posting_id,
            number=entry.number,
            reference=entry.reference,
            entry_id=booked.entry_id,
            entry_number=booked.entry_number,
        ),
        followed=(entry.journal, Period(fiscal_year=entry.fiscal_year, number=entry.period)),
    )


def follow(booking: Planned, reversal: Planned, present: Present | None = None) -> Planned:
    """Put a booking behind the reversal that it follows; parked, it keeps its reasons."""
    followed = reversal.followed if reversal.entry is None else reversal.stands
    booking = replace(booking, after_reversal=True, followed=followed)
    if present is None:
        # It is made right after its reversal.
        booking = replace(booking, turn=(*booking.turn[:3], reversal.turn[3]))
    if booking.place is Place.BOOK and reversal.place is Place.PARKED:
        return replace(booking, place=Place.WAITING, why=REVERSAL_WAITS)
    return booking


def place_outside(work: Work, arrival: Arrival | None) -> Place | None:
    """Say on which side of the administration's dates an arrival lies, `None` when not outside them."""
    administration, on = work.administration, None if arrival is None else arrival.document_date
    if on is not None and on < administration.starts_on:
        return Place.BEFORE_START
    if on is not None and administration.ends_on is not None and on > administration.ends_on:
        return Place.AFTER_END
    return None


def made_now(one: Prepared) -> int:
    """Return the turn of what this run makes for a document."""
    return NEW_FROM + one.document_id


def made_first(place: int) -> int:
    """Return the turn of what this run makes before it maps any document."""
    return NEW_FROM - (1 << 40) + place


def _then(looked: Looked, document_id: int, one: Correctable) -> tuple[str, str | None]:
    """Return content and withdrawal of a document as the store would have them."""
    held = looked.held.documents.get(document_id)
    if held is not None:
        return held.content_digest, held.withdrawn_why
    if document_id in looked.view.vanished:
        return one.booked.content_digest, VANISHED
    return looked.view.changed.get(document_id, (one.booked.content_digest, None))
