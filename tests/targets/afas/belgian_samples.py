"""Entries of most kinds in the codes of a Belgian administration; accounts are the environment's."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.afas.brief_entries import BRIEF_BE
from tests.targets.belgian_entries import BelgianCodes, BelgianEntries

CODES = BelgianCodes(
    sales_21="31",
    sales_co_contractor="32",
    export="33",
    purchase_21="35",
    purchase_co_contractor="37",
    self_billing_journal="11",
    foreign_journal="20",
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
)
BELGIAN: Mapping[str, Entry] = BelgianEntries(BRIEF_BE, CODES).all()
