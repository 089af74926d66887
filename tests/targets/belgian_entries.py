"""Entries of most kinds of a Belgian organisation, S9 among them, in accounts of the Belgian scheme."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.brief_entries import PURCHASE, SALES
from tests.targets.coded_entries import CodedEntries


def belgian_entries(coded: CodedEntries) -> Mapping[str, Entry]:
    """Return them by kind; the first sale is S9."""
    return {**_sales(coded), **_purchases(coded), "memorial": _memorial(coded)}


def _sales(coded: CodedEntries) -> dict[str, Entry]:
    line, invoice = coded.line, coded.brief.invoice
    return {
        "sales": invoice(
            SALES,
            "V2026-0001",
            coded.customer("50010"),
            [
                line(1, "700000", "37.50", "BV21", "Lediging rolcontainer"),
                line(2, "700100", "12.50", "BV21", "Huur container"),
            ],
            vat=coded.vat(BV21="10.50"),
        ),
        "credit note": invoice(
            SALES,
            "VC2026-0001",
            coded.customer("50010"),
            [line(1, "700000", "-18.75", "BV21", "Correctie lediging")],
            vat=coded.vat(BV21="-3.94"),
        ),
        "mixed signs": invoice(
            SALES,
            "V2026-0002",
            coded.customer("50020"),
            [
                line(1, "700200", "200.00", "BV21", "Verwerking"),
                line(2, "700300", "-50.00", "BV21", "Korting"),
                line(3, "700430", "-10.00", "BVMC", "Vergoeding schroot"),
            ],
            vat=coded.vat(BV21="31.50"),
        ),
        "foreign currency": invoice(
            SALES,
            "V2026-0003",
            coded.customer("50030"),
            [line(1, "700420", "1000.00", "BVEXP", "Uitvoer")],
            journal=coded.codes.foreign_journal,
            currency="USD",
            rate="0.92",
        ),
    }


def _purchases(coded: CodedEntries) -> dict[str, Entry]:
    line, invoice = coded.line, coded.brief.invoice
    own = coded.codes.self_billing_journal
    return {
        "purchase": invoice(
            PURCHASE,
            "VO-77",
            coded.supplier("75010"),
            [
                line(1, "602000", "2422.56", "BID21", "Verbranding"),
                line(2, "640000", "988.80", "BID21", "Heffing"),
            ],
            vat=coded.vat(BID21="716.39"),
        ),
        "self-billed": invoice(
            PURCHASE,
            "ZB2026-0001",
            coded.supplier("75040"),
            [line(1, "600100", "1957.60", "BIMC21", "Schroot", shifted="411.10")],
            journal=own,
        ),
        "self-billed credit note": invoice(
            PURCHASE,
            "ZB2026-0002",
            coded.supplier("75040"),
            [line(1, "600100", "-100.00", "BIMC21", "Correctie schroot", shifted="-21.00")],
            journal=own,
        ),
    }


def _memorial(coded: CodedEntries) -> Entry:
    return coded.brief.memorial(
        "MB2026-0001",
        [
            coded.line(1, "404000", "1250.00", None, "Op te stellen"),
            coded.line(2, "700900", "-1250.00", None, "Op te stellen"),
        ],
    )
