"""The sample documents as entries in Twinfield's codes, and some that the samples lack."""

from collections.abc import Mapping
from dataclasses import replace

from finance_hooks.model.entry import Entry
from tests.targets.brief_entries import PURCHASE, SALES
from tests.targets.twinfield.belgian_samples import BELGIAN
from tests.targets.twinfield.brief_entries import invoice, line, memorial

SAMPLES: Mapping[str, Entry] = {
    "S1": invoice(
        SALES,
        "F2026-0042",
        "D10045",
        [
            line(1, "8210", "150.00", "VH", "Lediging rolcontainer 240 l", cost_centre="KP10"),
            line(2, "8220", "12.50", "VH", "Huur container oktober", cost_centre="KP30"),
            line(3, "8230", "176.70", "VH", "Verwerking restafval 1,240 ton", cost_centre="KP20"),
            line(4, "8240", "6.75", "VH", "Milieutoeslag"),
        ],
        vat={"VH": "72.65"},
        description="Inzameling oktober 2026, Restaurant De Proef, Voorbeeldstad",
    ),
    "S2": invoice(
        SALES,
        "F2026-0043",
        "D20007",
        [
            line(1, "8310", "3307.20", "VVL", "Oud ijzer 12,480 ton", cost_centre="KP40"),
            line(2, "8220", "185.00", "VH", "Huur afzetcontainer"),
        ],
        vat={"VH": "38.85"},
        payment_term="14",
    ),
    "S3": invoice(
        SALES,
        "C2026-0007",
        "D10045",
        [
            line(1, "8210", "-18.75", "VH", "Correctie lediging", cost_centre="KP10"),
            line(2, "8240", "-0.84", "VH", "Correctie toeslag"),
        ],
        vat={"VH": "-4.11"},
        description="Creditnota bij F2026-0042",
    ),
    "S4": invoice(
        SALES, "F2026-0044", "D30010", [line(1, "8320", "2638.48", "VEUL", "Oud papier 22,360 ton")]
    ),
    "S5": invoice(
        SALES,
        "F2026-0045",
        "D10045",
        [line(1, "8260", "128.80", "VH", "Milieustraat 460 kg", cost_centre="KP50")],
        vat={"VH": "27.05"},
    ),
    "S6": invoice(
        SALES,
        "F2026-0046",
        "D10060",
        [line(1, "8265", "27.60", "VG", "Milieustraat bewoner 120 kg", cost_centre="KP50")],
        payment_term=None,
    ),
    "S7": invoice(
        SALES,
        "F2026-0047",
        "D20007",
        [line(1, "8250", "2000.00", "VH", "Detachering 32 uur", cost_centre="KP60", cost_unit="REST")],
        vat={"VH": "420.00"},
        g_account="968.00",
    ),
    "S8": invoice(
        SALES,
        "A2026-0001",
        "D10080",
        [
            line(1, "8270", "115.32", "VG", "Vast tarief", cost_centre="KP70"),
            line(2, "8270", "121.50", "VG", "9 ledigingen 240 l", cost_centre="KP70"),
        ],
    ),
    "S9": BELGIAN["sales"],
    "P1": invoice(
        PURCHASE,
        "Z2026-0012",
        "C70007",
        [
            line(1, "7210", "810.60", "IVLH", "Oud ijzer 3,860 ton", reverse_charge="170.23"),
            line(2, "7210", "1147.00", "IVLH", "Koper 0,185 ton", reverse_charge="240.87"),
        ],
        journal="INKZ",
        payment_term="14",
        description="Zelffacturering Metaalhandel Test B.V.",
    ),
    "P2": invoice(
        PURCHASE, "Z2026-0013", "C70060", [line(1, "7220", "14.45", "IG", "Oud ijzer particulier 85 kg")]
    ),
    "P3": invoice(
        PURCHASE,
        "AVI-88120",
        "C70020",
        [
            line(1, "7310", "2422.56", "IH", "Verbranding 24,720 ton"),
            line(2, "7320", "988.80", "IH", "Afvalstoffenbelasting"),
        ],
        vat={"IH": "716.39"},
    ),
    "J1": memorial(
        "M2026-0010",
        [
            line(1, "1390", "1250.00", None, "Nog te factureren oktober"),
            line(2, "8290", "-1250.00", None, "Nog te factureren oktober"),
        ],
    ),
}

OTHERS: Mapping[str, Entry] = {
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
    "mixed signs": invoice(
        SALES,
        "F2026-0051",
        "D10045",
        [
            line(1, "8210", "200.00", "VH", "Lediging", cost_centre="KP10"),
            line(2, "8240", "-50.00", "VH", "Korting"),
            line(3, "8310", "-10.00", "VVL", "Vergoeding oud ijzer"),
        ],
        vat={"VH": "31.50"},
    ),
    "purchase credit note": invoice(
        PURCHASE,
        "AVI-C-881",
        "C70020",
        [line(1, "7310", "-100.00", "IH", "Correctie verbranding")],
        vat={"IH": "-21.00"},
    ),
    "self-billed credit note": invoice(
        PURCHASE,
        "Z2026-0014",
        "C70007",
        [line(1, "7210", "-100.00", "IVLH", "Correctie", reverse_charge="-21.00")],
        journal="INKZ",
    ),
    "memorial of a party": memorial(
        "M2026-0011",
        [
            replace(line(1, "1300", "75.00", None, "Verrekening"), party="D20007"),
            line(2, "4100", "-75.00", None, "Verrekening", cost_centre="KP10"),
        ],
    ),
}
