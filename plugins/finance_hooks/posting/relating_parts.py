"""Put together what relations are written with, from what documents are mapped with."""

from datetime import date

from finance_hooks.mapping.payment_terms import map_payment_terms
from finance_hooks.posting.prepare import Mapping
from finance_hooks.posting.relating import Relations
from finance_hooks.targets.base import Target


def relations_of(mapping: Mapping, target: Target, day: date) -> Relations:
    """Take the source's masters, the package's fields, and its payment terms of one day."""
    masters = mapping.masters
    return Relations(
        masters=masters,
        fields=target.party_ownership.fields,
        sides=target.party_ownership.sides,
        payment_terms=map_payment_terms(masters.payment_terms, mapping.tables, day),
        settle_s=target.settings.settle_s,
    )
