"""Entries of most kinds in the codes of a Belgian office."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.belgian_entries import BelgianCodes, BelgianEntries
from tests.targets.twinfield.brief_entries import BRIEF_BE

CODES = BelgianCodes(
    sales_21="V21",
    sales_co_contractor="VMC",
    export="VEXP",
    purchase_21="AD21",
    purchase_co_contractor="AMC",
    self_billing_journal="INKZ",
    foreign_journal="VRK",
    customer="D{}",
    supplier="C{}",
    cost_centres={"700000": "KP10"},
)
BELGIAN: Mapping[str, Entry] = BelgianEntries(BRIEF_BE, CODES).all()
