"""Entries of most kinds in the codes of a Belgian division."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.belgian_entries import BelgianCodes, BelgianEntries
from tests.targets.exactonline.brief_entries import BRIEF_BE

CODES = BelgianCodes(
    sales_21="03",
    sales_co_contractor="45",
    export="47",
    purchase_21="D21",
    purchase_co_contractor="87",
    self_billing_journal="61",
    foreign_journal="75",
)
BELGIAN: Mapping[str, Entry] = BelgianEntries(BRIEF_BE, CODES).all()
