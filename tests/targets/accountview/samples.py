"""The sample documents as entries in AccountView's codes, and some that the samples lack."""

from collections.abc import Mapping
from dataclasses import replace

from finance_hooks.model.entry import Entry
from tests.targets.accountview.belgian_samples import BELGIAN
from tests.targets.accountview.brief_entries import BRIEF, invoice, line, memorial
from tests.targets.brief_entries import PURCHASE, SALES
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
            "8090": "8900",
            "8100": "8310",
            "8110": "8320",
            "1350": "1250",
            "7000": "7110",
            "7010": "7120",
            "7100": "7010",
            "7110": "7020",
        },
        vat_codes={
            "VH21": "1",
            "VVERL": "4",
            "VICL": "5",
            "VBTN": "0",
            "IH21": "11",
            "IVERL21": "14",
            "IBTN": "19",
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
        self_billing_journal="IZF",
        foreign_journal="VRV",
    ),
)
SAMPLES: Mapping[str, Entry] = {**dutch_samples(CODED), "S9": BELGIAN["sales"]}

_LINKED = memorial(
    "M2026-0011",
    [line(1, "1210", "-60.50", None, "Correctie debiteur"), line(2, "4710", "60.50", None, "Afboeking")],
)
OTHERS: Mapping[str, Entry] = {
    **more_entries(CODED),
    "foreign currency": invoice(
        SALES,
        "F2026-0050",
        "40010",
        [line(1, "8330", "1000.00", "7", "Kunststof 4 ton")],
        journal="VRV",
        currency="USD",
        rate="0.92",
    ),
    "foreign purchase": invoice(
        PURCHASE,
        "INV-2026-77",
        "70011",
        [
            line(1, "7130", "333.33", "19", "Paper bales"),
            line(2, "7130", "333.33", "19", "Paper bales"),
            line(3, "7130", "-0.05", "19", "Rounding"),
        ],
        journal="IKV",
        currency="USD",
        rate="0.9185",
    ),
    "foreign purchase in whole cents": invoice(
        PURCHASE,
        "INV-2026-78",
        "70011",
        [line(1, "7130", "300.00", "19", "Paper bales"), line(2, "7130", "200.00", "19", "Paper rolls")],
        journal="IKV",
        currency="USD",
        rate="0.92",
    ),
    "long number": invoice(
        PURCHASE,
        "AVI-2026-0088121",
        "70020",
        [line(1, "7010", "10.00", "11", "Verbranding")],
        vat={"11": "2.10"},
    ),
    "memorial with a party": replace(
        _LINKED, lines=(replace(_LINKED.lines[0], party="10045"), _LINKED.lines[1])
    ),
}
