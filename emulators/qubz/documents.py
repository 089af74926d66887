"""Build documents whose sums, VAT, dates and periods agree, as 21QUBZ would finalise them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from emulators.qubz.masters import article, payment_days, vat_code

Row = dict[str, Any]

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
JOURNALS = {"Sales": "VRK", "Purchase": "INK"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: quantity times price is net; account, unit and cost centre come from the article."""

    article: str
    quantity: str
    price: str
    vat_code: str
    description: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


def to_cents(amount: Decimal) -> Decimal:
    """Round to cents, half away from zero (Dutch arithmetic rounding: 20.125 is 20.13, -20.125 is -20.13)."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def invoice(  # noqa: PLR0913 - what a document is made of
    *,
    number: int,
    organisation: str,
    invoice_number: str,
    kind: str,
    dated_on: date,
    relation: str,
    lines: Iterable[Line],
    rounding: str = "PerInvoice",
    **fields: Any,  # noqa: ANN401 - further contract fields, taken as they are
) -> Row:
    """Build a sales or purchase document; `fields` adds or replaces fields of the head."""
    built = [_line(organisation, position, line) for position, line in enumerate(lines, start=1)]
    breakdown = _breakdown(organisation, built, rounding)
    net = sum((line["NetAmount"] for line in built), ZERO)
    vat = sum((part["Amount"] for part in breakdown), ZERO)
    direction = "Sales" if kind.startswith("Sales") else "Purchase"
    due_days = 0 if kind.endswith("CreditNote") else payment_days(organisation, relation)
    changed_on = dated_on + timedelta(days=1)
    row = {
        "Id": number,
        "Organisation": organisation,
        "InvoiceNumber": invoice_number,
        "DocumentType": kind,
        "Status": "Final",
        "InvoiceDate": dated_on,
        "DueDate": dated_on + timedelta(days=due_days),
        "Period": dated_on.month,
        "FiscalYear": dated_on.year,
        "JournalCode": JOURNALS[direction],
        "RelationNumber": relation,
        "OriginalInvoiceNumber": None,
        "Currency": "EUR",
        "TotalNet": net,
        "TotalVat": vat,
        "TotalGross": net + vat,
        "Lines": built,
        "VatBreakdown": breakdown,
        "ExportStatus": "Ready",
        "ExportSequence": 1,
        "ChangedDate": datetime.combine(changed_on, time(2, 10, number % 60), tzinfo=UTC),
    }
    if direction == "Purchase":
        row["SupplierInvoiceNumber"] = None
    return row | fields


def memorial(
    *,
    number: int,
    organisation: str,
    entry_number: str,
    dated_on: date,
    description: str,
    lines: Iterable[Mapping[str, Any]],
    **fields: Any,  # noqa: ANN401 - further contract fields, taken as they are
) -> Row:
    """Build a memorial from lines with LedgerAccount and Debit or Credit."""
    built = [
        {"LineNumber": position, "Debit": ZERO, "Credit": ZERO, **line}
        for position, line in enumerate(lines, start=1)
    ]
    return {
        "Id": number,
        "Organisation": organisation,
        "EntryNumber": entry_number,
        "JournalCode": "MEM",
        "EntryDate": dated_on,
        "Period": dated_on.month,
        "FiscalYear": dated_on.year,
        "Description": description,
        "Status": "Final",
        "Lines": built,
        "ExportStatus": "Ready",
        "ExportSequence": 1,
        "ChangedDate": datetime.combine(dated_on, time(7, 0), tzinfo=UTC),
    } | fields


def _line(organisation: str, position: int, line: Line) -> Row:
    made_of = article(line.article)
    category, rate, direction = vat_code(organisation, line.vat_code)
    quantity, price = Decimal(line.quantity), Decimal(line.price)
    return {
        "LineNumber": position,
        "ArticleCode": line.article,
        "ActivityCode": made_of["Activity"],
        "Description": line.description or made_of["Name"],
        "Quantity": quantity,
        "UnitCode": made_of["UnitCode"],
        "UnitPrice": price,
        "NetAmount": to_cents(quantity * price),
        "VatCode": line.vat_code,
        "VatRate": rate if category == "S" or direction == "Purchase" or rate is None else Decimal("0.0"),
        "LedgerAccount": made_of["LedgerAccount"],
        "CostCentre": made_of["CostCentre"],
        **line.fields,
    }


def _breakdown(organisation: str, lines: list[Row], rounding: str) -> list[Row]:
    by_code: dict[str, list[Decimal]] = {}
    for line in lines:
        by_code.setdefault(line["VatCode"], []).append(line["NetAmount"])
    return [_part(organisation, code, nets, rounding) for code, nets in by_code.items()]


def _part(organisation: str, code: str, nets: list[Decimal], rounding: str) -> Row:
    category, rate, direction = vat_code(organisation, code)
    share = (rate or ZERO) / 100
    if rounding == "PerLine":
        vat = sum((to_cents(net * share) for net in nets), ZERO)
    else:
        vat = to_cents(sum(nets, ZERO) * share)
    charged = category == "S"
    part = {
        "VatCode": code,
        "Category": category,
        "Rate": rate if charged or rate is None else Decimal("0.0"),
        "Base": sum(nets, ZERO),
        "Amount": vat if charged else ZERO,
    }
    if direction == "Purchase" and not charged and rate:
        part["ReverseChargeAmount"] = vat
    return part
