"""What an entry leaves in the ledger: TransactionLines, Transactions, and the open amount.

Source: vendor's page FinancialTransactionTransactionLines; signs and texts as recorded in June 2026:
debit positive, credit negative, zero per entry; the control line is line 0 and has no VAT code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from emulators.exactonline.amounts import ZERO, cents
from emulators.exactonline.books import Books, Row
from emulators.exactonline.kinds import OPEN

LINES = "financialtransaction/TransactionLines"
TRANSACTIONS = "financialtransaction/Transactions"
TERMS = "sync/Cashflow/PaymentTerms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One line in the ledger, in the entry's currency, debit positive."""

    role: str
    line_number: int
    account: Row
    amount: Decimal
    day: datetime
    party: Row | None = None
    description: str | None = None
    vat_code: Row | None = None
    vat_type: str | None = None
    vat_base: Decimal | None = None
    vat_amount: Decimal | None = None
    percentage: Decimal | None = None
    cost_centre: str | None = None
    cost_unit: str | None = None
    quantity: Decimal | None = None
    notes: str | None = None
    our_reference: int | None = None
    due: datetime | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What all lines of an entry share; `rate` is division currency per unit of the entry's."""

    id: str
    number: int
    invoice_number: int | None
    journal: Row
    day: datetime
    year: int
    period: int
    type: int
    currency: str
    rate: Decimal
    description: str | None
    your_reference: str | None
    payment_reference: str | None
    document: str | None
    condition: Row | None


def post(books: Books, entry: Entry, legs: Sequence[Leg]) -> Decimal:
    """Write the lines of an entry and return what its first line is in the division's currency.

    Lines that it had before keep their keys where they still exist.
    """
    kept = {row["_role"]: row for row in books.of_entry(LINES, entry.id)}
    converted = _converted(entry, legs)
    for leg, amount in zip(legs, converted, strict=True):
        values = _line(books, entry, leg, amount)
        row = kept.pop(leg.role, None)
        if row is None:
            books.insert(LINES, values)
        else:
            books.update(LINES, row, values)
    for row in kept.values():
        books.delete(LINES, row["ID"])
    _post_transaction(books, entry)
    _post_terms(books, entry, legs, converted)
    return converted[0]


def remove(books: Books, entry_id: str) -> None:
    """Take an entry out of the ledger."""
    for path in (LINES, TERMS, TRANSACTIONS):
        for row in books.of_entry(path, entry_id):
            books.delete(path, row["EntryID" if path == TRANSACTIONS else "ID"])


def set_status(books: Books, entry_id: str, status: int) -> None:
    """Move the ledger lines of an entry to a status."""
    for path in (LINES, TRANSACTIONS):
        for row in books.of_entry(path, entry_id):
            books.update(path, row, {"Status": status})


def _converted(entry: Entry, legs: Sequence[Leg]) -> list[Decimal]:
    """Convert to the division's currency; the first leg takes what rounding leaves."""
    if entry.rate == 1:
        return [cents(leg.amount) for leg in legs]
    amounts = [cents(leg.amount * entry.rate) for leg in legs]
    amounts[0] -= sum(amounts, ZERO)
    return amounts


def _line(books: Books, entry: Entry, leg: Leg, amount: Decimal) -> Row:
    code = leg.vat_code
    party = leg.party
    return {
        "_role": leg.role,
        "EntryID": entry.id,
        "EntryNumber": entry.number,
        "InvoiceNumber": entry.invoice_number,
        "JournalCode": entry.journal["Code"],
        "JournalDescription": entry.journal["Description"],
        "Date": leg.day,
        "DueDate": leg.due,
        "FinancialYear": entry.year,
        "FinancialPeriod": entry.period,
        "GLAccount": leg.account["ID"],
        "GLAccountCode": leg.account["Code"],
        "GLAccountDescription": leg.account["Description"],
        "Account": party["ID"] if party else None,
        "AccountCode": party["Code"] if party else None,
        "AccountName": party["Name"] if party else None,
        "AmountFC": cents(leg.amount),
        "AmountDC": amount,
        "AmountVATFC": leg.vat_amount,
        "AmountVATBaseFC": leg.vat_base,
        "VATCode": code["Code"] if code else None,
        "VATCodeDescription": code["Description"] if code else None,
        "VATPercentage": leg.percentage,
        "VATType": leg.vat_type,
        "Currency": entry.currency,
        "ExchangeRate": entry.rate,
        "CostCenter": leg.cost_centre,
        "CostCenterDescription": _described(books, "hrm/Costcenters", leg.cost_centre),
        "CostUnit": leg.cost_unit,
        "CostUnitDescription": _described(books, "hrm/Costunits", leg.cost_unit),
        "Description": leg.description,
        "Document": leg.document or entry.document,
        "LineNumber": leg.line_number,
        "LineType": 0,
        "Notes": leg.notes,
        "OrderNumber": None,
        "PaymentReference": entry.payment_reference,
        "Quantity": leg.quantity,
        "Status": OPEN,
        "Type": entry.type,
        "YourRef": entry.your_reference,
    }


def _post_transaction(books: Books, entry: Entry) -> None:
    values = {
        "EntryID": entry.id,
        "EntryNumber": entry.number,
        "Date": entry.day,
        "Description": entry.description,
        "Document": entry.document,
        "FinancialYear": entry.year,
        "FinancialPeriod": entry.period,
        "JournalCode": entry.journal["Code"],
        "JournalDescription": entry.journal["Description"],
        "PaymentConditionCode": entry.condition["Code"] if entry.condition else None,
        "PaymentConditionDescription": entry.condition["Description"] if entry.condition else None,
        "PaymentReference": entry.payment_reference,
        "Status": OPEN,
        "StatusDescription": "Open",
        "Type": entry.type,
    }
    row = books.find(TRANSACTIONS, entry.id)
    if row is None:
        books.insert(TRANSACTIONS, values)
    else:
        books.update(TRANSACTIONS, row, values)


def _post_terms(books: Books, entry: Entry, legs: Sequence[Leg], converted: Sequence[Decimal]) -> None:
    for row in books.of_entry(TERMS, entry.id):
        books.delete(TERMS, row["ID"])
    for leg, amount in zip(legs, converted, strict=True):
        if leg.party is None or leg.account["Type"] not in {20, 22} or not leg.amount:
            continue
        books.insert(
            TERMS,
            {
                "Account": leg.party["ID"],
                "AccountCode": leg.party["Code"],
                "AccountName": leg.party["Name"],
                "AmountDC": amount,
                "AmountFC": cents(leg.amount),
                "Currency": entry.currency,
                "Description": leg.description,
                "DueDate": leg.due or leg.day,
                "EntryDate": leg.day,
                "EntryID": entry.id,
                "EntryNumber": entry.number,
                "GLAccount": leg.account["ID"],
                "GLAccountCode": leg.account["Code"],
                "GLAccountDescription": leg.account["Description"],
                "InvoiceDate": leg.day,
                "InvoiceNumber": entry.invoice_number,
                "IsFullyPaid": False,
                "Journal": entry.journal["Code"],
                "JournalDescription": entry.journal["Description"],
                "LineType": 0 if leg.account["Type"] == 20 else 1,
                "PaymentReference": entry.payment_reference,
                "RateFC": entry.rate,
                "Status": OPEN,
                "TransactionType": entry.type,
                "YourRef": entry.your_reference,
            },
        )


def _described(books: Books, path: str, code: str | None) -> str | None:
    row = books.find_code(path, code) if code else None
    return row["Description"] if row else None
