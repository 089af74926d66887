"""Entries of most kinds in the codes of a Belgian division."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.belgian_entries import belgian_entries
from tests.targets.coded_entries import CodedEntries, Codes
from tests.targets.exactonline.brief_entries import BRIEF_BE

CODES = Codes(
    vat_codes={"BV21": "03", "BVMC": "45", "BVEXP": "47", "BID21": "D21", "BIMC21": "87"},
    cost_centres={"700000": "INZ"},
    self_billing_journal="61",
    foreign_journal="75",
)
BELGIAN: Mapping[str, Entry] = belgian_entries(CodedEntries(BRIEF_BE, CODES))
