"""Say whether an unanswered write may still be worked on, and be making what another one would make again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from finance_hooks.model.masters import Party
from finance_hooks.model.party import PartyKey, PartySides, PartyState
from finance_hooks.posting.party_ids import registration_key, vat_key
from finance_hooks.posting.party_values import WantedParty
from finance_hooks.posting.relating import Relations
from finance_hooks.posting.settle_time import settles_at
from finance_hooks.store.party_links import StoredLink


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """What links say of writes, held against relations that were read at an instant."""

    links: Mapping[PartyKey, StoredLink]
    relations: Relations
    read_at: datetime

    def is_own(self, link: StoredLink | None) -> bool:
        """Say whether the write of a link may still be worked on: what was read does not tell its outcome."""
        if link is None or link.state not in {PartyState.UNKNOWN, PartyState.WRITING}:
            return False
        settled_at = settles_at(link.sent_until, self.relations.settle_s)
        return settled_at is None or self.read_at < settled_at

    def is_twins(self, wanted: WantedParty) -> bool:
        """Say whether the write of another party may be making the relation that this one needs."""
        parties, sides = self.relations.masters.parties, self.relations.sides
        return any(
            key != wanted.key
            and key[0] in parties
            and self.is_own(link)
            and may_be_one(wanted.key, wanted.source, key, parties[key[0]], sides)
            for key, link in self.links.items()
        )


def may_be_one(key: PartyKey, party: Party, other_key: PartyKey, other: Party, sides: PartySides) -> bool:
    """Compare two parties as they are needed: by number of the source, VAT number and registration number.

    A package that keeps its sides apart never makes one relation of a debtor and a creditor.
    """
    if sides is PartySides.SEPARATE and key[1] is not other_key[1]:
        return False
    return key[0] == other_key[0] or not _numbers(party).isdisjoint(_numbers(other))


def _numbers(party: Party) -> set[str]:
    keys = {vat_key(party.vat_number, party.country), registration_key(party.coc_number, party.country)}
    return {key for key in keys if key is not None}
