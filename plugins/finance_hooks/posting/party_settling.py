"""Settle one party: link what is found, write what differs or is not there, or say what a person must do."""

from finance_hooks.model.party import PartyState
from finance_hooks.posting.party_decision import Deciding, Links, Parks, Writes, found_link, parked_link
from finance_hooks.posting.party_under_way import UnderWay
from finance_hooks.posting.party_values import WantedParty
from finance_hooks.posting.party_writing import write_party
from finance_hooks.posting.relating import Relating
from finance_hooks.posting.work import Work
from finance_hooks.store.engine import Connection
from finance_hooks.store.party_links import StoredLink, put_link


def settle_party(relating: Relating, wanted: WantedParty) -> None:
    """Do for one needed party what the package's relations demand."""
    deciding = Deciding(
        index=relating.index,
        desk=relating.desk,
        administration=relating.work.administration.target_administration,
        fields=relating.relations.fields,
        writes=relating.writes,
    )
    match deciding.decide(wanted, relating.links.get(wanted.key)):
        case Parks() as parks:
            _park(relating, wanted, parks)
        case Links() as links:
            _link(relating, wanted, links)
        case Writes(write=write, matched_by=matched_by):
            if _may_write(relating, wanted, new=write.earlier is None):
                write_party(relating, wanted, write, matched_by)


def note_fault(
    connection: Connection, work: Work, wanted: WantedParty, link: StoredLink | None, parks: Parks
) -> StoredLink:
    """Park a party for one reason; what it was linked to stays known."""
    parked = parked_link(link, parks)
    if parked != link:
        put_link(connection, work.administration, wanted.key, parked, work.stamp(connection))
    return parked


def _park(relating: Relating, wanted: WantedParty, parks: Parks) -> None:
    with relating.work.engine.begin() as connection:
        relating.lease.assert_held(connection)
        parked = note_fault(connection, relating.work, wanted, relating.links.get(wanted.key), parks)
    relating.note_link(wanted, parked)
    relating.happened["parked"] += 1


def _may_write(relating: Relating, wanted: WantedParty, *, new: bool) -> bool:
    """Say whether a write may leave now; while an earlier one may still be worked on, none does.

    Nor is a relation made while another write may be making the same one under its other side or number.
    """
    link = relating.links.get(wanted.key)
    under_way = UnderWay(links=relating.links, relations=relating.relations, read_at=relating.read_at)
    if under_way.is_own(link):
        relating.happened["unknown"] += 1
        return False
    if new and under_way.is_twins(wanted):
        relating.happened["left"] += 1
        return False
    if link is not None and link.state in {PartyState.UNKNOWN, PartyState.WRITING}:
        relating.happened["absent"] += 1
    if relating.stopped:
        relating.happened["left"] += 1
        return False
    return True


def _link(relating: Relating, wanted: WantedParty, links: Links) -> None:
    earlier = relating.links.get(wanted.key)
    link = found_link(earlier, wanted, links)
    work = relating.work
    if link != earlier:
        with work.engine.begin() as connection:
            relating.lease.assert_held(connection)
            put_link(connection, work.administration, wanted.key, link, work.stamp(connection))
    relating.note_link(wanted, link)
    relating.happened["linked" if links.proposal is None else "proposed"] += 1
