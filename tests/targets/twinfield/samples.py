"""The sample documents as entries in Twinfield's codes, and some that the samples lack."""

from collections.abc import Mapping
from dataclasses import replace

from finance_hooks.model.entry import Entry
from tests.targets.brief_entries import SALES
from tests.targets.coded_entries import CodedEntries, Codes
from tests.targets.dutch_samples import dutch_samples, more_entries
from tests.targets.twinfield.belgian_samples import BELGIAN
from tests.targets.twinfield.brief_entries import BRIEF, invoice, line, memorial

CODED = CodedEntries(
    BRIEF,
    Codes(
        accounts={
            "8000": "8210",
            "8010": "8220",
            "8020": "8230",
            "8030": "8240",
            "8040": "8250",
            "8050": "8260",
            "8060": "8265",
            "8070": "8270",
            "8090": "8290",
            "8100": "8310",
            "8110": "8320",
            "1350": "1390",
            "7000": "7210",
            "7010": "7220",
            "7100": "7310",
            "7110": "7320",
        },
        vat_codes={
            "VH21": "VH",
            "VVERL": "VVL",
            "VICL": "VEUL",
            "VBTN": "VG",
            "IH21": "IH",
            "IVERL21": "IVLH",
            "IBTN": "IG",
        },
        cost_centres={
            "8000": "KP10",
            "8010": "KP30",
            "8020": "KP20",
            "8040": "KP60",
            "8050": "KP50",
            "8060": "KP50",
            "8070": "KP70",
            "8100": "KP40",
        },
        customer="D{}",
        supplier="C{}",
        self_billing_journal="INKZ",
        foreign_journal="VRK",
    ),
)
SAMPLES: Mapping[str, Entry] = {**dutch_samples(CODED), "S9": BELGIAN["sales"]}

OTHERS: Mapping[str, Entry] = {
    **more_entries(CODED),
    "foreign currency": invoice(
        SALES,
        "F2026-0050",
        "D40010",
        [line(1, "8330", "1000.00", "VEXP", "Kunststof 4 ton"), line(2, "8330", "33.33", "VEXP", "Folie")],
        currency="USD",
        rate="0.92",
    ),
    "foreign currency with VAT": invoice(
        SALES,
        "F2026-0053",
        "D10046",
        [line(1, "8220", "100.01", "VH", "Huur"), line(2, "8220", "33.33", "VH", "Huur")],
        vat={"VH": "28.00"},
        currency="USD",
        rate="0.92",
    ),
    "memorial of a party": memorial(
        "M2026-0011",
        [
            replace(line(1, "1300", "75.00", None, "Verrekening"), party="D20007"),
            line(2, "4100", "-75.00", None, "Verrekening", cost_centre="KP10"),
        ],
    ),
}
