"""Read what the source offers as receiving does, and say what the store would hold of it; store nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from finance_hooks.model.masters import Masters
from finance_hooks.model.selection import Selection
from finance_hooks.posting.receive import as_arrival, check_link, shown_window
from finance_hooks.posting.source import Source
from finance_hooks.posting.take_up import Beginning, begin_reading, takes_up
from finance_hooks.posting.work import Work
from finance_hooks.store import corrections, foreseen, foreseen_postings, to_prepare
from finance_hooks.store.arrival import Arrival
from finance_hooks.store.arrivals import Shown, find_vanished
from finance_hooks.store.documents import StoredDocument, read_documents, read_unnamed
from finance_hooks.store.engine import Connection, snapshot
from finance_hooks.store.following import Undone, undone
from finance_hooks.store.foreseen import Known, OtherExport
from finance_hooks.store.foreseen_corrections import Correctable, correctable
from finance_hooks.store.foreseen_postings import Present
from finance_hooks.store.looked_places import JournalPeriod, read_looked
from finance_hooks.store.to_prepare import Wanted

BATCH = 500
"""Documents that one statement asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the source showed: documents to take up or known already, and how many it does not offer."""

    begun: Beginning
    arrivals: tuple[Arrival, ...]
    read: int
    not_offered: int
    window: Shown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreView:
    """What the store holds of an offer, and what else the next run would map or send.

    `changed` are the documents that the source changed or took back after they were booked, with their
    content and why they were withdrawn; `correctable` the bookings that may be reversed for it, `unsent`
    those whose reversal was not sent yet, `undone` what comes to nothing. `looked` is where
    the books were looked through for what the store may have forgotten.
    """

    known: Mapping[str, Known]
    others: Mapping[str, Sequence[OtherExport]]
    holders: dict[foreseen.NumberKey, str]
    vanished: frozenset[int]
    unnamed: Sequence[StoredDocument]
    wanted: Mapping[int, Wanted]
    stored: Sequence[StoredDocument]
    standing: dict[int, str]
    postings: Mapping[str, Present]
    unsettled: Mapping[str, Present]
    changed: Mapping[int, tuple[str, str | None]]
    correctable: Mapping[int, Correctable]
    unsent: Sequence[corrections.Reversible]
    undone: Undone
    looked: frozenset[JournalPeriod]


def read_offer(work: Work, source: Source, masters: Masters, selection: Selection) -> Offer:
    """Read the documents of a selection, in the order they come."""
    check_link(work, masters)
    begun = begin_reading(work, selection)
    arrivals: dict[str, Arrival] = {}
    not_taken_up: dict[str, Arrival] = {}
    read = 0
    for received in source.read_documents(work.administration.organisation, selection):
        read += 1
        parsed = source.parse(received, masters)
        kept = arrivals if takes_up(parsed, is_behind=begun.is_behind) else not_taken_up
        kept[str(parsed.key)] = as_arrival(received, parsed, masters)
    shown = frozenset(arrivals) | frozenset(not_taken_up)
    with work.engine.begin() as connection:
        known = foreseen.known_documents(connection, sorted(not_taken_up))
    taken_back = {key: arrival for key, arrival in not_taken_up.items() if key in known}
    window = shown_window(work, source, selection, shown, begun.at) if selection.moves_watermark else None
    return Offer(
        begun=begun,
        arrivals=(*arrivals.values(), *taken_back.values()),
        read=read,
        not_offered=len(not_taken_up) - len(taken_back),
        window=window,
    )


def look_at_store(work: Work, source: Source, offer: Offer) -> StoreView:
    """Read at one instant all that the store holds of an offer and of what is open."""
    administration, keys = work.administration, [arrival.key for arrival in offer.arrivals]
    with snapshot(work.engine) as connection:
        known = foreseen.known_documents(connection, [str(key) for key in keys])
        wanted = to_prepare.documents_to_prepare(connection, administration, source.source_id)
        ids = [one.document_id for one in wanted]
        owned = [*ids, *(one.document_id for one in known.values())]
        vanished = frozenset() if offer.window is None else find_vanished(connection, offer.window)
        changed = {
            row.document_id: (row.present_digest, row.withdrawn_why)
            for row in corrections.changed_after_booking(connection, administration.books)
        }
        reversible = correctable(connection, administration, source.source_id, [*owned, *vanished, *changed])
        stored = [*ids, *(changed.keys() & reversible.keys() - set(ids))]
        return StoreView(
            known=known,
            others=foreseen.other_exports(
                connection, administration.books, [key for key in keys if str(key) not in known]
            ),
            holders=_holders(connection, work, source, offer),
            vanished=vanished,
            unnamed=list(read_unnamed(connection, source.source_id, administration.organisation)),
            wanted={one.document_id: one for one in wanted},
            stored=[one for some in _some(sorted(stored)) for one in read_documents(connection, some)],
            standing={
                document_id: booked_as
                for some in _some(ids)
                for document_id, booked_as in to_prepare.booked_before(
                    connection, administration.books, some
                ).items()
            },
            postings=foreseen_postings.postings_of(connection, administration.books, [*owned, *reversible]),
            unsettled=foreseen_postings.unsettled_postings(connection, administration.books),
            changed=changed,
            correctable=reversible,
            unsent=corrections.unsent_reversals(connection, administration.books),
            undone=undone(connection, administration.books),
            looked=read_looked(connection, administration.books, since=offer.begun.missed_since),
        )


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[place : place + BATCH] for place in range(0, len(ids), BATCH))


def _holders(
    connection: Connection, work: Work, source: Source, offer: Offer
) -> dict[foreseen.NumberKey, str]:
    numbers = {arrival.number for arrival in offer.arrivals if arrival.number is not None}
    return foreseen.number_holders(connection, source.source_id, work.administration.organisation, numbers)
