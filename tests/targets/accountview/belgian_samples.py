"""Entries of most kinds in the codes of a Belgian company."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.accountview.brief_entries import BRIEF_BE
from tests.targets.belgian_entries import belgian_entries
from tests.targets.coded_entries import CodedEntries, Codes

CODES = Codes(
    vat_codes={"BV21": "1", "BVMC": "4", "BVEXP": "7", "BID21": "12", "BIMC21": "14"},
    cost_centres={"700000": "INZ"},
    self_billing_journal="IZF",
    foreign_journal="VRV",
)
BELGIAN: Mapping[str, Entry] = belgian_entries(CodedEntries(BRIEF_BE, CODES))
