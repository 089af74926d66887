"""The demo's good purchases and memorials of organisation 100."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from emulators.qubz.documents import Line, invoice, memorial
from emulators.qubz.sample import Calendar, Sample


def scrap_bought() -> tuple[Line, ...]:
    """Make the two lines of sample P1."""
    ticket = {"WeighTicket": "WB-88055"}
    return (
        Line(article="IK-OUDIJZER", quantity="3.860", price="210.00", vat_code="IVERL21", fields=ticket),
        Line(article="IK-KOPER", quantity="0.185", price="6200.00", vat_code="IVERL21", fields=ticket),
    )


def purchase(
    number: int,
    day: date,
    invoice_number: str,
    relation: str,
    *lines: Line,
    **fields: Any,  # noqa: ANN401 - contract fields
) -> dict[str, Any]:
    """Build a purchase document of organisation 100."""
    kind = fields.pop("kind", "PurchaseInvoice")
    return invoice(
        number=number,
        organisation="100",
        invoice_number=invoice_number,
        kind=kind,
        dated_on=day,
        relation=relation,
        lines=lines,
        **fields,
    )


def purchases_nl(days: Calendar) -> Iterator[Sample]:
    """Make P1 to P3 and their companions."""
    end, eve, yesterday = days.month_end, days.month_eve, days.yesterday
    self_billed = f"ZF-{eve:%Y}-0031"
    burnt = (
        Line(article="IK-VERBRANDING", quantity="24.720", price="98.00", vat_code="IH21"),
        Line(article="IK-AVB", quantity="24.720", price="40.00", vat_code="IH21"),
    )
    rows = {
        "P1": purchase(700031, eve, self_billed, "20007", *scrap_bought(), kind="SelfBilledPurchase"),
        "P2": purchase(
            700032,
            eve,
            f"ZF-{eve:%Y}-0032",
            "70060",
            Line(article="IK-PARTICULIER", quantity="85", price="0.17", vat_code="IBTN"),
        ),
        "P3": purchase(700033, end, f"IF-{end:%Y}-0412", "70020", *burnt, SupplierInvoiceNumber="VB-77120"),
        "goods bought in the EU": purchase(
            700034,
            eve,
            f"IF-{eve:%Y}-0413",
            "30011",
            Line(article="IK-PAPIER-EU", quantity="18.440", price="91.25", vat_code="IICV21"),
            SupplierInvoiceNumber="RE-4711",
        ),
        "credit note of a supplier": purchase(
            700035,
            yesterday,
            f"IF-{yesterday:%Y}-0414",
            "70020",
            Line(article="IK-VERBRANDING", quantity="-1.500", price="98.00", vat_code="IH21"),
            kind="PurchaseCreditNote",
            SupplierInvoiceNumber="VB-77155",
            OriginalInvoiceNumber=f"IF-{end:%Y}-0412",
        ),
        "self-billed credit note": purchase(
            700036,
            yesterday,
            f"ZF-{yesterday:%Y}-0033",
            "20007",
            Line(article="IK-KOPER", quantity="-0.012", price="6200.00", vat_code="IVERL21"),
            kind="SelfBilledCreditNote",
            OriginalInvoiceNumber=self_billed,
        ),
        "transport by others": purchase(
            700037,
            yesterday,
            f"IF-{yesterday:%Y}-0415",
            "70030",
            Line(article="IK-TRANSPORT", quantity="6.5", price="78.40", vat_code="IH21"),
            SupplierInvoiceNumber="T-2209",
        ),
    }
    for name, row in rows.items():
        yield Sample(name=name, resource="purchaseinvoices", row=row)


def memorials_nl(days: Calendar) -> Iterator[Sample]:
    """Make J1, its reversal in the next period, and one that touches a debtor."""
    end, start = days.month_end, days.month_start
    amount, doubt = Decimal("1250.00"), Decimal("23.70")
    rows = {
        "J1": memorial(
            number=5001,
            organisation="100",
            entry_number=f"MEM-{end:%Y-%m}-01",
            dated_on=end,
            description="Nog te factureren omzet",
            lines=(
                {"LedgerAccount": "1350", "Debit": amount},
                {"LedgerAccount": "8090", "CostCentre": "INZ", "Credit": amount},
            ),
        ),
        "J1 reversed": memorial(
            number=5002,
            organisation="100",
            entry_number=f"MEM-{start:%Y-%m}-01",
            dated_on=start,
            description="Terugboeking nog te factureren omzet",
            lines=(
                {"LedgerAccount": "8090", "CostCentre": "INZ", "Debit": amount},
                {"LedgerAccount": "1350", "Credit": amount},
            ),
        ),
        "memorial on cost centres": memorial(
            number=5003,
            organisation="100",
            entry_number=f"MEM-{end:%Y-%m}-02",
            dated_on=end,
            description="Herverdeling omzet containers",
            lines=(
                {"LedgerAccount": "8010", "CostCentre": "VERH", "Debit": doubt, "Description": "Van verhuur"},
                {
                    "LedgerAccount": "8000",
                    "CostCentre": "INZ",
                    "Credit": doubt,
                    "Description": "Naar inzameling",
                },
            ),
        ),
    }
    for name, row in rows.items():
        yield Sample(name=name, resource="memorials", row=row)
