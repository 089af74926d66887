"""Entries of most kinds in the codes of a Belgian division."""

from collections.abc import Mapping

from finance_hooks.model.entry import Entry
from tests.targets.brief_entries import PURCHASE, SALES
from tests.targets.exactonline.brief_entries import BRIEF_BE
from tests.targets.exactonline.samples import SAMPLES

line, invoice, memorial = BRIEF_BE.line, BRIEF_BE.invoice, BRIEF_BE.memorial
BELGIAN: Mapping[str, Entry] = {
    "sales": SAMPLES["S9"],
    "credit note": invoice(
        SALES,
        "VC2026-0001",
        "50010",
        [line(1, "700000", "-18.75", "03", "Correctie lediging", cost_centre="INZ")],
        vat={"03": "-3.94"},
    ),
    "mixed signs": invoice(
        SALES,
        "V2026-0002",
        "50020",
        [
            line(1, "700200", "200.00", "03", "Verwerking"),
            line(2, "700300", "-50.00", "03", "Korting"),
            line(3, "700430", "-10.00", "45", "Vergoeding schroot"),
        ],
        vat={"03": "31.50"},
    ),
    "purchase": invoice(
        PURCHASE,
        "VO-77",
        "75010",
        [line(1, "602000", "2422.56", "D21", "Verbranding"), line(2, "640000", "988.80", "D21", "Heffing")],
        vat={"D21": "716.39"},
    ),
    "self-billed": invoice(
        PURCHASE,
        "ZB2026-0001",
        "75040",
        [line(1, "600100", "1957.60", "87", "Schroot", reverse_charge="411.10")],
        journal="61",
    ),
    "memorial": memorial(
        "MB2026-0001",
        [
            line(1, "404000", "1250.00", None, "Op te stellen"),
            line(2, "700900", "-1250.00", None, "Op te stellen"),
        ],
    ),
    "foreign currency": invoice(
        SALES,
        "V2026-0003",
        "50030",
        [line(1, "700420", "1000.00", "47", "Uitvoer")],
        journal="75",
        currency="USD",
        rate="0.92",
    ),
}
