"""How a finished document should stand in the books, by the source's own ledger accounts.

Sales: debtor gross, revenue per line, VAT payable per code; purchases mirror them with creditor and VAT
receivable; shifted VAT is due and deductible; a memorial stands as it is.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from typing import Any

from emulators.qubz.books import Books, Row
from emulators.qubz.resources import DOCUMENT_RESOURCES

DEBTORS, CREDITORS = "1300", "1600"
VAT_PAYABLE, VAT_SHIFTED, VAT_RECEIVABLE = "1650", "1655", "1660"
ZERO = Decimal("0.00")


def entries_of(books: Books, organisation: str | None, since: datetime | None) -> Iterator[dict[str, Any]]:
    """List the final, readable documents as entries, amounts in the document's currency."""
    for resource in DOCUMENT_RESOURCES:
        for row in books.rows[resource].values():
            changed = row.get("ChangedDate")
            too_old = since is not None and isinstance(changed, datetime) and changed < since
            if (
                organisation in {None, row.get("Organisation")}
                and not too_old
                and row.get("Status") == "Final"
            ):
                yield _entry(row)


def legs_of(row: Row) -> list[dict[str, Any]]:
    """Return the legs of a document with signed amounts under `amount`, debit positive."""
    if "EntryNumber" in row:
        return [
            _leg(
                line["LedgerAccount"],
                line.get("Debit", ZERO) - line.get("Credit", ZERO),
                line,
                line.get("RelationNumber"),
            )
            for line in row["Lines"]
        ]
    sign = -1 if str(row["DocumentType"]).startswith("Sales") else 1
    vat_account = VAT_PAYABLE if sign < 0 else VAT_RECEIVABLE
    party_account = DEBTORS if sign < 0 else CREDITORS
    legs = [_leg(party_account, -sign * row["TotalGross"], {}, row["RelationNumber"])]
    legs += [_leg(line["LedgerAccount"], sign * line["NetAmount"], line, None) for line in row["Lines"]]
    for part in row["VatBreakdown"]:
        shifted = part.get("ReverseChargeAmount") or ZERO
        amounts = {vat_account: sign * part["Amount"] + shifted, VAT_SHIFTED: -shifted}
        legs += [_leg(account, amount, part, None) for account, amount in amounts.items() if amount]
    return legs


def _entries(row: Row) -> Iterator[dict[str, Any]]:
    """Yield the entry of a document, none when it cannot be read."""
    with suppress(KeyError, TypeError, AttributeError, ArithmeticError):
        yield _entry(row)


def _entry(row: Row) -> dict[str, Any]:
    return {
        "administration": row["Organisation"],
        "journal": row.get("JournalCode"),
        "number": row.get("InvoiceNumber") or row.get("EntryNumber"),
        "document": row["Id"],
        "reference": row.get("Reference"),
        "date": str(row.get("InvoiceDate") or row.get("EntryDate")),
        "period": row.get("Period"),
        "party": row.get("RelationNumber"),
        "currency": row.get("Currency", "EUR"),
        "rate": str(row.get("ExchangeRate") or "1"),
        "lines": [_shown(leg) for leg in legs_of(row)],
    }


def _leg(account: str, amount: Decimal, source: Row, party: str | None) -> dict[str, Any]:
    return {
        "account": account,
        "amount": amount,
        "vat_code": source.get("VatCode"),
        "cost_centre": source.get("CostCentre"),
        "party": party,
        "text": source.get("Description"),
    }


def _net_debit(line: Row) -> Decimal:
    return Decimal(line.get("Debit") or 0) - Decimal(line.get("Credit") or 0)


def _shown(leg: dict[str, Any]) -> dict[str, Any]:
    amount = leg.pop("amount")
    debit, credit = (amount, ZERO) if amount >= 0 else (ZERO, -amount)
    return leg | {"debit": f"{debit:.2f}", "credit": f"{credit:.2f}"}


def totals_of(legs: Iterable[dict[str, Any]]) -> dict[str, Decimal]:
    """Add up the legs per account, debit positive."""
    totals: dict[str, Decimal] = {}
    for leg in legs:
        totals[leg["account"]] = totals.get(leg["account"], ZERO) + leg["amount"]
    return totals
