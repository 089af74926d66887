"""Say where each document would be after the next run, by the source, the tables and the store alone."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain

from finance_hooks.model.keys import Purpose
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting import prepare
from finance_hooks.posting.corrections import Reversing
from finance_hooks.posting.held import Looked
from finance_hooks.posting.match import Known
from finance_hooks.posting.plan_corrections import (
    Corrections,
    corrections_ahead,
    follow,
    made_first,
    made_now,
    place_outside,
    plan_reversal,
    wanted_of,
)
from finance_hooks.posting.plan_places import describe_arrival, describe_mapped, describe_posting, is_old
from finance_hooks.posting.planned import Planned
from finance_hooks.posting.source import Source
from finance_hooks.posting.work import Work
from finance_hooks.store.corrections import Reversible
from finance_hooks.store.foreseen_postings import Present
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
        outside = place_outside(work, arrival)
        if outside is not None and str(arrival.key) not in told:
            told.add(str(arrival.key))
            yield describe_arrival(arrival, outside)
    for present in postings.values():
        is_open = present.posting_key in view.unsettled
        if present.reference not in told and (is_open or present.document_key not in told):
            yield _behind(describe_posting(work, present, None, at), present, made)


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
            is_old=is_old(reversing.work, booked.entry.entry_date),
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
    yield describe_mapped(reversing.work, looked.held, one, present, at)


def _map(
    work: Work, source: Source, mapping: prepare.Mapping, looked: Looked, corrections: Corrections
) -> Iterator[Prepared]:
    """Map all that is in the dates of the administration, in the order in which the run would."""
    held = looked.held
    taken_back = {booked.document_id for booked in corrections.taken_back}
    chosen = [
        stored
        for document_id, stored in sorted(held.documents.items())
        if document_id not in taken_back and place_outside(work, held.arrivals.get(document_id)) is None
    ]
    for place in range(0, len(chosen), prepare.BATCH):
        batch = chosen[place : place + prepare.BATCH]
        wanted = {one.document_id: wanted_of(looked, corrections, one.document_id) for one in batch}
        yield from prepare.map_stored(work, source, mapping, batch, wanted, held.standing)


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
        yield replace(describe_posting(work, standing, one, at), reasons=one.reasons)
        return
    reversal = plan_reversal(
        reversing,
        booked,
        None,
        is_old=is_old(work, standing.dated_on),
        turn=made_now(one),
    )
    yield reversal
    first = next(
        present
        for present in postings
        if present.document_id == one.document_id and present.purpose is Purpose.BOOK and present.n == 1
    )
    plain = None if first.entry is None else first.entry.number
    booking = describe_mapped(work, held, one, None, at)
    yield follow(replace(booking, known=Known(plain_number=plain)), reversal)


def _behind(planned: Planned, present: Present | None, made: Mapping[int, Planned]) -> Planned:
    """Put what follows a reversal that was made before and never sent behind that."""
    reversal = made.get(present.follows) if present is not None and present.follows is not None else None
    return planned if reversal is None else follow(planned, reversal, present)
