"""Entries of most kinds in the codes of a Belgian administration; accounts are the environment's."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.afas.brief_entries import BRIEF_BE
from tests.targets.belgian_entries import belgian_entries
from tests.targets.coded_entries import CodedEntries, Codes

CODES = Codes(
    vat_codes={"BV21": "31", "BVMC": "32", "BVEXP": "33", "BID21": "35", "BIMC21": "37"},
    accounts={
        "700000": "8110",
        "700100": "8120",
        "700200": "8130",
        "700300": "8140",
        "700420": "8330",
        "700430": "8310",
        "404000": "1340",
        "700900": "8290",
        "600100": "4710",
        "602000": "4610",
        "640000": "4620",
    },
    cost_centres={
        "700000": "INZ",
        "700100": "VERH",
        "700200": "VERW",
        "700300": "INZ",
        "700420": "HANDEL",
        "700430": "HANDEL",
        "700900": "INZ",
        "600100": "HANDEL",
        "602000": "VERW",
        "640000": "VERW",
    },
    self_billing_journal="11",
    foreign_journal="20",
)
BELGIAN: Mapping[str, Entry] = belgian_entries(CodedEntries(BRIEF_BE, CODES))
