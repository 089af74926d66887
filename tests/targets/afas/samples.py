"""The sample documents as entries in AFAS's codes, and some that the samples lack."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.afas.belgian_samples import BELGIAN
from tests.targets.afas.brief_entries import BRIEF, invoice, line, memorial
from tests.targets.brief_entries import SALES, with_line
from tests.targets.coded_entries import CodedEntries, Codes
from tests.targets.dutch_samples import dutch_samples, more_entries

CODED = CodedEntries(
    BRIEF,
    Codes(
        accounts={
            "8000": "8110",
            "8010": "8120",
            "8020": "8130",
            "8030": "8140",
            "8040": "8150",
            "8050": "8160",
            "8060": "8170",
            "8070": "8180",
            "8090": "8290",
            "8100": "8310",
            "8110": "8320",
            "1350": "1340",
            "7000": "4710",
            "7010": "4720",
            "7100": "4610",
            "7110": "4620",
        },
        vat_codes={
            "VH21": "1",
            "VVERL": "4",
            "VICL": "11",
            "VBTN": "17",
            "IH21": "5",
            "IVERL21": "7",
            "IBTN": "16",
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
            "8030": "INZ",
            "8110": "HANDEL",
            "8090": "INZ",
            "7000": "HANDEL",
            "7010": "HANDEL",
            "7100": "VERW",
            "7110": "VERW",
        },
        self_billing_journal="11",
        foreign_journal="20",
    ),
)
SAMPLES: Mapping[str, Entry] = {**dutch_samples(CODED), "S9": BELGIAN["sales"]}

OTHERS: Mapping[str, Entry] = {
    **more_entries(CODED),
    "foreign currency": invoice(
        SALES,
        "F2026-0050",
        "40010",
        [
            line(1, "8330", "1000.00", "13", "Kunststof 4 ton", cost_centre="HANDEL"),
            line(2, "8330", "-33.33", "13", "Korting", cost_centre="HANDEL"),
        ],
        currency="USD",
        rate="0.9237",
    ),
    "two rates": invoice(
        SALES,
        "F2026-0052",
        "10045",
        [
            line(1, "8110", "100.00", "1", "Lediging", cost_centre="INZ"),
            line(2, "8140", "50.00", "2", "Laag tarief", cost_centre="INZ"),
        ],
        vat={"1": "21.00", "2": "4.50"},
    ),
    "credit note in foreign currency": invoice(
        SALES,
        "C2026-0050",
        "40010",
        [line(1, "8330", "-1000.00", "13", "Retour kunststof", cost_centre="HANDEL")],
        currency="USD",
        rate="0.92",
    ),
    "credit note with g account": invoice(
        SALES,
        "C2026-0047",
        "20007",
        [line(1, "8150", "-2000.00", "1", "Correctie detachering", cost_centre="PERS")],
        vat={"1": "-420.00"},
        g_account="-968.00",
    ),
    "memorial on a debtor": with_line(
        memorial(
            "M2026-0011",
            [
                line(1, "1300", "-23.70", None, "Afboeking"),
                line(2, "8140", "23.70", None, "Afboeking", cost_centre="INZ"),
            ],
        ),
        party="10045",
    ),
    "long number": invoice(
        SALES,
        "F2026-000000123456",
        "10045",
        [line(1, "8110", "100.00", "1", "Lediging", cost_centre="INZ")],
        vat={"1": "21.00"},
    ),
}
