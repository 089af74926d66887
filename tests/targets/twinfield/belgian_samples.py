"""Entries of most kinds in the codes of a Belgian office."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.belgian_entries import belgian_entries
from tests.targets.coded_entries import CodedEntries, Codes
from tests.targets.twinfield.brief_entries import BRIEF_BE

CODES = Codes(
    vat_codes={"BV21": "V21", "BVMC": "VMC", "BVEXP": "VEXP", "BID21": "AD21", "BIMC21": "AMC"},
    cost_centres={"700000": "KP10"},
    customer="D{}",
    supplier="C{}",
    self_billing_journal="INKZ",
    foreign_journal="VRK",
)
BELGIAN: Mapping[str, Entry] = belgian_entries(CodedEntries(BRIEF_BE, CODES))
