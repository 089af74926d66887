"""Describe debtors and creditors between source and package: who is needed, who is there, what is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from finance_hooks.model.outcome import Later, Unknown
from finance_hooks.model.park_reason import ReasonCode


class Role(StrEnum):
    """The side on which a party stands in the books."""

    DEBTOR = "debtor"
    CREDITOR = "creditor"


PartyKey = tuple[str, Role]
"""A party of the source by its number, and the side on which it is needed."""


class MatchedBy(StrEnum):
    """How a relation of the package was found to be a party of the source."""

    ROW = "row"
    LINK = "link"
    CODE = "code"
    VAT_NUMBER = "vat_number"
    REGISTRATION_NUMBER = "registration_number"
    CREATED = "created"
    PERSON = "person"


class PartySides(StrEnum):
    """How a package keeps somebody who is debtor and creditor.

    `ONE_RELATION`: one relation with one code, whose other side is switched on. `ONE_ORGANISATION`: a code
    for each side, both below one organisation. `SEPARATE`: two relations that know nothing of each other.
    """

    ONE_RELATION = "one_relation"
    ONE_ORGANISATION = "one_organisation"
    SEPARATE = "separate"


class PartyState(StrEnum):
    """Where a link stands: `writing` and `unknown` are writes under way and writes without an answer."""

    LINKED = "linked"
    WRITING = "writing"
    UNKNOWN = "unknown"
    PARKED = "parked"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyNeed:
    """A party that a document needs, and the code the mapping tables give it (`by_row`: a row of its own)."""

    party: str
    role: Role
    target_party: str
    by_row: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFault:
    """Why a party cannot be booked on; becomes a reason of every document that needs it."""

    code: ReasonCode
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLink:
    """What mapping must know of a party: the relation it was found to be, and what is wrong with it."""

    target_party: str | None
    faults: tuple[PartyFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetParty:
    """A relation as the package shows it.

    `id` is what the package knows it by across both sides, `fields` its texts by the package's own names, as
    far as we write them. `blocked` is true where nothing may be booked on it.
    """

    id: str
    code: str
    name: str
    roles: frozenset[Role]
    country: str = ""
    vat_number: str | None = None
    registration_number: str | None = None
    blocked: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyWrite:
    """What is written of one party: with `earlier` it changes that relation, else it makes a new one.

    `adds_side` gives an existing relation its other side. `fields` are by the package's own names.
    """

    party: str
    role: Role
    code: str
    fields: Mapping[str, str]
    earlier: TargetParty | None = None
    adds_side: bool = False
    is_person: bool = False

    @property
    def reference(self) -> str:
        """Name the write in outcomes and events."""
        return f"{self.role} {self.party}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The package has what was written, and knows the relation by this id and code."""

    id: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRefused:
    """The package refused the write, in its own words; nothing was changed."""

    why: str
    code: ReasonCode = ReasonCode.PARTY_REFUSED


PartyOutcome = Written | PartyRefused | Later | Unknown
