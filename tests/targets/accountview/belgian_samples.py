"""Entries of most kinds in the codes of a Belgian company."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.accountview.brief_entries import BRIEF_BE
from tests.targets.belgian_entries import BelgianCodes, BelgianEntries

CODES = BelgianCodes(
    sales_21="1",
    sales_co_contractor="4",
    export="7",
    purchase_21="12",
    purchase_co_contractor="14",
    self_billing_journal="IZF",
    foreign_journal="VRV",
)
BELGIAN: Mapping[str, Entry] = BelgianEntries(BRIEF_BE, CODES).all()
