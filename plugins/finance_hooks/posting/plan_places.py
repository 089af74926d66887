"""Describe where one document would be after the next run, as mapped now or as its posting stands."""

from datetime import date, datetime, timedelta

from finance_hooks.model.document import DocumentType, EntryKind
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.held import NEW_FROM, Held
from finance_hooks.posting.match import NOTHING_KNOWN, Known
from finance_hooks.posting.planned import Place, Planned
from finance_hooks.posting.reconcile import OPEN_WINDOW_DAYS
from finance_hooks.posting.work import Work
from finance_hooks.sources.qubz.parse import KINDS
from finance_hooks.store.arrival import Arrival
from finance_hooks.store.foreseen_postings import Present
from finance_hooks.store.prepared import Prepared

P = PostingState


def describe_mapped(work: Work, held: Held, one: Prepared, present: Present | None, at: datetime) -> Planned:
    """Say where what was mapped would be, given the posting that there is of it."""
    if present is not None and present.is_settled_or_sent:
        return describe_posting(work, present, one, at)
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
        would_stand=one.would_stand,
        turn=(
            True,
            present is not None and present.was_refused(one),
            is_old(work, dated_on),
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


def describe_posting(work: Work, present: Present, one: Prepared | None, at: datetime) -> Planned:
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
            is_old(work, present.dated_on),
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


def is_old(work: Work, dated_on: date | None) -> bool:
    """Say whether a document lies before the open window, so that it goes last."""
    return dated_on is not None and dated_on < work.business_date() - timedelta(days=OPEN_WINDOW_DAYS)


def describe_arrival(arrival: Arrival, place: Place) -> Planned:
    """Say where a document would be that no run maps."""
    return Planned(
        document_key=str(arrival.key),
        number=arrival.number or arrival.key.source_document_id,
        kind=EntryKind(KINDS[arrival.resource]),
        dated_on=arrival.document_date,
        party=arrival.party,
        place=place,
    )
