"""The sample documents as entries in Exact's codes, and some that the samples lack."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.brief_entries import PURCHASE, SALES
from tests.targets.exactonline.belgian_samples import BELGIAN
from tests.targets.exactonline.brief_entries import invoice, line, memorial

SAMPLES: Mapping[str, Entry] = {
    "S1": invoice(
        SALES,
        "F2026-0042",
        "10045",
        [
            line(1, "80501", "150.00", "4", "Lediging rolcontainer 240 l", cost_centre="INZ"),
            line(2, "80502", "12.50", "4", "Huur container oktober", cost_centre="VERH"),
            line(3, "80503", "176.70", "4", "Verwerking restafval 1,240 ton", cost_centre="VERW"),
            line(4, "80504", "6.75", "4", "Milieutoeslag"),
        ],
        vat={"4": "72.65"},
        description="Inzameling oktober 2026, Restaurant De Proef, Voorbeeldstad",
    ),
    "S2": invoice(
        SALES,
        "F2026-0043",
        "20007",
        [
            line(1, "80330", "3307.20", "5", "Oud ijzer 12,480 ton", cost_centre="HANDEL"),
            line(2, "80502", "185.00", "4", "Huur afzetcontainer"),
        ],
        vat={"4": "38.85"},
        payment_term="14",
    ),
    "S3": invoice(
        SALES,
        "C2026-0007",
        "10045",
        [
            line(1, "80501", "-18.75", "4", "Correctie lediging", cost_centre="INZ"),
            line(2, "80504", "-0.84", "4", "Correctie toeslag"),
        ],
        vat={"4": "-4.11"},
        description="Creditnota bij F2026-0042",
    ),
    "S4": invoice(SALES, "F2026-0044", "30010", [line(1, "80345", "2638.48", "6", "Oud papier 22,360 ton")]),
    "S5": invoice(
        SALES,
        "F2026-0045",
        "10045",
        [line(1, "80506", "128.80", "4", "Milieustraat 460 kg", cost_centre="MILIEU")],
        vat={"4": "27.05"},
    ),
    "S6": invoice(
        SALES,
        "F2026-0046",
        "10060",
        [line(1, "80507", "27.60", "0", "Milieustraat bewoner 120 kg", cost_centre="MILIEU")],
        payment_term=None,
    ),
    "S7": invoice(
        SALES,
        "F2026-0047",
        "20007",
        [line(1, "80505", "2000.00", "4", "Detachering 32 uur", cost_centre="PERS", cost_unit="REST")],
        vat={"4": "420.00"},
        g_account="968.00",
    ),
    "S8": invoice(
        SALES,
        "A2026-0001",
        "10080",
        [
            line(1, "80510", "115.32", "0", "Vast tarief", cost_centre="HEFFING"),
            line(2, "80510", "121.50", "0", "9 ledigingen 240 l", cost_centre="HEFFING"),
        ],
    ),
    "S9": BELGIAN["sales"],
    "P1": invoice(
        PURCHASE,
        "Z2026-0012",
        "70007",
        [
            line(1, "70251", "810.60", "20", "Oud ijzer 3,860 ton", reverse_charge="170.23"),
            line(2, "70251", "1147.00", "20", "Koper 0,185 ton", reverse_charge="240.87"),
        ],
        journal="61",
        payment_term="14",
        description="Zelffacturering Metaalhandel Test B.V.",
    ),
    "P2": invoice(
        PURCHASE, "Z2026-0013", "70060", [line(1, "70252", "14.45", "25", "Oud ijzer particulier 85 kg")]
    ),
    "P3": invoice(
        PURCHASE,
        "AVI-88120",
        "70020",
        [
            line(1, "70153", "2422.56", "4", "Verbranding 24,720 ton"),
            line(2, "70154", "988.80", "4", "Afvalstoffenbelasting"),
        ],
        vat={"4": "716.39"},
    ),
    "J1": memorial(
        "M2026-0010",
        [
            line(1, "14305", "1250.00", None, "Nog te factureren oktober"),
            line(2, "80590", "-1250.00", None, "Nog te factureren oktober"),
        ],
    ),
}

OTHERS: Mapping[str, Entry] = {
    "foreign currency": invoice(
        SALES,
        "F2026-0050",
        "40010",
        [line(1, "80340", "1000.00", "8", "Kunststof 4 ton")],
        journal="75",
        currency="USD",
        rate="0.92",
    ),
    "mixed signs": invoice(
        SALES,
        "F2026-0051",
        "10045",
        [
            line(1, "80501", "200.00", "4", "Lediging", cost_centre="INZ"),
            line(2, "80504", "-50.00", "4", "Korting"),
            line(3, "80330", "-10.00", "5", "Vergoeding oud ijzer"),
        ],
        vat={"4": "31.50"},
    ),
    "purchase credit note": invoice(
        PURCHASE,
        "AVI-C-881",
        "70020",
        [line(1, "70153", "-100.00", "4", "Correctie verbranding")],
        vat={"4": "-21.00"},
    ),
    "including vat code": invoice(
        SALES, "F2026-0052", "10045", [line(1, "80502", "50.00", "3", "Huur incl.")], vat={"3": "10.50"}
    ),
}
