"""Put down what the source knows of a party, as it will be compared with the package and written there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from finance_hooks.model.digest import digest_of
from finance_hooks.model.masters import Party
from finance_hooks.model.party import MatchedBy, PartyKey, PartyNeed
from finance_hooks.model.party_field import PartyField, PartyValue, owned_names, write_fields
from finance_hooks.posting.party_ids import registration_key, vat_key
from finance_hooks.posting.party_match import Asked
from finance_hooks.store.party_links import StoredLink

VERSION = "v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedParty:
    """A party that documents need, with its fields as the package calls them.

    `content_digest` tells whether anything that we keep equal changed since it was last written or compared.
    """

    need: PartyNeed
    source: Party
    fields: Mapping[str, str]
    content_digest: str
    refused_before: bool = False

    @property
    def key(self) -> PartyKey:
        """Name party and side."""
        return self.need.party, self.need.role

    def asked(self, link: StoredLink | None) -> Asked:
        """Say what is looked for in the package; a link that was never seen there counts for nothing."""
        by_person = link is not None and link.matched_by is MatchedBy.PERSON
        known = link if link is not None and (by_person or link.target_id is not None) else None
        return Asked(
            party=self.need.party,
            role=self.need.role,
            code=self.need.target_party,
            by_row=self.need.by_row,
            name=self.source.name,
            country=self.source.country,
            vat_number=self.source.vat_number,
            registration_number=self.source.coc_number,
            linked_code=None if known is None else known.target_party,
            linked_id=None if known is None else known.target_id,
            linked_by_person=by_person,
        )


def want_party(
    need: PartyNeed,
    party: Party,
    fields: Iterable[PartyField],
    payment_terms: Mapping[str, str],
    *,
    refused_before: bool = False,
) -> WantedParty:
    """Write one party as the package wants it; `payment_terms` are the package's codes by the source's."""
    known = tuple(fields)
    written = write_fields(_values(party, payment_terms), need.role, known, person=party.is_person)
    owned = {name: written[name] for name in sorted(owned_names(need.role, known) & set(written))}
    content = [need.role, need.target_party, need.by_row, owned]
    return WantedParty(
        need=need,
        source=party,
        fields=written,
        content_digest=f"{VERSION}:{digest_of(content)}",
        refused_before=refused_before,
    )


def _values(party: Party, payment_terms: Mapping[str, str]) -> dict[PartyValue, str]:
    line = " ".join(part for part in (party.street, party.house_number, party.addition) if part)
    values = {
        PartyValue.NAME: party.name,
        PartyValue.ADDRESS_LINE: line,
        PartyValue.STREET: party.street,
        PartyValue.HOUSE_NUMBER: party.house_number,
        PartyValue.ADDITION: party.addition,
        PartyValue.POSTAL_CODE: party.postal_code,
        PartyValue.CITY: party.city,
        PartyValue.COUNTRY: party.country,
        PartyValue.EMAIL: party.email,
        # A number that is not valid is no number: it is neither compared nor written.
        PartyValue.VAT_NUMBER: vat_key(party.vat_number, party.country),
        PartyValue.REGISTRATION_NUMBER: _registration(party),
        PartyValue.PAYMENT_TERM: payment_terms.get(party.payment_term or ""),
    }
    return {value: text for value, text in values.items() if text}


def _registration(party: Party) -> str | None:
    is_valid = registration_key(party.coc_number, party.country) is not None
    return party.coc_number if is_valid else None
