"""Read what the source offers as receiving does, and say what the store would hold of it; store nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from finance_hooks.model.masters import Masters
from finance_hooks.model.selection import Selection
from finance_hooks.posting.receive import as_arrival, as_received, check_link, shown_window
from finance_hooks.posting.source import Source
from finance_hooks.posting.take_up import begin_reading, takes_up
from finance_hooks.posting.work import Work
from finance_hooks.store import corrections, foreseen, foreseen_postings, to_prepare
from finance_hooks.store.arrival import Arrival
from finance_hooks.store.arrivals import VANISHED, Shown, find_vanished
from finance_hooks.store.documents import StoredDocument, read_documents, read_unnamed
from finance_hooks.store.engine import Connection, snapshot
from finance_hooks.store.following import Undone, undone
from finance_hooks.store.foreseen import Known, OtherExport, number_key
from finance_hooks.store.foreseen_corrections import Correctable, correctable
from finance_hooks.store.foreseen_postings import Present
from finance_hooks.store.to_prepare import Wanted

BATCH = 500
"""Documents that one statement asks for."""

NEW_FROM = 1 << 62
"""Ids of documents that the store does not hold yet begin here, in the order in which they came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the source showed: documents to take up or known already, and how many it does not offer."""

    arrivals: tuple[Arrival, ...]
    read: int
    not_offered: int
    window: Shown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreView:
    """What the store holds of an offer, and what else the next run would map or send.

    `changed` are the documents that the source changed or took back after they were booked, with their
    content and why they were withdrawn; `correctable` the bookings that may be reversed for it, `unsent`
    those whose reversal was not sent yet, `undone` what comes to nothing.
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


@dataclass(slots=True, kw_only=True)
class Held:
    """The documents that the next run would map, as the store would hold them then.

    `standing` says of which an earlier export stands in the books. `arrivals` are by document id.
    """

    documents: dict[int, StoredDocument]
    standing: dict[int, str]
    arrivals: dict[int, Arrival] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What source and store show at the moment of a plan, before anything is mapped."""

    selection: Selection
    offer: Offer
    view: StoreView
    held: Held

    @property
    def prepares(self) -> bool:
        """Whether the run would have anything to prepare."""
        postings = {one.document_id: one for one in self.view.postings.values()}
        return any(
            document_id in self.view.wanted
            or document_id not in postings
            or not postings[document_id].is_settled_or_sent
            for document_id in self.held.documents
        )


def look_ahead(work: Work, source: Source, masters: Masters, selection: Selection) -> Looked:
    """Read what the source offers and what the store holds of it; nothing is written anywhere."""
    offer = read_offer(work, source, masters, selection)
    view = look_at_store(work, source, offer)
    return Looked(selection=selection, offer=offer, view=view, held=hold(work, source, masters, offer, view))


def read_offer(work: Work, source: Source, masters: Masters, selection: Selection) -> Offer:
    """Read the documents of a selection, in the order they come."""
    check_link(work, masters)
    asked_at, is_behind = begin_reading(work, selection)
    arrivals: dict[str, Arrival] = {}
    not_taken_up: dict[str, Arrival] = {}
    read = 0
    for received in source.read_documents(work.administration.organisation, selection):
        read += 1
        parsed = source.parse(received, masters)
        kept = arrivals if takes_up(parsed, is_behind=is_behind) else not_taken_up
        kept[str(parsed.key)] = as_arrival(received, parsed, masters)
    shown = frozenset(arrivals) | frozenset(not_taken_up)
    with work.engine.begin() as connection:
        known = foreseen.known_documents(connection, sorted(not_taken_up))
    taken_back = {key: arrival for key, arrival in not_taken_up.items() if key in known}
    window = shown_window(work, source, selection, shown, asked_at) if selection.moves_watermark else None
    return Offer(
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
        )


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[place : place + BATCH] for place in range(0, len(ids), BATCH))


def _holders(
    connection: Connection, work: Work, source: Source, offer: Offer
) -> dict[foreseen.NumberKey, str]:
    numbers = {arrival.number for arrival in offer.arrivals if arrival.number is not None}
    return foreseen.number_holders(connection, source.source_id, work.administration.organisation, numbers)


def hold(work: Work, source: Source, masters: Masters, offer: Offer, view: StoreView) -> Held:
    """Put together what the store would hold after receiving and what of it would be mapped."""
    held = Held(documents={one.document_id: one for one in view.stored}, standing=dict(view.standing))
    for document_id in view.vanished & held.documents.keys():
        _withdraw(held, document_id, VANISHED)
    named_anew = [*offer.arrivals, *_named_anew(work, source, masters, offer, view)]
    for place, arrival in enumerate(named_anew):
        _take(held, view, arrival, NEW_FROM + place)
    return held


def _named_anew(
    work: Work, source: Source, masters: Masters, offer: Offer, view: StoreView
) -> Iterator[Arrival]:
    """Yield what was stored while its type could not be read and can be read by now."""
    arrived = {str(arrival.key) for arrival in offer.arrivals}
    for stored in view.unnamed:
        received = as_received(work, stored)
        parsed = source.parse(received, masters)
        if parsed.key_is_final and str(parsed.key) not in arrived:
            yield as_arrival(received, parsed, masters)


def _take(held: Held, view: StoreView, arrival: Arrival, new_id: int) -> None:
    key = str(arrival.key)
    known = view.known.get(key)
    document_id = new_id if known is None else known.document_id
    held.arrivals[document_id] = arrival
    if known is not None and (known.content_digest, known.withdrawn_why) == (
        arrival.content_digest,
        arrival.withdrawn_why,
    ):
        return
    others = view.others.get(arrival.key.source_document_id, ()) if known is None else ()
    for other in others:
        if other.is_replaced_by(arrival.key, arrival.resource):
            _withdraw(held, other.document_id, f"replaced by {key}")
        if other.stands_before(arrival.key) and other.booked_as is not None:
            held.standing[document_id] = other.booked_as
    held.documents[document_id] = _as_stored(view, arrival, document_id)


def _as_stored(view: StoreView, arrival: Arrival, document_id: int) -> StoredDocument:
    return StoredDocument(
        document_id=document_id,
        document_key=str(arrival.key),
        source_document_id=arrival.key.source_document_id,
        resource=arrival.resource,
        number=arrival.number,
        content_digest=arrival.content_digest,
        body=arrival.body,
        changed_at=arrival.changed_at,
        number_reused_of=_holder(view, arrival),
        withdrawn_why=arrival.withdrawn_why,
    )


def _holder(view: StoreView, arrival: Arrival) -> str | None:
    """Return the key of another document that has the number, or take the number."""
    if arrival.number is None:
        return None
    holder = view.holders.setdefault(number_key(arrival), str(arrival.key))
    return None if holder == str(arrival.key) else holder


def _withdraw(held: Held, document_id: int, why: str) -> None:
    stored = held.documents.get(document_id)
    if stored is not None:
        held.documents[document_id] = replace(stored, withdrawn_why=why)
