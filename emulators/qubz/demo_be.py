"""The demo's documents of organisation 200, Belgium."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from emulators.qubz.documents import Line, invoice, memorial
from emulators.qubz.sample import Calendar, Sample, numbered


def belgian(
    number: int,
    day: date,
    invoice_number: str,
    relation: str,
    *lines: Line,
    **fields: Any,  # noqa: ANN401 - contract fields
) -> dict[str, Any]:
    """Build a document of organisation 200."""
    kind = fields.pop("kind", "SalesInvoice")
    return invoice(
        number=number,
        organisation="200",
        invoice_number=invoice_number,
        kind=kind,
        dated_on=day,
        relation=relation,
        lines=lines,
        **fields,
    )


def restaurant_service() -> tuple[Line, ...]:
    """Make the two lines of sample S9."""
    return (
        Line(article="LED-RC1100-REST", quantity="2", price="18.75", vat_code="BV21"),
        Line(article="HUUR-RC1100", quantity="1", price="12.50", vat_code="BV21"),
    )


def demo_be(days: Calendar) -> Iterator[Sample]:
    """Make S9 and the other Belgian documents, good ones and refused ones."""
    for name, row in _sales(days).items():
        yield Sample(name=name, resource="salesinvoices", row=row)
    for name, row in _purchases(days).items():
        yield Sample(name=name, resource="purchaseinvoices", row=row)
    yield Sample(name="Belgian memorial", resource="memorials", row=_memorial(days.month_end))
    yield from _refused(days)


def _sales(days: Calendar) -> dict[str, dict[str, Any]]:
    end, eve, yesterday = days.month_end, days.month_eve, days.yesterday
    return {
        "S9": belgian(910101, end, numbered(end, 301), "50010", *restaurant_service()),
        "six per cent": belgian(
            910102,
            end,
            numbered(end, 302),
            "50040",
            Line(article="VK-COMPOST", quantity="4.250", price="31.20", vat_code="BV6"),
        ),
        "six and twenty-one per cent": belgian(
            910103,
            eve,
            numbered(eve, 303),
            "50040",
            Line(article="VK-COMPOST", quantity="1.900", price="31.20", vat_code="BV6"),
            Line(article="LED-RC1100-REST", quantity="7", price="18.75", vat_code="BV21"),
        ),
        "goods to the Netherlands": belgian(
            910104,
            eve,
            numbered(eve, 304),
            "50030",
            Line(article="VK-PAPIER-EU", quantity="19.800", price="112.50", vat_code="BVICL"),
            DeliveryDate=eve,
            DeliveryCountry="NL",
        ),
        "work on a building, co-contractor": belgian(
            910105,
            end,
            numbered(end, 305),
            "50020",
            Line(
                article="VERW-HOUT",
                quantity="11.300",
                price="74.00",
                vat_code="BVMC",
                description="Afbraak en afvoer hout, verlegging van heffing",
            ),
        ),
        "recovered materials at zero": belgian(
            910106,
            eve,
            numbered(eve, 306),
            "50050",
            Line(article="VK-RECUP", quantity="8.640", price="188.00", vat_code="BV0"),
        ),
        "Belgian credit note": belgian(
            910140,
            yesterday,
            numbered(yesterday, 307),
            "50010",
            Line(article="LED-RC1100-REST", quantity="-1", price="18.75", vat_code="BV21"),
            kind="SalesCreditNote",
            OriginalInvoiceNumber=numbered(end, 301),
        ),
    }


def _purchases(days: Calendar) -> dict[str, dict[str, Any]]:
    end, eve, yesterday = days.month_end, days.month_eve, days.yesterday
    return {
        "Belgian incinerator": belgian(
            710033,
            end,
            f"AF-{end:%Y}-0051",
            "75010",
            Line(article="IK-VERBRANDING", quantity="15.480", price="104.00", vat_code="BID21"),
            kind="PurchaseInvoice",
            SupplierInvoiceNumber="VO-3321",
        ),
        "co-contractor purchase": belgian(
            710034,
            eve,
            f"AF-{eve:%Y}-0052",
            "75040",
            Line(article="IK-TRANSPORT", quantity="12", price="65.00", vat_code="BIMC21"),
            kind="PurchaseInvoice",
            SupplierInvoiceNumber="AW-118",
        ),
        "goods bought in the Netherlands": belgian(
            710035,
            yesterday,
            f"AF-{yesterday:%Y}-0053",
            "50030",
            Line(article="IK-PAPIER-EU", quantity="6.120", price="88.00", vat_code="BIICV21"),
            kind="PurchaseInvoice",
            SupplierInvoiceNumber="PT-9007",
        ),
        "Belgian self-billed scrap": belgian(
            710031,
            eve,
            f"ZF-{eve:%Y}-0231",
            "75020",
            Line(article="IK-OUDIJZER", quantity="5.020", price="205.00", vat_code="BIG21"),
            kind="SelfBilledPurchase",
        ),
    }


def _memorial(day: date) -> dict[str, Any]:
    amount = Decimal("480.25")
    return memorial(
        number=5201,
        organisation="200",
        entry_number=f"MEM-{day:%Y-%m}-21",
        dated_on=day,
        description="Nog te factureren omzet",
        lines=(
            {"LedgerAccount": "1350", "Debit": amount},
            {"LedgerAccount": "8090", "CostCentre": "INZ", "Credit": amount},
        ),
    )


def _refused(days: Calendar) -> Iterator[Sample]:
    end = days.month_end
    per_line = belgian(910201, end, numbered(end, 311), "50010", *restaurant_service())
    # Rounding per line gives 7.88 + 2.63: Belgium rounds per total, 10.50.
    vat = Decimal("10.51")
    per_line |= {"TotalVat": vat, "TotalGross": per_line["TotalNet"] + vat}
    per_line["VatBreakdown"] = [per_line["VatBreakdown"][0] | {"Amount": vat}]
    shifted = Line(article="VERW-HOUT", quantity="3", price="74.00", vat_code="BVMC")
    rows = {
        "R5": ("VAT rounded per line", per_line),
        "V15": (
            "co-contractor without VAT id",
            belgian(910202, end, numbered(end, 312), "50070", shifted),
        ),
        "unmapped_vat_code": (
            "Belgian VAT code without a mapping",
            belgian(
                910203,
                end,
                numbered(end, 313),
                "50020",
                Line(article="VERW-HOUT", quantity="1", price="74.00", vat_code="BVOUD"),
            ),
        ),
    }
    for rule, (name, row) in rows.items():
        yield Sample(name=name, resource="salesinvoices", row=row, outcome="parked", rules=(rule,))
