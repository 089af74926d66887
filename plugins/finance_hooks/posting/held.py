"""Put together what the store would hold of an offer, and what of it the next run would map."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from finance_hooks.model.masters import Masters
from finance_hooks.model.selection import Selection
from finance_hooks.posting.offered import Offer, StoreView, look_at_store, read_offer
from finance_hooks.posting.receive import as_arrival, as_received
from finance_hooks.posting.source import Source
from finance_hooks.posting.work import Work
from finance_hooks.store.arrival import Arrival
from finance_hooks.store.arrivals import VANISHED
from finance_hooks.store.documents import StoredDocument
from finance_hooks.store.foreseen import number_key

NEW_FROM = 1 << 62
"""Ids of documents that the store does not hold yet begin here, in the order in which they came."""


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
