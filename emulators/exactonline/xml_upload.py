"""Take entries in from the XML of topic GLTransactions; refusals are messages in an answer 200.

Sources: eExact-XML.xsd (Kah0ona/exactonline4j, nabu-platform/types-xml); answers in
zangra-dev/ExactOnlineBundle. Values have the ledger's sign; VAT and control lines may be spelled out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from lxml import etree

from emulators.exactonline import invoices, memorials
from emulators.exactonline.amounts import CENT, ZERO, cents, line_amounts, percentage_on
from emulators.exactonline.books import Books, Row
from emulators.exactonline.errors import Finding, ValidationError, finding, sentence
from emulators.exactonline.kinds import MEMORIAL, OTHER_ENTRY, PURCHASE, SALES, Kind
from emulators.fiscal_years import FiscalYears

ERROR, SUCCESS, FATAL = 0, 2, 3
KINDS = {20: SALES, 21: SALES, 30: PURCHASE, 31: PURCHASE}
CONTROL, VAT = frozenset({20, 22}), 24


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedLine:
    """One line of the document with its ledger account."""

    sent: Row
    account: Row
    amount: Decimal
    vat_code: str


def upload(books: Books, body: bytes, default_journal: str | None) -> etree._Element:
    """Book every entry of a document and say per entry how it went."""
    answer = etree.Element("eExact")
    messages = etree.Element("Messages")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        write_message(messages, books, kind=FATAL, key="", number="", text=str(error))
        answer.append(messages)
        return answer
    transactions = root.findall(".//GLTransaction")
    for transaction in transactions:
        _book(books, transaction, default_journal, messages)
    topics = etree.SubElement(answer, "Topics")
    stamp = f"0x{books.division.version:016X}"
    etree.SubElement(
        topics, "Topic", code="GLTransactions", ts_d=stamp, count=str(len(transactions)), pagesize="50"
    )
    answer.append(messages)
    return answer


def write_message(
    messages: etree._Element, books: Books, *, kind: int, key: str, number: str, text: str
) -> None:
    """Add one message: type 0 error, 1 warning, 2 success, 3 fatal."""
    message = etree.SubElement(messages, "Message", type=str(kind))
    topic = etree.SubElement(message, "Topic", code="GLTransactions", node="GLTransaction")
    etree.SubElement(topic, "Data", key=key, keyAlt=number)
    etree.SubElement(message, "Date").text = books.now().isoformat()
    etree.SubElement(message, "Description").text = text


def _book(
    books: Books, transaction: etree._Element, default_journal: str | None, messages: etree._Element
) -> None:
    number = transaction.get("entry", "")
    try:
        row = _create(books, transaction, default_journal)
    except ValidationError as error:
        text = error.message(books.user.language)
        write_message(messages, books, kind=ERROR, key="", number=number, text=text)
    except (InvalidOperation, ValueError) as error:
        write_message(messages, books, kind=ERROR, key="", number=number, text=f"Ongeldig: {error}")
    else:
        key = "{" + row["EntryID"] + "}"
        write_message(
            messages, books, kind=SUCCESS, key=key, number=str(row["EntryNumber"]), text="Aangemaakt"
        )


def _create(books: Books, transaction: etree._Element, default_journal: str | None) -> Row:
    kind_number = int(_attribute(transaction, "TransactionType", "number") or OTHER_ENTRY)
    findings: list[Finding] = []
    lines = [_line(books, element, findings) for element in transaction.findall("GLTransactionLine")]
    found = [line for line in lines if line is not None]
    if findings:
        raise ValidationError(*dict.fromkeys(findings))
    journal = _attribute(transaction, "Journal", "code") or default_journal
    number = int(transaction.get("entry", "0") or 0)
    head = _head(transaction, journal, number)
    if kind_number == OTHER_ENTRY:
        sent_lines = [line.sent | {"AmountFC": line.amount} for line in found]
        memorials.check_entry(books, head, sent_lines)
        _make_room(books, journal, number)
        return memorials.create(books, head, sent_lines)
    if kind_number not in KINDS:
        raise ValidationError(finding("invalid", "type"))
    sent_lines = _invoice_lines(books, transaction, KINDS[kind_number], head, found)
    _make_room(books, journal, number)
    return invoices.create(books, KINDS[kind_number], head, sent_lines)


def _head(transaction: etree._Element, journal: str | None, number: int) -> Row:
    year = _attribute(transaction, "FinYear", "number")
    period = _attribute(transaction, "FinPeriod", "number")
    reference = transaction.findtext(".//References/YourRef")
    return {
        "Journal": journal,
        "JournalCode": journal,
        "EntryNumber": number or None,
        "EntryDate": _day(transaction.findtext("Date")),
        "Description": transaction.findtext("Description"),
        "YourRef": reference,
        "PaymentCondition": _attribute(transaction, "PaymentCondition", "code"),
        "ReportingYear": int(year) if year else None,
        "FinancialYear": int(year) if year else None,
        "ReportingPeriod": int(period) if period else None,
        "FinancialPeriod": int(period) if period else None,
        "Currency": _attribute(transaction, "GLTransactionLine/Amount/Currency", "code"),
    }


def _line(books: Books, element: etree._Element, findings: list[Finding]) -> UploadedLine | None:
    account = books.find_code("financial/GLAccounts", _attribute(element, "GLAccount", "code"))
    if account is None:
        findings.append(finding("reference", "ledger_account"))
        return None
    code = _attribute(element, "Amount/VAT", "code") or ""
    quantity = element.findtext("Quantity")
    sent: Row = {
        "GLAccount": account["ID"],
        "Description": element.findtext("Description"),
        "Date": _day(element.findtext("Date")),
        "VATCode": code,
        "CostCenter": _attribute(element, "Costcenter", "code"),
        "CostUnit": _attribute(element, "Costunit", "code"),
        "Quantity": Decimal(quantity) if quantity else None,
        "Notes": element.findtext("Note"),
    }
    if relation := _attribute(element, "Account", "code"):
        party = books.find_code("crm/Accounts", relation)
        if party is None:
            findings.append(finding("reference", "account"))
            return None
        sent["Account"] = party["ID"]
    return UploadedLine(sent=sent, account=account, amount=_amount(element), vat_code=code.strip())


def _invoice_lines(
    books: Books, transaction: etree._Element, kind: Kind, head: Row, lines: Sequence[UploadedLine]
) -> list[Row]:
    """Complete the head and return the lines to book, which agree with the control lines if there are any."""
    control = [line for line in lines if line.account["Type"] in CONTROL]
    if not control and books.switches.text("xml_control_line") == "required":
        raise ValidationError(finding("mandatory", "account"))
    party = books.find_code("crm/Accounts", _attribute(transaction, "Account", "code"))
    head[kind.party] = party["ID"] if party else next((line.sent.get("Account") for line in control), None)
    vat_lines = [line for line in lines if line.account["Type"] == VAT]
    plain = [line for line in lines if line.account["Type"] not in CONTROL | {VAT}]
    sent_lines = [line.sent | {"AmountFC": -kind.sign * line.amount} for line in plain]
    _spell_out_vat(books, kind, head, vat_lines, sent_lines)
    total = invoices.check_entry(books, kind, head, sent_lines)
    difference = sum((line.amount for line in control), ZERO) - kind.sign * total
    if control and difference:
        day = head["EntryDate"] or books.today()
        year, period = FiscalYears.of(books.switches).period_of(day)
        text = f"{head['Currency'] or books.division.currency} {difference}"
        raise ValidationError(sentence("unbalanced", year=year, period=period, difference=text))
    return sent_lines


def _spell_out_vat(
    books: Books, kind: Kind, head: Row, vat_lines: Sequence[UploadedLine], sent_lines: list[Row]
) -> None:
    """Give the lines of a VAT code the VAT that a line of its own states."""
    for code in {line.vat_code for line in vat_lines}:
        stated = -kind.sign * sum((line.amount for line in vat_lines if line.vat_code == code), ZERO)
        row = books.find_code("vat/VATCodes", code)
        based = [line for line in sent_lines if line["VATCode"].strip() == code]
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


def _make_room(books: Books, journal: str | None, number: int) -> None:
    """Take out the entry that an upload with the same number replaces."""
    if journal is None or not number:
        return
    for kind in (SALES, PURCHASE):
        for row in list(books.rows(kind.path)):
            if row["EntryNumber"] == number and row["Journal"] == journal:
                invoices.delete(books, kind, row)
                books.division.numbers[journal].discard(number)
    for row in list(books.rows(MEMORIAL)):
        if row["EntryNumber"] == number and row["JournalCode"] == journal:
            memorials.delete(books, row)
            books.division.numbers[journal].discard(number)


def _amount(element: etree._Element) -> Decimal:
    for path in ("ForeignAmount", "Amount"):
        part = element.find(path)
        if part is None:
            continue
        if text := part.findtext("Value"):
            return cents(Decimal(text))
        debit, credit = part.findtext("Debit"), part.findtext("Credit")
        if debit or credit:
            return cents(Decimal(debit or 0) - Decimal(credit or 0))
    return ZERO


def _attribute(element: etree._Element, path: str, name: str) -> str | None:
    found = element.find(path)
    text = found.get(name) if found is not None else None
    return text.strip() if text else None


def _day(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
