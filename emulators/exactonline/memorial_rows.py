"""The rows of a general journal entry's lines, and the VAT lines the server adds.

Source: vendor's page GeneralJournalEntryGeneralJournalEntryLines (VATCode, AmountVATFC, VATType).
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from emulators.exactonline.amounts import cents
from emulators.exactonline.books import Books, Row
from emulators.exactonline.ledger import Leg

if TYPE_CHECKING:
    from emulators.exactonline.memorials import MemorialLine

REVENUE = frozenset({110, 140})


def line_row(books: Books, entry: Row, line: "MemorialLine", number: int, rate: Decimal) -> Row:
    """Return the fields of a line."""
    sent, account, party = line.line.sent, line.line.account, line.party
    code = line.line.vat_code
    amount = cents(sent.get("AmountFC") or Decimal(0))
    vat = line.amounts.vat + line.amounts.shifted
    names = ("Description", "Notes", "OurRef", "OffsetID", "Quantity", "Asset", "Document")
    return {name: sent.get(name) for name in names} | {
        "_sent": sent,
        "EntryID": entry["EntryID"],
        "EntryNumber": entry["EntryNumber"],
        "LineNumber": number,
        "Account": party["ID"] if party else None,
        "AccountCode": party["Code"] if party else None,
        "AccountName": party["Name"] if party else None,
        "AmountFC": amount,
        "AmountDC": cents(amount * rate),
        "AmountVATFC": cents(vat) if code else None,
        "AmountVATDC": cents(vat * rate) if code else None,
        "VATBaseAmountFC": cents(line.amounts.net) if code else None,
        "VATBaseAmountDC": cents(line.amounts.net * rate) if code else None,
        "VATCode": code["Code"] if code else None,
        "VATCodeDescription": code["Description"] if code else None,
        "VATPercentage": line.amounts.percentage if code else None,
        "VATType": ("V" if _is_sale(line) else "I") if code else "S",
        "Date": line.day,
        "GLAccount": account["ID"],
        "GLAccountCode": account["Code"],
        "GLAccountDescription": account["Description"],
        "CostCenter": line.line.cost_centre,
        "CostCenterDescription": _described(books, "hrm/Costcenters", line.line.cost_centre),
        "CostUnit": line.line.cost_unit,
        "CostUnitDescription": _described(books, "hrm/Costunits", line.line.cost_unit),
    }


def vat_legs(books: Books, lines: Sequence["MemorialLine"]) -> Iterator[Leg]:
    """Return the VAT lines that the server adds to lines with a VAT code."""
    number = len(lines)
    for line in lines:
        code = line.line.vat_code
        if code is None:
            continue
        for side, amount in _sides(line):
            if not amount:
                continue
            number += 1
            account = books.find("financial/GLAccounts", code[side]) or next(
                books.pick("financial/GLAccounts", lambda each: each["Type"] == 24)
            )
            yield Leg(
                role=f"{side} {number}",
                line_number=number,
                account=account,
                amount=amount,
                day=line.day,
                description=line.line.sent.get("Description"),
                vat_code=code,
                vat_type=_vat_type(line, side),
                vat_base=line.amounts.net,
                percentage=line.amounts.percentage,
            )


def _sides(line: "MemorialLine") -> list[tuple[str, Decimal]]:
    if line.amounts.shifted:
        return [("GLToClaim", line.amounts.shifted), ("GLToPay", -line.amounts.shifted)]
    return [("GLToPay" if _is_sale(line) else "GLToClaim", line.amounts.vat)]


def _vat_type(line: "MemorialLine", side: str) -> str:
    if _is_sale(line):
        return "A"
    return "O" if side == "GLToClaim" else "P"


def _is_sale(line: "MemorialLine") -> bool:
    code = line.line.vat_code
    direction = code["VATTransactionType"] if code else "B"
    return direction == "S" or (direction == "B" and line.line.account["Type"] in REVENUE)


def _described(books: Books, path: str, code: str | None) -> str | None:
    row = books.find_code(path, code) if code else None
    return row["Description"] if row else None
