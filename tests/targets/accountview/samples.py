"""The sample documents as entries in AccountView's codes, and some that the samples lack."""

from collections.abc import Mapping
from dataclasses import replace

from finance_hooks.model.entry import Entry
from tests.targets.accountview.belgian_samples import BELGIAN
from tests.targets.accountview.brief_entries import invoice, line, memorial
from tests.targets.brief_entries import PURCHASE, SALES

SAMPLES: Mapping[str, Entry] = {
    "S1": invoice(
        SALES,
        "F2026-0042",
        "10045",
        [
            line(1, "8110", "150.00", "1", "Lediging rolcontainer 240 l", cost_centre="INZ"),
            line(2, "8120", "12.50", "1", "Huur container oktober", cost_centre="VERH"),
            line(3, "8130", "176.70", "1", "Verwerking restafval 1,240 ton", cost_centre="VERW"),
            line(4, "8140", "6.75", "1", "Milieutoeslag"),
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
            line(2, "8120", "185.00", "1", "Huur afzetcontainer"),
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
            line(2, "8140", "-0.84", "1", "Correctie toeslag"),
        ],
        vat={"1": "-4.11"},
        description="Creditnota bij F2026-0042",
    ),
    "S4": invoice(SALES, "F2026-0044", "30010", [line(1, "8320", "2638.48", "5", "Oud papier 22,360 ton")]),
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
        [line(1, "8170", "27.60", "0", "Milieustraat bewoner 120 kg", cost_centre="MILIEU")],
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
            line(1, "8180", "115.32", "0", "Vast tarief", cost_centre="HEFFING"),
            line(2, "8180", "121.50", "0", "9 ledigingen 240 l", cost_centre="HEFFING"),
        ],
    ),
    "S9": BELGIAN["sales"],
    "P1": invoice(
        PURCHASE,
        "Z2026-0012",
        "70007",
        [
            line(1, "7110", "810.60", "14", "Oud ijzer 3,860 ton", reverse_charge="170.23"),
            line(2, "7110", "1147.00", "14", "Koper 0,185 ton", reverse_charge="240.87"),
        ],
        journal="IZF",
        payment_term="14",
        description="Zelffacturering Metaalhandel Test B.V.",
    ),
    "P2": invoice(
        PURCHASE, "Z2026-0013", "70060", [line(1, "7120", "14.45", "19", "Oud ijzer particulier 85 kg")]
    ),
    "P3": invoice(
        PURCHASE,
        "AVI-88120",
        "70020",
        [
            line(1, "7010", "2422.56", "11", "Verbranding 24,720 ton"),
            line(2, "7020", "988.80", "11", "Afvalstoffenbelasting"),
        ],
        vat={"11": "716.39"},
    ),
    "J1": memorial(
        "M2026-0010",
        [
            line(1, "1250", "1250.00", None, "Nog te factureren oktober"),
            line(2, "8900", "-1250.00", None, "Nog te factureren oktober"),
        ],
    ),
}

_LINKED = memorial(
    "M2026-0011",
    [line(1, "1210", "-60.50", None, "Correctie debiteur"), line(2, "4710", "60.50", None, "Afboeking")],
)
OTHERS: Mapping[str, Entry] = {
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
    "mixed signs": invoice(
        SALES,
        "F2026-0051",
        "10045",
        [
            line(1, "8110", "200.00", "1", "Lediging", cost_centre="INZ"),
            line(2, "8140", "-50.00", "1", "Korting"),
            line(3, "8310", "-10.00", "4", "Vergoeding oud ijzer"),
        ],
        vat={"1": "31.50"},
    ),
    "purchase credit note": invoice(
        PURCHASE,
        "AVI-C-881",
        "70020",
        [line(1, "7010", "-100.00", "11", "Correctie verbranding")],
        vat={"11": "-21.00"},
    ),
    "self-billed credit note": invoice(
        PURCHASE,
        "ZC2026-0001",
        "70007",
        [line(1, "7110", "-100.00", "14", "Correctie oud ijzer", reverse_charge="-21.00")],
        journal="IZF",
        payment_term="14",
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
