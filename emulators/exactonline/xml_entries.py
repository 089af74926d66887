"""Read one GLTransaction as what the API would be sent, with the signs turned round.

Source: eExact-XML.xsd (Kah0ona/exactonline4j, nabu-platform/types-xml). Values have the ledger's sign; VAT
and control lines may be spelled out, and then have to agree with the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from emulators.exactonline import invoices
from emulators.exactonline.amounts import CENT, ZERO, cents, line_amounts, percentage_on
from emulators.exactonline.books import Books, Row
from emulators.exactonline.errors import Finding, ValidationError, finding, sentence
from emulators.exactonline.kinds import OTHER_ENTRY, PURCHASE, SALES, Kind
from emulators.fiscal_years import FiscalYears

KINDS = {20: SALES, 21: SALES, 30: PURCHASE, 31: PURCHASE}
VAT = 24


class UnreadableEntryError(Exception):
    """A record holds a number or day that is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedEntry:
    """One record as the API would have it; without a kind it is a general journal entry."""

    kind: Kind | None
    head: Row
    lines: list[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedLine:
    """One line of the document with its ledger account; amounts as they stand, debit positive."""

    sent: Row
    account: Row
    amount: Decimal
    vat: Decimal | None

    @property
    def vat_code(self) -> str:
        """The VAT code, empty for none."""
        return (self.sent["VATCode"] or "").strip()


def read_entry(books: Books, transaction: etree._Element, default_journal: str | None) -> UploadedEntry:
    """Read a record; ValidationError with every code that is not there, and for what does not add up."""
    try:
        return _read(books, transaction, default_journal)
    except (InvalidOperation, ValueError) as error:
        raise UnreadableEntryError(str(error)) from error


def _read(books: Books, transaction: etree._Element, default_journal: str | None) -> UploadedEntry:
    number = int(_attribute(transaction, "TransactionType", "number") or OTHER_ENTRY)
    if number not in {*KINDS, OTHER_ENTRY}:
        raise ValidationError(finding("invalid", "type"))
    findings: list[Finding] = []
    lines = [_line(books, element, findings) for element in transaction.findall("GLTransactionLine")]
    found = [line for line in lines if line is not None]
    if findings:
        raise ValidationError(*dict.fromkeys(findings))
    head = _head(transaction, _attribute(transaction, "Journal", "code") or default_journal)
    if number == OTHER_ENTRY:
        return UploadedEntry(kind=None, head=head, lines=[_memorial_line(books, line) for line in found])
    kind = KINDS[number]
    return UploadedEntry(kind=kind, head=head, lines=_invoice_lines(books, transaction, kind, head, found))


def _head(transaction: etree._Element, journal: str | None) -> Row:
    year, period = (
        _attribute(transaction, "FinYear", "number"),
        _attribute(transaction, "FinPeriod", "number"),
    )
    currency = _attribute(transaction, "GLTransactionLine/ForeignAmount/Currency", "code")
    rate = _number(transaction.findtext("GLTransactionLine/ForeignAmount/Rate"))
    return {
        "Journal": journal,
        "JournalCode": journal,
        "EntryNumber": int(transaction.get("entry", "0") or 0) or None,
        "EntryDate": _day(transaction.findtext("Date")),
        "DueDate": _day(transaction.findtext("GLTransactionLine/DueDate")),
        "Description": transaction.findtext("Description"),
        "YourRef": transaction.findtext(".//References/YourRef"),
        "PaymentCondition": _attribute(transaction, "PaymentCondition", "code"),
        "GAccountAmountFC": _number(transaction.findtext("GAccountAmountFC")),
        "ReportingYear": int(year) if year else None,
        "FinancialYear": int(year) if year else None,
        "ReportingPeriod": int(period) if period else None,
        "FinancialPeriod": int(period) if period else None,
        "Currency": currency or _attribute(transaction, "GLTransactionLine/Amount/Currency", "code"),
        "Rate": rate,
        "ExchangeRate": rate,
    }


def _line(books: Books, element: etree._Element, findings: list[Finding]) -> UploadedLine | None:
    account = books.find_code("financial/GLAccounts", _attribute(element, "GLAccount", "code"))
    if account is None:
        findings.append(finding("reference", "ledger_account"))
        return None
    sent: Row = {
        "GLAccount": account["ID"],
        "Description": element.findtext("Description"),
        "Date": _day(element.findtext("Date")),
        "VATCode": _vat_code(books, element),
        "CostCenter": _attribute(element, "Costcenter", "code"),
        "CostUnit": _attribute(element, "Costunit", "code"),
        "Quantity": _number(element.findtext("Quantity")),
        "Notes": element.findtext("Note"),
    }
    if relation := _attribute(element, "Account", "code"):
        party = books.find_code("crm/Accounts", relation)
        if party is None:
            findings.append(finding("reference", "account"))
            return None
        sent["Account"] = party["ID"]
    vat = _number(element.findtext("ForeignAmount/VATAmount"))
    return UploadedLine(sent=sent, account=account, amount=_amount(element), vat=vat)


def _vat_code(books: Books, element: etree._Element) -> str | None:
    codes = [_attribute(element, f"{part}/VAT", "code") for part in ("Amount", "ForeignAmount")]
    said = next((code for code in codes if code is not None), None)
    return "" if said is None and not books.switches.on("xml_default_vat_code") else said


def _memorial_line(books: Books, line: UploadedLine) -> Row:
    return line.sent | {"AmountFC": line.amount} | _stated_vat(books, line, 1, "AmountVATFC")


def _stated_vat(books: Books, line: UploadedLine, sign: int, name: str) -> Row:
    if line.vat is None or not books.switches.on("xml_vat_amount"):
        return {}
    return {name: sign * line.vat}


def _invoice_lines(
    books: Books, transaction: etree._Element, kind: Kind, head: Row, lines: Sequence[UploadedLine]
) -> list[Row]:
    """Complete the head and return the lines to book, which agree with the control lines if there are any."""
    control = [line for line in lines if line.account["Type"] == kind.control_type]
    if not control and books.switches.text("xml_control_line") == "required":
        raise ValidationError(finding("mandatory", "account"))
    party = books.find_code("crm/Accounts", _attribute(transaction, "Account", "code"))
    head[kind.party] = party["ID"] if party else next((line.sent.get("Account") for line in control), None)
    vat_lines = [line for line in lines if line.account["Type"] == VAT]
    plain = [line for line in lines if line.account["Type"] not in {kind.control_type, VAT}]
    sent_lines = [_invoice_line(books, kind, line) for line in plain]
    _spell_out_vat(books, kind, head, vat_lines, sent_lines)
    total = invoices.check_entry(books, kind, head, sent_lines)
    difference = sum((line.amount for line in control), ZERO) - kind.sign * total
    if control and difference:
        day = head["EntryDate"] or books.today()
        year, period = FiscalYears.of(books.switches).period_of(day)
        text = f"{head['Currency'] or books.division.currency} {difference}"
        raise ValidationError(sentence("unbalanced", year=year, period=period, difference=text))
    return sent_lines


def _invoice_line(books: Books, kind: Kind, line: UploadedLine) -> Row:
    sign = -kind.sign
    amount = sign * line.amount
    code = books.find_code("vat/VATCodes", line.vat_code) if line.vat_code else None
    if code is not None and code["Type"] == "I" and books.switches.text("xml_including_value") == "net":
        # What the API is sent with such a code contains the VAT.
        amount += sign * (line.vat or ZERO)
    return line.sent | {"AmountFC": amount} | _stated_vat(books, line, sign, "VATAmountFC")


def _spell_out_vat(
    books: Books, kind: Kind, head: Row, vat_lines: Sequence[UploadedLine], sent_lines: list[Row]
) -> None:
    """Give the lines of a VAT code the VAT that a line of its own states."""
    for code in {line.vat_code for line in vat_lines}:
        stated = -kind.sign * sum((line.amount for line in vat_lines if line.vat_code == code), ZERO)
        row = books.find_code("vat/VATCodes", code)
        based = [line for line in sent_lines if (line["VATCode"] or "").strip() == code]
        if row is None or not based:
            raise ValidationError(sentence("vat_line_mismatch", code=code))
        percentage = percentage_on(books, row, head["EntryDate"] or books.today())
        amounts = [line_amounts(line["AmountFC"], row, percentage, None) for line in based]
        computed = sum((each.vat + each.shifted for each in amounts), ZERO)
        if abs(stated - computed) > CENT * len(based):
            raise ValidationError(sentence("vat_line_mismatch", code=code))
        for line, each in zip(based, amounts, strict=True):
            line["VATAmountFC"] = each.vat + each.shifted
        based[-1]["VATAmountFC"] += stated - computed


def _amount(element: etree._Element) -> Decimal:
    for path in ("ForeignAmount", "Amount"):
        part = element.find(path)
        if part is None:
            continue
        value = _number(part.findtext("Value"))
        if value is not None:
            return cents(value)
        debit, credit = _number(part.findtext("Debit")), _number(part.findtext("Credit"))
        if debit or credit:
            return cents((debit or ZERO) - (credit or ZERO))
    return ZERO


def _attribute(element: etree._Element, path: str, name: str) -> str | None:
    found = element.find(path)
    text = found.get(name) if found is not None else None
    return None if text is None else text.strip()


def _number(text: str | None) -> Decimal | None:
    return Decimal(text.strip()) if text and text.strip() else None


def _day(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text.strip()) if text else None
