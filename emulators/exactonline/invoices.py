"""Sales and purchase entries: taken in, changed, taken out.

Sources: vendor's pages SalesEntrySalesEntries and PurchaseEntryPurchaseEntries; a purchase entry recorded in
June 2026 (NangoHQ/integration-templates); ossobv/exactonline on deleting lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from emulators.exactonline import ledger
from emulators.exactonline.amounts import ZERO, LineAmounts, cents, line_amounts, round_per_code
from emulators.exactonline.books import Books, Row
from emulators.exactonline.errors import Finding, ValidationError, finding, sentence
from emulators.exactonline.headers import Header, check_header
from emulators.exactonline.invoice_legs import invoice_legs
from emulators.exactonline.invoice_rows import header_row, line_row
from emulators.exactonline.kinds import OPEN, SETTLED, Kind
from emulators.exactonline.lengths import fit
from emulators.exactonline.lines import CONTROL_TYPES, CheckedLine, LineRules, check_line
from emulators.exactonline.numbering import document_number, entry_number
from emulators.exactonline.periods import check

SENT_LINE = tuple[str | None, Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An entry that may be booked."""

    header: Header
    lines: Sequence[CheckedLine]
    ids: Sequence[str | None]
    amounts: Sequence[LineAmounts]
    type: int
    total: Decimal
    vat: Decimal


def check_entry(books: Books, kind: Kind, sent: Row, sent_lines: Sequence[Row]) -> Decimal:
    """Return what an entry would amount to; raise ValidationError with every reason found."""
    return _prepare(books, kind, sent, [(None, line) for line in sent_lines]).total


def create(books: Books, kind: Kind, sent: Row, sent_lines: Sequence[Row]) -> Row:
    """Book an entry; raise ValidationError with every reason found."""
    prepared = _prepare(books, kind, sent, [(None, line) for line in sent_lines])
    entry_id = books.new_id()
    if books.switches.on("honours_entry_id") and sent.get("EntryID"):
        entry_id = sent["EntryID"]
        if books.find(kind.path, entry_id) is not None:
            raise ValidationError(sentence("data_exists"))
    number = entry_number(
        books, str(prepared.header.journal["Code"]), prepared.header.period[0], sent.get("EntryNumber")
    )
    numbers = {
        "EntryID": entry_id,
        "EntryNumber": number,
        "InvoiceNumber": _invoice_number(books, sent, number),
    }
    if kind.makes_document and not sent.get("Document"):
        numbers["Document"] = _document(books, sent, prepared, entry_id)["ID"]
    row = books.insert(kind.path, {"_sent": sent, "Status": OPEN, **numbers})
    _write(books, kind, row, prepared)
    return row


def change(books: Books, kind: Kind, row: Row, values: Row) -> None:
    """Change the head of an open entry."""
    if "EntryNumber" in values:
        # Exact: sending the whole entity back collides with itself.
        raise ValidationError(sentence("data_exists"))
    check_open(books, kind, row)
    # The key in the address counts; picqer/exact-php-client and python-exact-online repeat it in the body.
    sent = row["_sent"] | {name: text for name, text in values.items() if name != "EntryID"}
    prepared = _prepare(books, kind, sent, _sent_lines(books, kind, row))
    row["_sent"] = sent
    if values.get("Document"):
        row["Document"] = values["Document"]
    _write(books, kind, row, prepared)


def change_lines(books: Books, kind: Kind, row: Row, sent_lines: Sequence[SENT_LINE]) -> None:
    """Give an open entry other lines; without any left the entry goes."""
    check_open(books, kind, row)
    if not sent_lines:
        delete(books, kind, row)
        return
    prepared = _prepare(books, kind, row["_sent"], sent_lines)
    _write(books, kind, row, prepared)


def delete(books: Books, kind: Kind, row: Row) -> None:
    """Take an open entry out; its number stays unused."""
    check_open(books, kind, row)
    for line in books.of_entry(kind.lines_path, row["EntryID"]):
        books.delete(kind.lines_path, line["ID"])
    ledger.remove(books, row["EntryID"])
    books.delete(kind.path, row["EntryID"])


def sent_lines_of(books: Books, kind: Kind, row: Row) -> list[SENT_LINE]:
    """Return an entry's lines as they were sent, with their keys."""
    return _sent_lines(books, kind, row)


def check_open(books: Books, kind: Kind, row: Row) -> None:
    """Refuse to change what is processed or lies in a closed period."""
    if row["Status"] == SETTLED:
        raise ValidationError(sentence("already_settled"))
    findings = check(books, (row["ReportingYear"], row["ReportingPeriod"]))
    if findings:
        raise ValidationError(*findings)
    del kind


def _sent_lines(books: Books, kind: Kind, row: Row) -> list[SENT_LINE]:
    lines = sorted(books.of_entry(kind.lines_path, row["EntryID"]), key=lambda line: line["LineNumber"])
    return [(line["ID"], line["_sent"]) for line in lines]


def _prepare(books: Books, kind: Kind, sent: Row, sent_lines: Sequence[SENT_LINE]) -> Prepared:
    findings: list[Finding] = fit(books, kind.path, sent)
    header = check_header(books, sent, kind, findings)
    if not sent_lines:
        findings.append(finding("mandatory", "entry_lines"))
    rules = LineRules(
        forbidden_types=CONTROL_TYPES,
        direction=kind.direction,
        vat_allowed=True,
        vat_field="VATAmountFC",
        day=header.day if header else books.today(),
    )
    checked = []
    for key, line in sent_lines:
        findings += fit(books, kind.lines_path, line)
        if (each := check_line(books, line, rules, findings)) is not None:
            checked.append((key, each))
    if sent_lines and not checked and not findings:
        findings.append(finding("mandatory", "entry_lines"))
    if findings or header is None:
        raise ValidationError(*dict.fromkeys(findings))
    lines = [each for _, each in checked]
    prepared = _computed(books, kind, sent, header, lines, [key for key, _ in checked])
    _check_whole(books, kind, sent, prepared)
    return prepared


def _computed(
    books: Books, kind: Kind, sent: Row, header: Header, lines: list[CheckedLine], ids: list[str | None]
) -> Prepared:
    by_type = books.switches.text("credit_type_sign") == "type" and sent.get("_type") == kind.types[1]
    sign = -1 if by_type else 1
    keeps_type = by_type or books.switches.text("credit_type") == "by_total"
    amounts = [
        line_amounts(
            sign * (line.sent.get("AmountFC") or ZERO),
            line.vat_code,
            line.percentage,
            None if line.sent.get("VATAmountFC") is None else sign * line.sent["VATAmountFC"],
        )
        for line in lines
    ]
    if books.switches.text("vat_rounding") == "per_code":
        amounts = round_per_code(
            amounts, [line.vat_code["Code"] if line.vat_code else None for line in lines]
        )
    vat = sum((each.vat for each in amounts), ZERO)
    total = sum((each.net for each in amounts), ZERO) + vat
    return Prepared(
        header=header,
        lines=lines,
        ids=ids,
        amounts=amounts,
        type=kind.types[1] if total < 0 and keeps_type else kind.types[0],
        total=total,
        vat=vat,
    )


def _check_whole(books: Books, kind: Kind, sent: Row, prepared: Prepared) -> None:
    blocked = sent.get("GAccountAmountFC") or ZERO
    if blocked and (blocked * prepared.total < 0 or abs(blocked) > abs(prepared.total)):
        raise ValidationError(finding("invalid", "g_account_amount"))
    reference = sent.get("YourRef")
    if kind.makes_document and reference and books.switches.text("duplicate_your_ref") == "refused":
        party = prepared.header.party["ID"]
        for row in books.rows(kind.path):
            same = row[kind.party] == party and row["YourRef"] == reference
            if same and row["_sent"] is not sent and not any(prepared.ids):
                raise ValidationError(finding("in_use", "your_reference"))


def _invoice_number(books: Books, sent: Row, number: int) -> int:
    if sent.get("InvoiceNumber") and books.switches.on("invoice_number_kept"):
        return int(sent["InvoiceNumber"])
    return number


def _document(books: Books, sent: Row, prepared: Prepared, entry_id: str) -> Row:
    party = prepared.header.party
    return books.insert(
        "documents/Documents",
        {
            "Subject": sent.get("Description") or sent.get("YourRef") or party["Name"],
            "Type": 20,
            "TypeDescription": "Inkoopfactuur",
            "Account": party["ID"],
            "AccountCode": party["Code"],
            "AccountName": party["Name"],
            "DocumentDate": prepared.header.day,
            "Currency": prepared.header.currency,
            "AmountFC": cents(prepared.total),
            "FinancialTransactionEntryID": entry_id,
            "HID": document_number(books),
            "HasEmptyBody": True,
        },
    )


def _write(books: Books, kind: Kind, row: Row, prepared: Prepared) -> None:
    books.update(kind.path, row, header_row(books, kind, row, prepared))
    kept = {line["ID"]: line for line in books.of_entry(kind.lines_path, row["EntryID"])}
    for number, (key, line, amounts) in enumerate(
        zip(prepared.ids, prepared.lines, prepared.amounts, strict=True), start=1
    ):
        values = line_row(books, row, line, amounts, number, prepared.header.rate)
        existing = kept.pop(key, None) if key else None
        if existing is None:
            books.insert(kind.lines_path, values)
        else:
            books.update(kind.lines_path, existing, values)
    for gone in kept.values():
        books.delete(kind.lines_path, gone["ID"])
    entry, legs = invoice_legs(books, kind, row, prepared)
    row["AmountDC"] = kind.sign * ledger.post(books, entry, legs)
