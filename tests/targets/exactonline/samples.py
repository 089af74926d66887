"""The sample documents as entries in Exact's codes, and some that the samples lack."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.brief_entries import SALES
from tests.targets.coded_entries import CodedEntries, Codes
from tests.targets.dutch_samples import dutch_samples, more_entries
from tests.targets.exactonline.belgian_samples import BELGIAN
from tests.targets.exactonline.brief_entries import BRIEF, invoice, line

CODED = CodedEntries(
    BRIEF,
    Codes(
        accounts={
            "8000": "80501",
            "8010": "80502",
            "8020": "80503",
            "8030": "80504",
            "8040": "80505",
            "8050": "80506",
            "8060": "80507",
            "8070": "80510",
            "8090": "80590",
            "8100": "80330",
            "8110": "80345",
            "1350": "14305",
            "7000": "70251",
            "7010": "70252",
            "7100": "70153",
            "7110": "70154",
        },
        vat_codes={
            "VH21": "4",
            "VVERL": "5",
            "VICL": "6",
            "VBTN": "0",
            "IH21": "4",
            "IVERL21": "20",
            "IBTN": "25",
        },
        cost_centres={
            "8000": "INZ",
            "8010": "VERH",
            "8020": "VERW",
            "8040": "PERS",
            "8050": "MILIEU",
            "8060": "MILIEU",
            "8070": "HEFFING",
            "8100": "HANDEL",
        },
        self_billing_journal="61",
        foreign_journal="75",
    ),
)
SAMPLES: Mapping[str, Entry] = {**dutch_samples(CODED), "S9": BELGIAN["sales"]}

OTHERS: Mapping[str, Entry] = {
    **more_entries(CODED),
    "foreign currency": invoice(
        SALES,
        "F2026-0050",
        "40010",
        [line(1, "80340", "1000.00", "8", "Kunststof 4 ton")],
        journal="75",
        currency="USD",
        rate="0.92",
    ),
    "including vat code": invoice(
        SALES, "F2026-0052", "10045", [line(1, "80502", "50.00", "3", "Huur incl.")], vat={"3": "10.50"}
    ),
}
