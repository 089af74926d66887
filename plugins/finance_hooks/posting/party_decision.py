"""Decide what happens to one needed party: linked, written, or left to a person; nothing is done here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from finance_hooks.model.party_field import PartyField, differing_fields
from finance_hooks.posting.party_match import Doubt, Found, NotThere, PartyIndex, find_party
from finance_hooks.posting.party_values import WantedParty
from finance_hooks.store.party_links import StoredLink
from finance_hooks.targets.base import PartyDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class Parks:
    """A person must say something first; `proposal` is what would be written if it were allowed."""

    fault: PartyFault
    proposal: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """It is this relation, which needs no write; `proposal` is what would be written if it were allowed."""

    relation: TargetParty
    matched_by: MatchedBy
    proposal: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Writes:
    """The relation has to be made or changed by this write."""

    write: PartyWrite
    matched_by: MatchedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """What decisions go by: the relations that were read, the package's rules, and the policy."""

    index: PartyIndex
    desk: PartyDesk
    administration: str
    fields: tuple[PartyField, ...]
    writes: bool

    def decide(self, wanted: WantedParty, link: StoredLink | None) -> Parks | Links | Writes:
        """Say what the package's relations demand for one party."""
        asked = wanted.asked(link)
        match find_party(asked, self.index):
            case Doubt(fault=fault):
                return Parks(fault=fault)
            case Found() as found:
                return self._found(wanted, found)
            case NotThere(code=code):
                by = MatchedBy.PERSON if asked.linked_by_person else MatchedBy.CREATED
                return self._absent(wanted, code, by)

    def _found(self, wanted: WantedParty, found: Found) -> Parks | Links | Writes:
        is_new_code = found.adds_side and self.index.sides is PartySides.ONE_ORGANISATION
        present = {} if is_new_code else found.relation.fields
        differing = differing_fields(wanted.fields, present, self.fields)
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
            return self._side(wanted, found, write)
        if not write.fields or not self.writes:
            proposal = _proposal(write) if write.fields else None
            return Links(relation=found.relation, matched_by=found.matched_by, proposal=proposal)
        return Writes(write=write, matched_by=found.matched_by)

    def _side(self, wanted: WantedParty, found: Found, write: PartyWrite) -> Parks | Writes:
        why = self.desk.why_no_side(self.administration, found.relation, wanted.need.role)
        if why is not None:
            return Parks(fault=PartyFault(code=ReasonCode.PARTY_SIDE_MISSING, detail=why))
        unfit = self._unfit(wanted, write.code) if found.relation.code != write.code else None
        if unfit is not None:
            return unfit
        if self.writes:
            return Writes(write=write, matched_by=found.matched_by)
        detail = f"{found.relation.code} {found.relation.name} is no {wanted.need.role}"
        fault = PartyFault(code=ReasonCode.PARTY_SIDE_MISSING, detail=detail)
        return Parks(fault=fault, proposal=_proposal(write))

    def _absent(self, wanted: WantedParty, code: str, by: MatchedBy) -> Parks | Writes:
        unfit = self._unfit(wanted, code)
        if unfit is not None:
            return unfit
        write = PartyWrite(
            party=wanted.need.party,
            role=wanted.need.role,
            code=code,
            fields=wanted.fields,
            is_person=wanted.source.is_person,
        )
        if self.writes:
            return Writes(write=write, matched_by=by)
        fault = PartyFault(code=ReasonCode.PARTY_NOT_WRITTEN, detail=f"{code} {wanted.source.name}")
        return Parks(fault=fault, proposal=_proposal(write))

    def _unfit(self, wanted: WantedParty, code: str) -> Parks | None:
        why = self.desk.why_unfit(self.administration, wanted.need.role, code)
        return None if why is None else Parks(fault=PartyFault(code=ReasonCode.PARTY_CODE_UNFIT, detail=why))


def parked_link(earlier: StoredLink | None, decision: Parks) -> StoredLink:
    """Put down that a party is parked for one reason; what it was linked to stays known."""
    return replace(
        earlier or StoredLink(state=PartyState.PARKED),
        state=PartyState.PARKED,
        faults=(decision.fault,),
        content_digest=None,
        proposal=decision.proposal,
        sent_until=None,
    )


def found_link(earlier: StoredLink | None, wanted: WantedParty, decision: Links) -> StoredLink:
    """Put down which relation a party is."""
    return StoredLink(
        state=PartyState.LINKED,
        target_party=decision.relation.code,
        target_id=decision.relation.id,
        matched_by=_first_match(earlier, decision.matched_by),
        content_digest=wanted.content_digest,
        proposal=decision.proposal,
    )


def _first_match(earlier: StoredLink | None, matched_by: MatchedBy) -> MatchedBy:
    """Keep how a relation was found first: that it was linked since says nothing new."""
    if earlier is None or earlier.matched_by is None or matched_by is not MatchedBy.LINK:
        return matched_by
    return earlier.matched_by


def what_happens(write: PartyWrite) -> str:
    """Name what a write does: it creates a relation, adds a side to one, or updates one."""
    return "creates" if write.earlier is None else "adds_side" if write.adds_side else "updates"


def _proposal(write: PartyWrite) -> dict[str, Any]:
    return {"what": what_happens(write), "code": write.code, "fields": dict(write.fields)}
