"""Say whether two parties of the source may become one relation of a package."""

from finance_hooks.model.masters import Party
from finance_hooks.model.party import PartyKey, PartySides
from finance_hooks.posting.party_ids import registration_key, vat_key


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
