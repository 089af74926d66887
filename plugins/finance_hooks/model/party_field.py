"""Say which field of a package each value of a party is written to, and when it is ours to write."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from finance_hooks.model.party import PartySides, Role
from finance_hooks.model.printable import cut, printable


class PartyValue(StrEnum):
    """What the source knows of a party; an address line is street, house number and addition together."""

    NAME = "name"
    ADDRESS_LINE = "address_line"
    STREET = "street"
    HOUSE_NUMBER = "house_number"
    ADDITION = "addition"
    POSTAL_CODE = "postal_code"
    CITY = "city"
    COUNTRY = "country"
    EMAIL = "email"
    VAT_NUMBER = "vat_number"
    REGISTRATION_NUMBER = "registration_number"
    PAYMENT_TERM = "payment_term"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyField:
    """One field of a package that we write when a relation is made, and where `on_update` keeps equal.

    `target_field` is the package's own name, `length` the characters it takes; `role` is set where the field
    belongs to one side only, `person` where persons and organisations have fields of their own.
    """

    value: PartyValue
    target_field: str
    length: int | None = None
    on_update: bool = False
    role: Role | None = None
    person: bool | None = None

    def belongs_to(self, role: Role, *, person: bool) -> bool:
        """Whether a party of this kind, on this side, has the field."""
        return self.role in {None, role} and self.person in {None, person}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyOwnership:
    """Whose the fields of a package's relations are: ours to make and to keep equal, or people's.

    `untouched` are the package's names of what people keep there and we never write, `sides` how it keeps
    somebody who is debtor and creditor.
    """

    sides: PartySides
    fields: tuple[PartyField, ...]
    untouched: tuple[str, ...]


NO_OWNERSHIP = PartyOwnership(sides=PartySides.SEPARATE, fields=(), untouched=())
"""Of a package whose relations we neither read nor write."""


def write_fields(
    values: Mapping[PartyValue, str], role: Role, fields: Iterable[PartyField], *, person: bool = False
) -> dict[str, str]:
    """Write a party's values as the package's fields; what the source leaves empty is left out."""
    written = {}
    for each in fields:
        text = printable(values.get(each.value, "")).strip()
        if text and each.belongs_to(role, person=person):
            written[each.target_field] = cut(text, each.length).strip()
    return written


def differing_fields(
    wanted: Mapping[str, str], present: Mapping[str, str], fields: Iterable[PartyField]
) -> dict[str, str]:
    """Choose the fields that are ours to keep equal and are not; capitals and blanks make no difference."""
    return {
        each.target_field: wanted[each.target_field]
        for each in fields
        if each.on_update
        and each.target_field in wanted
        and _plain(wanted[each.target_field]) != _plain(present.get(each.target_field, ""))
    }


def owned_names(role: Role, fields: Iterable[PartyField]) -> frozenset[str]:
    """Name the package's fields that we keep equal for a side."""
    return frozenset(each.target_field for each in fields if each.on_update and each.role in {None, role})


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
