"""Settle one party: link what is found, write what differs or is not there, or say what a person must do."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.party import (
    MatchedBy,
    PartyFault,
    PartySides,
    PartyState,
    PartyWrite,
    TargetParty,
)
from finance_hooks.model.party_field import differing_fields
from finance_hooks.posting.party_match import Doubt, Found, NotThere, find_party
from finance_hooks.posting.party_values import WantedParty
from finance_hooks.posting.party_writing import write_party
from finance_hooks.posting.relating import Relating
from finance_hooks.posting.settle import settles_at
from finance_hooks.posting.work import Work
from finance_hooks.store.engine import Connection
from finance_hooks.store.party_links import StoredLink, put_link


def settle_party(relating: Relating, wanted: WantedParty) -> None:
    """Do for one needed party what the package's relations demand."""
    asked = wanted.asked(relating.links.get(wanted.key))
    match find_party(asked, relating.index):
        case Doubt(fault=fault):
            _park(relating, wanted, fault)
        case Found() as found:
            _settle_found(relating, wanted, found)
        case NotThere(code=code):
            by = MatchedBy.PERSON if asked.linked_by_person else MatchedBy.CREATED
            _settle_absent(relating, wanted, code, by)


def note_fault(
    connection: Connection,
    work: Work,
    wanted: WantedParty,
    link: StoredLink | None,
    fault: PartyFault,
    proposal: Mapping[str, Any] | None = None,
) -> StoredLink:
    """Park a party for one reason; what it was linked to stays known."""
    parked = replace(
        link or StoredLink(state=PartyState.PARKED),
        state=PartyState.PARKED,
        faults=(fault,),
        content_digest=None,
        proposal=proposal,
        sent_until=None,
    )
    if parked != link:
        put_link(connection, work.administration, wanted.key, parked, work.stamp(connection))
    return parked


def _park(
    relating: Relating, wanted: WantedParty, fault: PartyFault, proposal: Mapping[str, Any] | None = None
) -> None:
    with relating.work.engine.begin() as connection:
        relating.lease.assert_held(connection)
        link = relating.links.get(wanted.key)
        parked = note_fault(connection, relating.work, wanted, link, fault, proposal)
    relating.note_link(wanted, parked)
    relating.happened["parked"] += 1


def _settle_found(relating: Relating, wanted: WantedParty, found: Found) -> None:
    is_new_code = found.adds_side and relating.relations.sides is PartySides.ONE_ORGANISATION
    present = {} if is_new_code else found.relation.fields
    differing = differing_fields(wanted.fields, present, relating.relations.fields)
    write = PartyWrite(
        party=wanted.need.party,
        role=wanted.need.role,
        code=wanted.need.target_party if is_new_code else found.relation.code,
        fields=wanted.fields if is_new_code else differing,
        earlier=found.relation,
        adds_side=found.adds_side,
        is_person=wanted.source.is_person,
    )
    if found.adds_side:
        _add_side(relating, wanted, found, write)
    elif not write.fields:
        _link(relating, wanted, found.relation, found.matched_by)
    elif not relating.writes:
        _link(relating, wanted, found.relation, found.matched_by, proposal=_proposal(write))
    elif _may_write(relating, wanted):
        write_party(relating, wanted, write, found.matched_by)


def _add_side(relating: Relating, wanted: WantedParty, found: Found, write: PartyWrite) -> None:
    administration = relating.work.administration.target_administration
    why = relating.desk.why_no_side(administration, found.relation, wanted.need.role)
    if why is not None:
        _park(relating, wanted, PartyFault(code=ReasonCode.PARTY_SIDE_MISSING, detail=why))
        return
    if found.relation.code != write.code and _unfit(relating, wanted, write.code):
        return
    if not relating.writes:
        detail = f"{found.relation.code} {found.relation.name} is no {wanted.need.role}"
        fault = PartyFault(code=ReasonCode.PARTY_SIDE_MISSING, detail=detail)
        _park(relating, wanted, fault, _proposal(write))
    elif _may_write(relating, wanted):
        write_party(relating, wanted, write, found.matched_by)


def _settle_absent(relating: Relating, wanted: WantedParty, code: str, by: MatchedBy) -> None:
    if _unfit(relating, wanted, code):
        return
    write = PartyWrite(
        party=wanted.need.party,
        role=wanted.need.role,
        code=code,
        fields=wanted.fields,
        is_person=wanted.source.is_person,
    )
    if not relating.writes:
        fault = PartyFault(code=ReasonCode.PARTY_NOT_WRITTEN, detail=f"{code} {wanted.source.name}")
        _park(relating, wanted, fault, _proposal(write))
    elif _may_write(relating, wanted):
        write_party(relating, wanted, write, by)


def _unfit(relating: Relating, wanted: WantedParty, code: str) -> bool:
    administration = relating.work.administration.target_administration
    why = relating.desk.why_unfit(administration, wanted.need.role, code)
    if why is None:
        return False
    _park(relating, wanted, PartyFault(code=ReasonCode.PARTY_CODE_UNFIT, detail=why))
    return True


def _may_write(relating: Relating, wanted: WantedParty) -> bool:
    """Say whether a write may leave now; while an earlier one may still be worked on, none does."""
    link = relating.links.get(wanted.key)
    if link is not None and link.state in {PartyState.UNKNOWN, PartyState.WRITING}:
        settled_at = settles_at(link.sent_until, relating.relations.settle_s)
        if settled_at is None or relating.read_at < settled_at:
            relating.happened["unknown"] += 1
            return False
        relating.happened["absent"] += 1
    if relating.stopped:
        relating.happened["left"] += 1
        return False
    return True


def _link(
    relating: Relating,
    wanted: WantedParty,
    relation: TargetParty,
    matched_by: MatchedBy,
    *,
    proposal: Mapping[str, Any] | None = None,
) -> None:
    earlier = relating.links.get(wanted.key)
    link = StoredLink(
        state=PartyState.LINKED,
        target_party=relation.code,
        target_id=relation.id,
        matched_by=_first_match(earlier, matched_by),
        content_digest=wanted.content_digest,
        proposal=proposal,
    )
    work = relating.work
    if link != earlier:
        with work.engine.begin() as connection:
            relating.lease.assert_held(connection)
            put_link(connection, work.administration, wanted.key, link, work.stamp(connection))
    relating.note_link(wanted, link)
    relating.happened["linked" if proposal is None else "proposed"] += 1


def _first_match(earlier: StoredLink | None, matched_by: MatchedBy) -> MatchedBy:
    """Keep how a relation was found first: that it was linked since says nothing new."""
    if earlier is None or earlier.matched_by is None or matched_by is not MatchedBy.LINK:
        return matched_by
    return earlier.matched_by


def _proposal(write: PartyWrite) -> dict[str, Any]:
    what = "creates" if write.earlier is None else "adds_side" if write.adds_side else "updates"
    return {"what": what, "code": write.code, "fields": dict(write.fields)}
