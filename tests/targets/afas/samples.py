"""The sample documents as entries in AFAS's codes, and some that the samples lack."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.afas.belgian_samples import BELGIAN
from tests.targets.afas.brief_entries import invoice, line, memorial
from tests.targets.brief_entries import PURCHASE, SALES, with_line

SAMPLES: Mapping[str, Entry] = {
    "S1": invoice(
        SALES,
        "F2026-0042",
        "10045",
        [
            line(1, "8110", "150.00", "1", "Lediging rolcontainer 240 l", cost_centre="INZ"),
            line(2, "8120", "12.50", "1", "Huur container oktober", cost_centre="VERH"),
            line(3, "8130", "176.70", "1", "Verwerking restafval 1,240 ton", cost_centre="VERW"),
            line(4, "8140", "6.75", "1", "Milieutoeslag", cost_centre="INZ"),
        ],
        vat={"1": "72.65"},
        description="Inzameling oktober 2026, Restaurant De Proef, Voorbeeldstad",
    ),
    "S2": invoice(
        SALES,
        "F2026-0043",
        "20007",
        [
            line(1, "8310", "3307.20", "4", "Oud ijzer 12,480 ton", cost_centre="HANDEL"),
            line(2, "8120", "185.00", "1", "Huur afzetcontainer", cost_centre="VERH"),
        ],
        vat={"1": "38.85"},
        payment_term="14",
    ),
    "S3": invoice(
        SALES,
        "C2026-0007",
        "10045",
        [
            line(1, "8110", "-18.75", "1", "Correctie lediging", cost_centre="INZ"),
            line(2, "8140", "-0.84", "1", "Correctie toeslag", cost_centre="INZ"),
        ],
        vat={"1": "-4.11"},
        description="Creditnota bij F2026-0042",
    ),
    "S4": invoice(
        SALES,
        "F2026-0044",
        "30010",
        [line(1, "8320", "2638.48", "11", "Oud papier 22,360 ton", cost_centre="HANDEL")],
    ),
    "S5": invoice(
        SALES,
        "F2026-0045",
        "10045",
        [line(1, "8160", "128.80", "1", "Milieustraat 460 kg", cost_centre="MILIEU")],
        vat={"1": "27.05"},
    ),
    "S6": invoice(
        SALES,
        "F2026-0046",
        "10060",
        [line(1, "8170", "27.60", "17", "Milieustraat bewoner 120 kg", cost_centre="MILIEU")],
        payment_term=None,
    ),
    "S7": invoice(
        SALES,
        "F2026-0047",
        "20007",
        [line(1, "8150", "2000.00", "1", "Detachering 32 uur", cost_centre="PERS", cost_unit="REST")],
        vat={"1": "420.00"},
        g_account="968.00",
    ),
    "S8": invoice(
        SALES,
        "A2026-0001",
        "10080",
        [
            line(1, "8180", "115.32", "17", "Vast tarief", cost_centre="HEFFING"),
            line(2, "8180", "121.50", "17", "9 ledigingen 240 l", cost_centre="HEFFING"),
        ],
    ),
    "S9": BELGIAN["sales"],
    "P1": invoice(
        PURCHASE,
        "Z2026-0012",
        "70007",
        [
            line(
                1, "4710", "810.60", "7", "Oud ijzer 3,860 ton", cost_centre="HANDEL", reverse_charge="170.23"
            ),
            line(2, "4710", "1147.00", "7", "Koper 0,185 ton", cost_centre="HANDEL", reverse_charge="240.87"),
        ],
        journal="11",
        payment_term="14",
        description="Zelffacturering Metaalhandel Test B.V.",
    ),
    "P2": invoice(
        PURCHASE,
        "Z2026-0013",
        "70060",
        [line(1, "4720", "14.45", "16", "Oud ijzer particulier 85 kg", cost_centre="HANDEL")],
        journal="11",
    ),
    "P3": invoice(
        PURCHASE,
        "AVI-88120",
        "70020",
        [
            line(1, "4610", "2422.56", "5", "Verbranding 24,720 ton", cost_centre="VERW"),
            line(2, "4620", "988.80", "5", "Afvalstoffenbelasting", cost_centre="VERW"),
        ],
        vat={"5": "716.39"},
    ),
    "J1": memorial(
        "M2026-0010",
        [
            line(1, "1340", "1250.00", None, "Nog te factureren oktober"),
            line(2, "8290", "-1250.00", None, "Nog te factureren oktober", cost_centre="INZ"),
        ],
    ),
}

OTHERS: Mapping[str, Entry] = {
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
    "mixed signs": invoice(
        SALES,
        "F2026-0051",
        "10045",
        [
            line(1, "8110", "200.00", "1", "Lediging", cost_centre="INZ"),
            line(2, "8140", "-50.00", "1", "Korting", cost_centre="INZ"),
            line(3, "8310", "-10.00", "4", "Vergoeding oud ijzer", cost_centre="HANDEL"),
        ],
        vat={"1": "31.50"},
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
    "purchase credit note": invoice(
        PURCHASE,
        "AVI-C-881",
        "70020",
        [line(1, "4610", "-100.00", "5", "Correctie verbranding", cost_centre="VERW")],
        vat={"5": "-21.00"},
    ),
    "self-billed credit note": invoice(
        PURCHASE,
        "ZC2026-0001",
        "70007",
        [line(1, "4710", "-100.00", "7", "Correctie", cost_centre="HANDEL", reverse_charge="-21.00")],
        journal="11",
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
