"""Say where each document would be after the next run, by the source, the tables and the store alone."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain

from finance_hooks.model.document import DocumentType, EntryKind
from finance_hooks.model.keys import Purpose
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting import prepare
from finance_hooks.posting.corrections import Reversing
from finance_hooks.posting.match import NOTHING_KNOWN, Known
from finance_hooks.posting.offered import NEW_FROM, Held, Looked
from finance_hooks.posting.plan_corrections import (
    Corrections,
    corrections_ahead,
    follow,
    made_first,
    made_now,
    plan_reversal,
    wanted_of,
)
from finance_hooks.posting.planned import Place, Planned
from finance_hooks.posting.reconcile import OPEN_WINDOW_DAYS
from finance_hooks.posting.source import Source
from finance_hooks.posting.work import Work
from finance_hooks.sources.qubz.parse import KINDS
from finance_hooks.store.arrivals import Arrival
from finance_hooks.store.corrections import Reversible
from finance_hooks.store.foreseen import Present
from finance_hooks.store.prepared import Prepared

P = PostingState


def plan_documents(
    work: Work, source: Source, mapping: prepare.Mapping, looked: Looked, at: datetime
) -> Iterator[Planned]:
    """Map what the run would map and compare it with the store; nothing is written anywhere.

    A document that is corrected is told twice: its reversal, then its booking.
    """
    view = looked.view
    postings = {**view.unsettled, **view.postings}
    corrections = corrections_ahead(work, looked)
    reversing = Reversing(work=work, settings=mapping.settings, masters=mapping.masters)
    reversals = list(_reversals(reversing, looked, corrections, postings))
    made = {present.posting_id: planned for present, planned in reversals if present is not None}
    told: set[str] = set()
    for planned in chain(
        (planned for _, planned in reversals),
        (
            _behind(planned, postings.get(one.posting_key), made)
            for one in _map(work, source, mapping, looked, corrections)
            for planned in _of_one(reversing, looked, corrections, one, at)
        ),
    ):
        told |= {planned.document_key, str(planned.reference)}
        yield planned
    for arrival in looked.held.arrivals.values():
        outside = _outside(work, arrival)
        if outside is not None and str(arrival.key) not in told:
            told.add(str(arrival.key))
            yield _described(arrival, outside)
    for present in postings.values():
        is_open = present.posting_key in view.unsettled
        if present.reference not in told and (is_open or present.document_key not in told):
            yield _behind(_of_present(work, present, None, at), present, made)


def _reversals(
    reversing: Reversing, looked: Looked, corrections: Corrections, postings: Mapping[str, Present]
) -> Iterator[tuple[Present | None, Planned]]:
    """Plan what is taken back altogether, and anew every reversal that was made before and never sent."""
    unsent = {one.follows: one for one in postings.values() if _is_unsent_reversal(one)}
    for place, booked in enumerate((*corrections.taken_back, *looked.view.unsent)):
        present = unsent.get(booked.posting_id)
        planned = plan_reversal(
            reversing,
            booked,
            present,
            is_old=_is_old(reversing.work, booked.entry.entry_date),
            turn=made_first(place) if present is None else present.posting_id,
        )
        yield present, planned


def _of_one(
    reversing: Reversing, looked: Looked, corrections: Corrections, one: Prepared, at: datetime
) -> Iterator[Planned]:
    corrected = corrections.rebooked.get(one.document_id)
    if corrected is not None:
        yield from _of_corrected(reversing, looked, one, corrected.booked, at)
        return
    view = looked.view
    present = view.postings.get(one.posting_key, view.unsettled.get(one.posting_key))
    yield _of_mapped(reversing.work, looked.held, one, present, at)


def _map(
    work: Work, source: Source, mapping: prepare.Mapping, looked: Looked, corrections: Corrections
) -> Iterator[Prepared]:
    """Map all that is in the dates of the administration, in the order in which the run would."""
    held = looked.held
    taken_back = {booked.document_id for booked in corrections.taken_back}
    chosen = [
        stored
        for document_id, stored in sorted(held.documents.items())
        if document_id not in taken_back
        and (document_id not in held.arrivals or _outside(work, held.arrivals[document_id]) is None)
    ]
    for place in range(0, len(chosen), prepare.BATCH):
        batch = chosen[place : place + prepare.BATCH]
        wanted = {one.document_id: wanted_of(looked, corrections, one.document_id) for one in batch}
        yield from prepare.map_stored(work, source, mapping, batch, wanted, held.standing)


def _outside(work: Work, arrival: Arrival) -> Place | None:
    administration, on = work.administration, arrival.document_date
    if on is not None and on < administration.starts_on:
        return Place.BEFORE_START
    if on is not None and administration.ends_on is not None and on > administration.ends_on:
        return Place.AFTER_END
    return None


def _is_unsent_reversal(present: Present) -> bool:
    is_open = present.state in {P.PENDING, P.PARKED}
    return present.purpose is Purpose.REVERSE and is_open and not present.is_frozen


def _of_corrected(
    reversing: Reversing, looked: Looked, one: Prepared, booked: Reversible, at: datetime
) -> Iterator[Planned]:
    """Reverse a booking and book anew, or neither: what cannot be booked as it is now keeps its booking."""
    work, held = reversing.work, looked.held
    postings = looked.view.postings.values()
    standing = next(present for present in postings if present.posting_id == booked.posting_id)
    if one.entry is None:
        yield replace(_of_present(work, standing, one, at), reasons=one.reasons)
        return
    reversal = plan_reversal(
        reversing,
        booked,
        None,
        is_old=_is_old(work, standing.dated_on),
        turn=made_now(one),
    )
    yield reversal
    first = next(
        present
        for present in postings
        if present.document_id == one.document_id and present.purpose is Purpose.BOOK and present.n == 1
    )
    plain = None if first.entry is None else first.entry.number
    booking = _of_mapped(work, held, one, None, at)
    yield follow(replace(booking, known=Known(plain_number=plain)), reversal)


def _behind(planned: Planned, present: Present | None, made: Mapping[int, Planned]) -> Planned:
    """Put what follows a reversal that was made before and never sent behind that."""
    reversal = made.get(present.follows) if present is not None and present.follows is not None else None
    return planned if reversal is None else follow(planned, reversal, present)


def _of_mapped(work: Work, held: Held, one: Prepared, present: Present | None, at: datetime) -> Planned:
    if present is not None and present.is_settled_or_sent:
        return _of_present(work, present, one, at)
    reasons = one.reasons if present is None else present.would_park_for(one, work.business_date())
    waits = present is not None and _waits(present, at)
    place = _place(reasons=bool(reasons), waits=waits)
    if any(reason.code is ReasonCode.WITHDRAWN for reason in reasons):
        place = Place.WITHDRAWN
    stored = held.documents[one.document_id]
    arrival = held.arrivals.get(one.document_id)
    dated_on = _dated_on(one, arrival, present)
    return Planned(
        document_key=stored.document_key,
        number=stored.number or stored.source_document_id,
        kind=EntryKind(KINDS[stored.resource]),
        dated_on=dated_on,
        party=_party(one, arrival),
        place=place,
        reference=one.reference,
        entry=None if reasons else one.entry,
        reasons=reasons,
        warnings=one.warnings,
        parties=one.parties,
        refused_before=present is not None and present.refused_digest is not None,
        why=present.waiting_why if present is not None and waits and not reasons else None,
        known=_known(present),
        turn=(
            True,
            present is not None and present.was_refused(one),
            _is_old(work, dated_on),
            present.posting_id if present is not None else NEW_FROM + one.document_id,
        ),
    )


def _known(present: Present | None) -> Known:
    if present is None:
        return NOTHING_KNOWN
    return Known(is_booking=present.is_booking, told_apart=present.told_apart)


def _place(*, reasons: bool, waits: bool) -> Place:
    if reasons:
        return Place.PARKED
    return Place.WAITING if waits else Place.BOOK


def _waits(present: Present, at: datetime) -> bool:
    return present.state is P.PENDING and present.not_before is not None and present.not_before > at


def _dated_on(one: Prepared, arrival: Arrival | None, present: Present | None) -> date | None:
    if arrival is not None:
        return arrival.document_date
    if present is not None:
        return present.dated_on
    return one.entry.entry_date if one.entry is not None else None


def _party(one: Prepared, arrival: Arrival | None) -> str | None:
    if one.entry is not None:
        return one.entry.party
    return arrival.party if arrival is not None else None


def _of_present(work: Work, present: Present, one: Prepared | None, at: datetime) -> Planned:
    """Say where a posting is that mapping does not change: booked, perhaps booked, or frozen."""
    place, why = _standing(present, at)
    return Planned(
        document_key=present.document_key,
        number=present.number,
        kind=_kind(present.document_type),
        dated_on=present.dated_on,
        party=present.entry.party if present.entry is not None else present.party or None,
        place=place,
        reference=present.reference,
        entry=present.entry if place.is_open else None,
        known=_known(present),
        reasons=present.reasons,
        why=why,
        has_changed=one is not None
        and present.state is P.BOOKED
        and (one.content_digest != present.content_digest or _is_withdrawn(one)),
        turn=(
            present.state is not P.UNKNOWN,
            present.was_refused(None),
            _is_old(work, present.dated_on),
            present.posting_id,
        ),
    )


def _standing(present: Present, at: datetime) -> tuple[Place, str | None]:
    match present.state:
        case P.BOOKED:
            return Place.BOOKED, present.entry_number
        case P.PENDING:
            return (Place.WAITING, present.waiting_why) if _waits(present, at) else (Place.BOOK, None)
        case P.PARKED:
            return Place.PARKED, None
        case P.DELIVERED:
            return Place.WAITING, "delivered, and not yet seen in the books"
        case P.SENDING | P.UNKNOWN:
            return Place.UNKNOWN, present.waiting_why


def _kind(document_type: str) -> EntryKind:
    # A document whose type could not be read is kept under the name of its resource.
    if document_type in KINDS:
        return EntryKind(KINDS[document_type])
    return DocumentType(document_type).kind


def _is_withdrawn(one: Prepared) -> bool:
    return any(reason.code is ReasonCode.WITHDRAWN for reason in one.reasons)


def _is_old(work: Work, dated_on: date | None) -> bool:
    return dated_on is not None and dated_on < work.business_date() - timedelta(days=OPEN_WINDOW_DAYS)


def _described(arrival: Arrival, place: Place) -> Planned:
    return Planned(
        document_key=str(arrival.key),
        number=arrival.number or arrival.key.source_document_id,
        kind=EntryKind(KINDS[arrival.resource]),
        dated_on=arrival.document_date,
        party=arrival.party,
        place=place,
    )
