"""The demo's documents of organisation 100 that must not be booked, each with the reason."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from emulators.qubz.demo_parts_nl import container_service, sale, scrap_and_rent, service_correction
from emulators.qubz.demo_purchases_nl import purchase, scrap_bought
from emulators.qubz.documents import Line
from emulators.qubz.sample import Calendar, Sample


def refused_nl(days: Calendar) -> Iterator[Sample]:
    """Make the documents that break one rule each."""
    end, eve, yesterday = days.month_end, days.month_eve, days.yesterday
    yield _parked("V15", "buyer without VAT id", sale(900201, end, 201, "20008", *scrap_and_rent()))
    yield _parked(
        "C3",
        "levy and taxed service on one document",
        sale(
            900202,
            end,
            202,
            "10050",
            Line(article="MS-BEWONER", quantity="120", price="0.23", vat_code="VBTN"),
            Line(article="MS-BEDRIJF", quantity="460", price="0.28", vat_code="VH21"),
        ),
    )
    credit = sale(900203, yesterday, 203, "10045", *service_correction(), kind="SalesCreditNote")
    yield _parked("C4", "credit note without original", credit)
    wrong_gross = sale(900204, end, 204, "10045", *container_service(), TotalGross=Decimal("418.61"))
    yield _parked("R6", "gross off by a cent", wrong_gross)
    yield _parked(
        "not_final", "ready but not final", _checked(sale(900205, end, 205, "10045", *container_service()))
    )
    strange = sale(900206, eve, 206, "10045", *container_service(), kind="SalesProForma")
    yield _parked("unknown_member", "document type nobody knows", strange)
    old_code = Line(article="VK-COMPOST", quantity="2", price="50.00", vat_code="VOUD19")
    yield _parked(
        "unmapped_vat_code", "VAT code without a mapping", sale(900207, eve, 207, "10048", old_code)
    )
    yield _parked(
        "R5", "VAT by neither method", _wrong_vat(sale(900208, end, 208, "10045", *container_service()))
    )
    yield _parked(
        "C1", "VAT on shifted lines", _taxed_shift(sale(900209, end, 209, "20007", *scrap_and_rent()))
    )
    unit = Line(
        article="LED-RC1100-REST", quantity="2", price="18.75", vat_code="VH21", fields={"UnitCode": "STUK"}
    )
    yield _parked("C5", "unit nobody knows", sale(900210, end, 210, "10046", unit))
    export = Line(article="VK-SCHROOT-EXP", quantity="10", price="300.00", vat_code="VEXP")
    yield _parked(
        "missing_exchange_rate",
        "dollars without a rate",
        sale(900211, eve, 211, "40010", export, Currency="USD"),
    )
    undated = sale(900212, eve, 212, "10048", *container_service()) | {"InvoiceDate": "niet bekend"}
    yield _parked("unreadable", "date that is none", undated)
    bought = purchase(700041, eve, f"ZF-{eve:%Y}-0041", "20009", *scrap_bought(), kind="SelfBilledPurchase")
    yield _parked("B4", "self-billed without agreement", bought, resource="purchaseinvoices")
    yield from _not_taken_up(days)


def _not_taken_up(days: Calendar) -> Iterator[Sample]:
    rows = {
        "concept": sale(900213, days.yesterday, 213, "10045", *container_service())
        | {"Status": "Concept", "ExportStatus": "NotReady"},
        "still to be checked": sale(900214, days.yesterday, 214, "10046", *container_service())
        | {"Status": "ToCheck", "ExportStatus": "NotReady"},
        "cancelled": sale(900215, days.month_end, 215, "10047", *container_service())
        | {"Status": "Cancelled", "ExportStatus": "NotReady"},
    }
    for name, row in rows.items():
        yield Sample(name=name, resource="salesinvoices", row=row, outcome="not_taken_up")


def _checked(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"Status": "ToCheck"}


def _wrong_vat(row: dict[str, Any]) -> dict[str, Any]:
    vat = Decimal("72.67")
    part = row["VatBreakdown"][0] | {"Amount": vat}
    return row | {"TotalVat": vat, "TotalGross": row["TotalNet"] + vat, "VatBreakdown": [part]}


def _taxed_shift(row: dict[str, Any]) -> dict[str, Any]:
    shifted, taxed = row["VatBreakdown"]
    wrong = shifted | {"Amount": Decimal("694.51")}
    vat = wrong["Amount"] + taxed["Amount"]
    return row | {"TotalVat": vat, "TotalGross": row["TotalNet"] + vat, "VatBreakdown": [wrong, taxed]}


def _parked(rule: str, name: str, row: dict[str, Any], resource: str = "salesinvoices") -> Sample:
    return Sample(name=name, resource=resource, row=row, outcome="parked", rules=(rule,))
