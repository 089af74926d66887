"""Lines that several demo documents of organisation 100 are made of."""

from datetime import date
from typing import Any

from emulators.qubz.documents import Line, invoice
from emulators.qubz.sample import numbered


def container_service() -> tuple[Line, ...]:
    """Make the four lines of sample S1: emptying, rent, treatment, surcharge."""
    return (
        Line(
            article="LED-RC1100-REST",
            quantity="8",
            price="18.75",
            vat_code="VH21",
            fields={"WorkOrder": "WO-55120", "ServiceLocation": "L-1"},
        ),
        Line(article="HUUR-RC1100", quantity="1", price="12.50", vat_code="VH21"),
        Line(
            article="VERW-REST",
            quantity="1.240",
            price="142.50",
            vat_code="VH21",
            fields={"WeighTicket": "WB-88012", "WasteStreamNumber": "12345ABC0001", "EuralCode": "200301"},
        ),
        Line(
            article="TOESL-BRANDSTOF",
            quantity="1",
            price="6.75",
            vat_code="VH21",
            description="Brandstoftoeslag 4,5%",
        ),
    )


def scrap_and_rent() -> tuple[Line, ...]:
    """Make the two lines of sample S2: scrap with VAT shifted to the buyer, and rent with VAT."""
    return (
        Line(
            article="VK-OUDIJZER",
            quantity="12.480",
            price="265.00",
            vat_code="VVERL",
            description="Oud ijzer, btw verlegd",
            fields={"WeighTicket": "WB-88100"},
        ),
        Line(article="HUUR-AC40", quantity="1", price="185.00", vat_code="VH21"),
    )


def service_correction() -> tuple[Line, ...]:
    """Make the two lines of sample S3, a credit on S1."""
    return (
        Line(
            article="LED-RC1100-REST",
            quantity="-1",
            price="18.75",
            vat_code="VH21",
            description="Correctie 1 lediging",
        ),
        Line(
            article="TOESL-BRANDSTOF",
            quantity="-1",
            price="0.84",
            vat_code="VH21",
            description="Correctie toeslag",
        ),
    )


def sale(
    number: int,
    day: date,
    sequence: int,
    relation: str,
    *lines: Line,
    **fields: Any,  # noqa: ANN401 - contract fields
) -> dict[str, Any]:
    """Build a sales document of organisation 100."""
    kind = fields.pop("kind", "SalesInvoice")
    return invoice(
        number=number,
        organisation="100",
        invoice_number=numbered(day, sequence),
        kind=kind,
        dated_on=day,
        relation=relation,
        lines=lines,
        **fields,
    )
