"""The rows that a sales or purchase entry and its lines show."""

from decimal import Decimal
from typing import TYPE_CHECKING

from emulators.exactonline.amounts import LineAmounts, cents
from emulators.exactonline.books import Books, Row
from emulators.exactonline.kinds import STATUS_NAMES, Kind
from emulators.exactonline.lines import CheckedLine

if TYPE_CHECKING:
    from emulators.exactonline.invoices import Prepared

WRITABLE = (
    "BatchNumber",
    "Description",
    "ExternalLinkReference",
    "GAccountAmountFC",
    "OrderNumber",
    "PaymentReference",
    "ProcessNumber",
    "YourRef",
)
LINE_WRITABLE = (
    "Asset", "Description", "From", "Notes", "PrivateUsePercentage", "Quantity", "SerialNumber",
    "Subscription", "To", "TrackingNumber",
)  # fmt: skip


def header_row(books: Books, kind: Kind, row: Row, prepared: "Prepared") -> Row:
    """Return the fields of an entry's head; amounts include VAT."""
    header, sent = prepared.header, row["_sent"]
    vat = prepared.vat
    if books.switches.text("header_vat_of_reverse") == "counted":
        vat += sum(amounts.shifted for amounts in prepared.amounts)
    document = books.find("documents/Documents", sent.get("Document") or row["Document"])
    condition = header.condition or {}
    values: Row = {name: sent.get(name) for name in WRITABLE}
    return values | {
        "ProcessNumber": sent.get("ProcessNumber") or 0,
        "AmountFC": cents(prepared.total),
        "VATAmountFC": cents(vat) if vat else None,
        "VATAmountDC": cents(vat * header.rate) if vat else None,
        "Currency": header.currency,
        "Rate": header.shown_rate,
        kind.party: header.party["ID"],
        kind.party_name: header.party["Name"],
        "Document": document["ID"] if document else None,
        "DocumentNumber": document["HID"] if document else None,
        "DocumentSubject": document["Subject"] if document else None,
        "EntryDate": header.day,
        "DueDate": header.due,
        "Journal": header.journal["Code"],
        "JournalDescription": header.journal["Description"],
        "PaymentCondition": condition.get("Code"),
        "PaymentConditionDescription": condition.get("Description"),
        "PaymentConditionPaymentMethod": condition.get("PaymentMethod"),
        "ReportingYear": header.period[0],
        "ReportingPeriod": header.period[1],
        "StatusDescription": STATUS_NAMES[row["Status"]],
        "Type": prepared.type,
        "TypeDescription": kind.type_names[kind.types.index(prepared.type)],
        "Reversal": bool(sent.get("Reversal")),
    }


def line_row(
    books: Books, entry: Row, line: CheckedLine, amounts: LineAmounts, number: int, rate: Decimal
) -> Row:
    """Return the fields of a line; AmountFC stays as sent, so it contains VAT with a code of type I."""
    vat = amounts.vat + amounts.shifted
    gross = line.vat_code is not None and line.vat_code["Type"] == "I"
    amount = amounts.net + amounts.vat if gross else amounts.net
    values: Row = {name: line.sent[name] for name in LINE_WRITABLE if name in line.sent}
    return values | {
        "_sent": line.sent,
        "EntryID": entry["EntryID"],
        "LineNumber": number,
        "Type": entry["Type"],
        "GLAccount": line.account["ID"],
        "GLAccountCode": line.account["Code"],
        "GLAccountDescription": line.account["Description"],
        "AmountFC": cents(amount),
        "AmountDC": cents(amount * rate),
        "VATCode": line.vat_code["Code"] if line.vat_code else None,
        "VATCodeDescription": line.vat_code["Description"] if line.vat_code else None,
        "VATPercentage": amounts.percentage if line.vat_code else None,
        "VATAmountFC": cents(vat),
        "VATAmountDC": cents(vat * rate),
        "VATBaseAmountFC": cents(amounts.net),
        "VATBaseAmountDC": cents(amounts.net * rate),
        "CostCenter": line.cost_centre,
        "CostCenterDescription": _described(books, "hrm/Costcenters", line.cost_centre),
        "CostUnit": line.cost_unit,
        "CostUnitDescription": _described(books, "hrm/Costunits", line.cost_unit),
    }


def _described(books: Books, path: str, code: str | None) -> str | None:
    row = books.find_code(path, code) if code else None
    return row["Description"] if row else None
