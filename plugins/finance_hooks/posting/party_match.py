"""Find which relation of a package a party of the source is: one pure function, a ladder of five rungs.

Stored link, own code, VAT number, KvK or enterprise number; a name that agrees is only shown to a person.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.party import MatchedBy, PartyFault, PartyKey, PartySides, Role, TargetParty
from finance_hooks.posting.party_ids import name_key, registration_key, vat_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A party that is looked for: the code the tables give it, its numbers, and what it was linked to."""

    party: str
    role: Role
    code: str
    by_row: bool
    name: str
    country: str
    vat_number: str | None
    registration_number: str | None
    linked_code: str | None = None
    linked_id: str | None = None
    linked_by_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The relation it is; `adds_side` when it must still be made a debtor or creditor."""

    relation: TargetParty
    matched_by: MatchedBy
    adds_side: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotThere:
    """The package has no such relation: it can be made under this code."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A person must say, for this reason."""

    fault: PartyFault


Match = Found | NotThere | Doubt


@dataclass(slots=True, kw_only=True)
class PartyIndex:
    """The relations of a package, by what they are looked for; `holders` say which are linked to whom."""

    sides: PartySides
    by_code: dict[str, list[TargetParty]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[str, list[TargetParty]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, list[TargetParty]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, list[TargetParty]] = field(default_factory=lambda: defaultdict(list))
    holders: dict[tuple[str, Role], PartyKey] = field(default_factory=dict)

    def add(self, relation: TargetParty) -> None:
        """Take up one relation; another state of a known one takes its place."""
        for shelf in (self.by_code, self.by_id, self.by_number, self.by_name):
            for held in shelf.values():
                held[:] = [each for each in held if not self._is_same(each, relation)]
        self.put(relation)

    def put(self, relation: TargetParty) -> None:
        """Take up one relation that is not there yet."""
        self.by_code[relation.code.upper()].append(relation)
        self.by_id[relation.id].append(relation)
        self.by_name[name_key(relation.name)].append(relation)
        for number in _numbers(relation):
            self.by_number[number].append(relation)

    def _is_same(self, each: TargetParty, relation: TargetParty) -> bool:
        same_side = self.sides is PartySides.ONE_RELATION or bool(each.roles & relation.roles)
        return (each.id, each.code) == (relation.id, relation.code) and same_side


def make_index(
    relations: Iterable[TargetParty], sides: PartySides, held: Mapping[PartyKey, str | None]
) -> PartyIndex:
    """Index what was read of a package, and the codes that parties are linked to already."""
    index = PartyIndex(sides=sides)
    for relation in relations:
        index.put(relation)
    for key, code in held.items():
        if code is not None:
            index.holders[code.upper(), key[1]] = key
    return index


def find_party(asked: Asked, index: PartyIndex) -> Match:
    """Find the relation, or say that there is none, or what a person must decide."""
    for rung in (_linked, _coded, _numbered, _named):
        match = rung(asked, index)
        if isinstance(match, Found):
            return _usable(match, index)
        if match is not None:
            return match
    return NotThere(code=_code_of(asked))


def _linked(asked: Asked, index: PartyIndex) -> Match | None:
    if asked.by_row or asked.linked_code is None:
        return None
    at_code = index.by_code.get(asked.linked_code.upper(), [])
    same = [each for each in at_code if each.id == asked.linked_id]
    # People may give its code to somebody else: who bears its id is the one that was linked.
    relation = _of_side(same or index.by_id.get(asked.linked_id or "", []) or at_code, asked, index)
    if relation is None:
        return None
    by = MatchedBy.PERSON if asked.linked_by_person else MatchedBy.LINK
    return _found(relation, asked, by)


def _coded(asked: Asked, index: PartyIndex) -> Match | None:
    at_code = index.by_code.get(_code_of(asked).upper(), [])
    relation = _of_side(at_code, asked, index)
    if relation is None:
        return _taken_by_other_side(asked, at_code, index)
    if asked.by_row:
        return _found(relation, asked, MatchedBy.ROW)
    return (
        _held(asked, relation, index)
        or _contradicts(asked, relation)
        or _found(relation, asked, MatchedBy.CODE)
    )


def _numbered(asked: Asked, index: PartyIndex) -> Match | None:
    if asked.by_row or asked.linked_by_person:
        return None
    for number, by in (
        (vat_key(asked.vat_number, asked.country), MatchedBy.VAT_NUMBER),
        (registration_key(asked.registration_number, asked.country), MatchedBy.REGISTRATION_NUMBER),
    ):
        same = _candidates(index.by_number.get(number, []) if number else [], asked, index)
        if len({each.id for each in same}) > 1 or len(_with_side(same, asked.role)) > 1:
            shown = "; ".join(_show(each) for each in same)
            return _doubt(ReasonCode.PARTY_AMBIGUOUS, f"{number}: {shown}")
        if same:
            relation = next(iter(_with_side(same, asked.role)), same[0])
            return (
                _held(asked, relation, index) or _contradicts(asked, relation) or _found(relation, asked, by)
            )
    return None


def _named(asked: Asked, index: PartyIndex) -> Match | None:
    if asked.by_row or asked.linked_by_person:
        return None
    same = [
        each
        for each in _candidates(index.by_name.get(name_key(asked.name), []), asked, index)
        if _contradicts(asked, each) is None and _held(asked, each, index) is None
    ]
    if not same:
        return None
    return _doubt(ReasonCode.PARTY_PROPOSED, f"{asked.name}: {'; '.join(_show(each) for each in same)}")


def _code_of(asked: Asked) -> str:
    return asked.linked_code if asked.linked_by_person and asked.linked_code else asked.code


def _of_side(relations: list[TargetParty], asked: Asked, index: PartyIndex) -> TargetParty | None:
    """Choose of the relations of one code the one that serves the side."""
    served = _with_side(relations, asked.role)
    if not served and index.sides is PartySides.ONE_RELATION:
        served = relations
    return served[0] if served else None


def _candidates(relations: list[TargetParty], asked: Asked, index: PartyIndex) -> list[TargetParty]:
    """Leave out what can never serve the side: a package that keeps sides apart has another one for it."""
    return _with_side(relations, asked.role) if index.sides is PartySides.SEPARATE else relations


def _taken_by_other_side(asked: Asked, at_code: list[TargetParty], index: PartyIndex) -> Doubt | None:
    if not at_code or index.sides is not PartySides.SEPARATE:
        return None
    return _doubt(ReasonCode.PARTY_SIDE_MISSING, f"{_show(at_code[0])} is no {asked.role}")


def _contradicts(asked: Asked, relation: TargetParty) -> Doubt | None:
    """See somebody else under the same code: both have a valid VAT number and they differ."""
    ours, theirs = vat_key(asked.vat_number, asked.country), vat_key(relation.vat_number, relation.country)
    if ours is None or theirs is None or ours == theirs:
        return None
    return _doubt(ReasonCode.PARTY_COLLIDES, f"{_show(relation)}; 21QUBZ has {ours}")


def _held(asked: Asked, relation: TargetParty, index: PartyIndex) -> Doubt | None:
    holder = index.holders.get((relation.code.upper(), asked.role))
    if holder in {None, (asked.party, asked.role)}:
        return None
    return _doubt(ReasonCode.PARTY_AMBIGUOUS, f"{_show(relation)} is relation {holder[0]} of 21QUBZ already")


def _usable(found: Found, index: PartyIndex) -> Match:
    is_new_side = found.adds_side and index.sides is PartySides.ONE_ORGANISATION
    if found.relation.blocked and not is_new_side:
        return _doubt(ReasonCode.PARTY_BLOCKED, _show(found.relation))
    return found


def _found(relation: TargetParty, asked: Asked, matched_by: MatchedBy) -> Found:
    return Found(relation=relation, matched_by=matched_by, adds_side=asked.role not in relation.roles)


def _doubt(code: ReasonCode, detail: str) -> Doubt:
    return Doubt(fault=PartyFault(code=code, detail=detail))


def _with_side(relations: list[TargetParty], role: Role) -> list[TargetParty]:
    return [each for each in relations if role in each.roles]


def _numbers(relation: TargetParty) -> Iterator[str]:
    keys = {
        vat_key(relation.vat_number, relation.country),
        registration_key(relation.registration_number, relation.country),
    }
    yield from (key for key in keys if key is not None)


def _show(relation: TargetParty) -> str:
    sides = "/".join(sorted(relation.roles)) or "no side"
    number = relation.vat_number or relation.registration_number or "-"
    return f"{relation.code} {relation.name} ({sides}, {number})"
