"""The Dutch sample documents of the source's contract as entries, and some that the samples lack."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.brief_entries import PURCHASE, SALES
from tests.targets.coded_entries import CodedEntries


def dutch_samples(coded: CodedEntries) -> Mapping[str, Entry]:
    """Return S1 to S8, P1 to P3 and J1."""
    return {**_sales(coded), **_purchases(coded), "J1": _memorial(coded)}


def more_entries(coded: CodedEntries) -> dict[str, Entry]:
    """Return entries of kinds that the samples lack and every package books."""
    line, invoice = coded.line, coded.brief.invoice
    return {
        "mixed signs": invoice(
            SALES,
            "F2026-0051",
            coded.customer("10045"),
            [
                line(1, "8000", "200.00", "VH21", "Lediging"),
                line(2, "8030", "-50.00", "VH21", "Korting"),
                line(3, "8100", "-10.00", "VVERL", "Vergoeding oud ijzer"),
            ],
            vat=coded.vat(VH21="31.50"),
        ),
        "purchase credit note": invoice(
            PURCHASE,
            "AVI-C-881",
            coded.supplier("70020"),
            [line(1, "7100", "-100.00", "IH21", "Correctie verbranding")],
            vat=coded.vat(IH21="-21.00"),
        ),
        "self-billed credit note": invoice(
            PURCHASE,
            "ZC2026-0001",
            coded.supplier("70007"),
            [line(1, "7000", "-100.00", "IVERL21", "Correctie oud ijzer", shifted="-21.00")],
            journal=coded.codes.self_billing_journal,
            payment_term="14",
        ),
    }


def _sales(coded: CodedEntries) -> dict[str, Entry]:
    return {**_collection(coded), **_trade(coded), **_yard(coded)}


def _collection(coded: CodedEntries) -> dict[str, Entry]:
    line, invoice = coded.line, coded.brief.invoice
    return {
        "S1": invoice(
            SALES,
            "F2026-0042",
            coded.customer("10045"),
            [
                line(1, "8000", "150.00", "VH21", "Lediging rolcontainer 240 l"),
                line(2, "8010", "12.50", "VH21", "Huur container oktober"),
                line(3, "8020", "176.70", "VH21", "Verwerking restafval 1,240 ton"),
                line(4, "8030", "6.75", "VH21", "Milieutoeslag"),
            ],
            vat=coded.vat(VH21="72.65"),
            description="Inzameling oktober 2026, Restaurant De Proef, Voorbeeldstad",
        ),
        "S3": invoice(
            SALES,
            "C2026-0007",
            coded.customer("10045"),
            [
                line(1, "8000", "-18.75", "VH21", "Correctie lediging"),
                line(2, "8030", "-0.84", "VH21", "Correctie toeslag"),
            ],
            vat=coded.vat(VH21="-4.11"),
            description="Creditnota bij F2026-0042",
        ),
        "S7": invoice(
            SALES,
            "F2026-0047",
            coded.customer("20007"),
            [line(1, "8040", "2000.00", "VH21", "Detachering 32 uur", cost_unit="REST")],
            vat=coded.vat(VH21="420.00"),
            g_account="968.00",
        ),
    }


def _trade(coded: CodedEntries) -> dict[str, Entry]:
    line, invoice = coded.line, coded.brief.invoice
    return {
        "S2": invoice(
            SALES,
            "F2026-0043",
            coded.customer("20007"),
            [
                line(1, "8100", "3307.20", "VVERL", "Oud ijzer 12,480 ton"),
                line(2, "8010", "185.00", "VH21", "Huur afzetcontainer"),
            ],
            vat=coded.vat(VH21="38.85"),
            payment_term="14",
        ),
        "S4": invoice(
            SALES,
            "F2026-0044",
            coded.customer("30010"),
            [line(1, "8110", "2638.48", "VICL", "Oud papier 22,360 ton")],
        ),
    }


def _yard(coded: CodedEntries) -> dict[str, Entry]:
    line, invoice = coded.line, coded.brief.invoice
    return {
        "S5": invoice(
            SALES,
            "F2026-0045",
            coded.customer("10045"),
            [line(1, "8050", "128.80", "VH21", "Milieustraat 460 kg")],
            vat=coded.vat(VH21="27.05"),
        ),
        "S6": invoice(
            SALES,
            "F2026-0046",
            coded.customer("10060"),
            [line(1, "8060", "27.60", "VBTN", "Milieustraat bewoner 120 kg")],
            payment_term=None,
        ),
        "S8": invoice(
            SALES,
            "A2026-0001",
            coded.customer("10080"),
            [
                line(1, "8070", "115.32", "VBTN", "Vast tarief"),
                line(2, "8070", "121.50", "VBTN", "9 ledigingen 240 l"),
            ],
        ),
    }


def _purchases(coded: CodedEntries) -> dict[str, Entry]:
    line, invoice = coded.line, coded.brief.invoice
    own = coded.codes.self_billing_journal
    return {
        "P1": invoice(
            PURCHASE,
            "Z2026-0012",
            coded.supplier("70007"),
            [
                line(1, "7000", "810.60", "IVERL21", "Oud ijzer 3,860 ton", shifted="170.23"),
                line(2, "7000", "1147.00", "IVERL21", "Koper 0,185 ton", shifted="240.87"),
            ],
            journal=own,
            payment_term="14",
            description="Zelffacturering Metaalhandel Test B.V.",
        ),
        "P2": invoice(
            PURCHASE,
            "Z2026-0013",
            coded.supplier("70060"),
            [line(1, "7010", "14.45", "IBTN", "Oud ijzer particulier 85 kg")],
            journal=own,
        ),
        "P3": invoice(
            PURCHASE,
            "AVI-88120",
            coded.supplier("70020"),
            [
                line(1, "7100", "2422.56", "IH21", "Verbranding 24,720 ton"),
                line(2, "7110", "988.80", "IH21", "Afvalstoffenbelasting"),
            ],
            vat=coded.vat(IH21="716.39"),
        ),
    }


def _memorial(coded: CodedEntries) -> Entry:
    return coded.brief.memorial(
        "M2026-0010",
        [
            coded.line(1, "1350", "1250.00", None, "Nog te factureren oktober"),
            coded.line(2, "8090", "-1250.00", None, "Nog te factureren oktober"),
        ],
    )
