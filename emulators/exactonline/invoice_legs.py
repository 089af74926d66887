"""How a sales or purchase entry falls apart into ledger lines.

Sources: recordings of June 2026 (sale of 300 at 5.5 %: debtor +316.50, revenue -300, VAT -16.50); vendor's
page VATVATCodes on Charged: one line to pay and one to claim. The amounts of those two are inferred.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from emulators.exactonline.amounts import ZERO, LineAmounts, cents
from emulators.exactonline.books import Books, Row
from emulators.exactonline.kinds import Kind
from emulators.exactonline.ledger import Entry, Leg
from emulators.exactonline.lines import CheckedLine

if TYPE_CHECKING:
    from emulators.exactonline.invoices import Prepared

# VATType by direction and credit: base of the line, VAT to claim or to pay (vendor's TransactionLines page).
BASE_TYPES = {("S", False): "V", ("S", True): "X", ("P", False): "I", ("P", True): "W"}
PAY_TYPES = {("S", False): "A", ("S", True): "Z", ("P", False): "P", ("P", True): "Y"}
CLAIM_TYPES = {("S", False): "A", ("S", True): "Z", ("P", False): "O", ("P", True): "Q"}


def invoice_legs(books: Books, kind: Kind, row: Row, prepared: "Prepared") -> tuple[Entry, list[Leg]]:
    """Return an entry and its ledger lines, control account first, with a sum of zero."""
    header = prepared.header
    entry = Entry(
        id=row["EntryID"],
        number=row["EntryNumber"],
        invoice_number=row["InvoiceNumber"],
        journal=header.journal,
        day=header.day,
        year=header.period[0],
        period=header.period[1],
        type=prepared.type,
        currency=header.currency,
        rate=header.rate,
        description=row["Description"],
        your_reference=row["YourRef"],
        payment_reference=row["PaymentReference"],
        document=row["Document"],
        condition=header.condition,
    )
    control = Leg(
        role="control",
        line_number=0,
        account=header.control,
        amount=kind.sign * prepared.total,
        day=header.day,
        party=header.party,
        description=row["Description"],
        due=header.due,
    )
    legs = [control]
    for number, (line, amounts) in enumerate(zip(prepared.lines, prepared.amounts, strict=True), start=1):
        legs.append(_line_leg(kind, row, prepared, line, amounts, number))
    legs += _vat_legs(books, kind, row, prepared)
    return entry, legs


def not_deductible(kind: Kind, line: CheckedLine, amounts: LineAmounts) -> Decimal:
    """Return the part of a purchase line's VAT that is cost."""
    if kind.direction == "S":
        return ZERO
    share = line.sent.get("VATNonDeductiblePercentage")
    if share is None:
        share = line.account["VATNonDeductiblePercentage"] or ZERO
    return cents((amounts.vat + amounts.shifted) * share)


def _line_leg(
    kind: Kind, row: Row, prepared: "Prepared", line: CheckedLine, amounts: LineAmounts, number: int
) -> Leg:
    credit = prepared.type == kind.types[1]
    return Leg(
        role=f"line {number}",
        line_number=number,
        account=line.account,
        amount=-kind.sign * (amounts.net + not_deductible(kind, line, amounts)),
        day=prepared.header.day,
        party=prepared.header.party,
        description=line.sent.get("Description") or row["Description"],
        vat_code=line.vat_code,
        vat_type=BASE_TYPES[kind.direction, credit] if line.vat_code else None,
        vat_amount=-kind.sign * (amounts.vat + amounts.shifted) if line.vat_code else None,
        percentage=amounts.percentage if line.vat_code else None,
        cost_centre=line.cost_centre,
        cost_unit=line.cost_unit,
        quantity=line.sent.get("Quantity"),
        notes=line.sent.get("Notes"),
        document=line.sent.get("Document"),
    )


def _vat_legs(books: Books, kind: Kind, row: Row, prepared: "Prepared") -> Iterator[Leg]:
    number = len(prepared.lines)
    for group in _groups(books, prepared):
        code = prepared.lines[group[0]].vat_code
        if code is None:
            continue
        lines = [(prepared.lines[place], prepared.amounts[place]) for place in group]
        cost = sum((not_deductible(kind, line, amounts) for line, amounts in lines), ZERO)
        vat = sum((amounts.vat for _, amounts in lines), ZERO)
        shifted = sum((amounts.shifted for _, amounts in lines), ZERO)
        to_pay, to_claim = _sides(kind, vat, shifted, cost)
        for side, amount in (("GLToClaim", to_claim), ("GLToPay", to_pay)):
            # Exact: VAT that rounds to nothing gets no line (a net of 0.01 at 20 %).
            if amount:
                number += 1
                yield _vat_leg(books, kind, row, prepared, code, lines, side, amount, number)


def _sides(kind: Kind, vat: Decimal, shifted: Decimal, cost: Decimal) -> tuple[Decimal, Decimal]:
    """Return what goes to the accounts for VAT to pay and to claim, debit positive."""
    if kind.direction == "S":
        return -vat - shifted, shifted
    return -shifted, vat + shifted - cost


def _vat_leg(  # noqa: PLR0913, PLR0917 - the parts of a VAT line
    books: Books,
    kind: Kind,
    row: Row,
    prepared: "Prepared",
    code: Row,
    lines: list[tuple[CheckedLine, LineAmounts]],
    side: str,
    amount: Decimal,
    number: int,
) -> Leg:
    types = PAY_TYPES if side == "GLToPay" else CLAIM_TYPES
    account = books.find("financial/GLAccounts", code[side]) or next(
        books.pick("financial/GLAccounts", lambda each: each["Type"] == 24)
    )
    return Leg(
        role=f"{side} {code['Code'].strip()} {number}",
        line_number=number,
        account=account,
        amount=amount,
        day=prepared.header.day,
        party=prepared.header.party,
        description=row["Description"],
        vat_code=code,
        vat_type=types[kind.direction, prepared.type == kind.types[1]],
        vat_base=-kind.sign * sum((amounts.net for _, amounts in lines), ZERO),
        percentage=lines[0][1].percentage,
    )


def _groups(books: Books, prepared: "Prepared") -> list[list[int]]:
    """Return the places of the lines that share a VAT line."""
    if books.switches.text("vat_lines") == "per_line":
        return [[place] for place in range(len(prepared.lines))]
    groups: dict[str, list[int]] = {}
    for place, line in enumerate(prepared.lines):
        if line.vat_code:
            groups.setdefault(line.vat_code["Code"], []).append(place)
    return list(groups.values())
