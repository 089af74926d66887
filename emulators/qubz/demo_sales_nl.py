"""The demo's good sales documents of organisation 100."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from emulators.qubz.demo_parts_nl import container_service, sale, scrap_and_rent, service_correction
from emulators.qubz.documents import Line
from emulators.qubz.sample import Calendar, Sample, numbered


def sales_nl(days: Calendar) -> Iterator[Sample]:
    """Make S1 to S8 and their companions."""
    end, eve, yesterday = days.month_end, days.month_eve, days.yesterday
    original = numbered(end, 123)
    yield _good(
        "S1",
        sale(
            900101,
            end,
            123,
            "10045",
            *container_service(),
            Reference="Contract C-2201",
            BillingRun=f"FR-{end:%Y-%m}",
            GAccountAmount=Decimal("0.00"),
        ),
    )
    yield _good("S2", sale(900102, end, 124, "20007", *scrap_and_rent()))
    yield _good(
        "S3",
        sale(
            900140,
            yesterday,
            7,
            "10045",
            *service_correction(),
            kind="SalesCreditNote",
            OriginalInvoiceNumber=original,
        ),
    )
    yield _good(
        "S4",
        sale(
            900103,
            eve,
            125,
            "30010",
            Line(article="VK-PAPIER-EU", quantity="22.360", price="118.00", vat_code="VICL"),
            DeliveryDate=eve,
            DeliveryCountry="BE",
        ),
    )
    yield _good(
        "S5",
        sale(
            900104,
            end,
            126,
            "10050",
            Line(article="MS-BEDRIJF", quantity="460", price="0.28", vat_code="VH21"),
        ),
    )
    yield _good(
        "S6",
        sale(
            900105,
            end,
            127,
            "10060",
            Line(article="MS-BEWONER", quantity="120", price="0.23", vat_code="VBTN"),
            Reference="iDEAL",
        ),
    )
    yield _good(
        "S7",
        sale(
            900106,
            eve,
            128,
            "10070",
            Line(article="PERS-UUR", quantity="32", price="62.50", vat_code="VH21"),
            Reference="Contract U-17",
            GAccountAmount=Decimal("968.00"),
        ),
    )
    yield _good(
        "S8",
        sale(
            900107,
            eve,
            129,
            "10080",
            Line(article="HEF-VAST", quantity="1", price="115.32", vat_code="VBTN"),
            Line(article="HEF-LEDIGING", quantity="9", price="13.50", vat_code="VBTN"),
        ),
    )
    yield from _further_sales(days)


def _further_sales(days: Calendar) -> Iterator[Sample]:
    end, eve, yesterday = days.month_end, days.month_eve, days.yesterday
    yield _good(
        "sale outside the EU in dollars",
        sale(
            900108,
            eve,
            130,
            "40010",
            Line(article="VK-SCHROOT-EXP", quantity="24.150", price="310.00", vat_code="VEXP"),
            Currency="USD",
            ExchangeRate=Decimal("0.92"),
        ),
    )
    yield _good(
        "two rates on one invoice",
        sale(
            900109,
            yesterday,
            8,
            "10046",
            Line(article="VK-COMPOST", quantity="3.500", price="24.99", vat_code="VL9"),
            Line(article="LED-RC1100-PAPIER", quantity="5", price="14.35", vat_code="VH21"),
        ),
    )
    yield _good(
        "service to a business in the EU",
        sale(
            900110,
            end,
            131,
            "30011",
            Line(article="DIENST-EU", quantity="14.720", price="38.50", vat_code="VICD"),
        ),
    )
    weeks = (
        Line(
            article="LED-RC1100-REST",
            quantity="1",
            price="18.75",
            vat_code="VH21",
            description=f"Lediging locatie {place}",
            fields={"ServiceLocation": f"L-{place}"},
        )
        for place in range(1, 61)
    )
    yield _good("collective invoice of sixty lines", sale(900111, end, 132, "10047", *weeks))
    yield _good(
        "full credit that mirrors its invoice",
        sale(
            900112,
            yesterday,
            9,
            "20007",
            *(_mirrored(line) for line in scrap_and_rent()),
            kind="SalesCreditNote",
            OriginalInvoiceNumber=numbered(end, 124),
        ),
    )


def _mirrored(line: Line) -> Line:
    return Line(
        article=line.article,
        quantity=f"-{line.quantity}",
        price=line.price,
        vat_code=line.vat_code,
        description=line.description,
    )


def _good(name: str, row: dict[str, Any]) -> Sample:
    return Sample(name=name, resource="salesinvoices", row=row)
