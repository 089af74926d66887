"""General journal entries: taken in and taken out; Exact has no PUT for them.

Sources: vendor's page GeneralJournalEntryGeneralJournalEntries; exactonline-api-dotnet-client #138.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from emulators.exactonline import ledger
from emulators.exactonline.amounts import ZERO, LineAmounts, cents, line_amounts
from emulators.exactonline.books import Books, Row
from emulators.exactonline.errors import Finding, ValidationError, finding, sentence
from emulators.exactonline.headers import check_currency, find_journal
from emulators.exactonline.kinds import (
    GENERAL_JOURNAL,
    MEMORIAL,
    MEMORIAL_LINES,
    OPEN,
    OTHER_ENTRY,
    PURCHASE,
    SALES,
    SETTLED,
)
from emulators.exactonline.ledger import Entry, Leg
from emulators.exactonline.lengths import fit
from emulators.exactonline.lines import CheckedLine, LineRules, check_line
from emulators.exactonline.memorial_rows import line_row, vat_legs
from emulators.exactonline.numbering import entry_number
from emulators.exactonline.periods import check, period_of
from emulators.fiscal_years import Period

SUBLEDGER = {20: SALES, 22: PURCHASE}


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorialLine:
    """A checked line with its date, period, relation and amounts."""

    line: CheckedLine
    day: datetime
    period: Period
    party: Row | None
    amounts: LineAmounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A general journal entry that may be booked."""

    journal: Row
    currency: str
    rate: Decimal
    shown_rate: Decimal
    lines: Sequence[MemorialLine]


def check_entry(books: Books, sent: Row, sent_lines: Sequence[Row]) -> None:
    """Raise ValidationError with every reason why an entry would not be booked."""
    _prepare(books, sent, sent_lines)


def create(books: Books, sent: Row, sent_lines: Sequence[Row]) -> Row:
    """Book an entry; raise ValidationError with every reason found."""
    prepared = _prepare(books, sent, sent_lines)
    year, period = prepared.lines[0].period
    number = entry_number(books, str(prepared.journal["Code"]), year, sent.get("EntryNumber"))
    row = books.insert(
        MEMORIAL,
        {
            "_sent": sent,
            "EntryID": sent.get("EntryID") if books.switches.on("honours_entry_id") else None,
            "Currency": prepared.currency,
            "EntryNumber": number,
            "ExchangeRate": prepared.shown_rate,
            "FinancialYear": year,
            "FinancialPeriod": period,
            "JournalCode": prepared.journal["Code"],
            "JournalDescription": prepared.journal["Description"],
            "Reversal": bool(sent.get("Reversal")),
            "Status": OPEN,
            "StatusDescription": "Open",
            "Type": OTHER_ENTRY,
            "TypeDescription": "Overige",
        },
    )
    _write(books, row, prepared)
    return row


def add_line(books: Books, row: Row, sent: Row) -> Row:
    """Add one line to an open entry, which must stay in balance."""
    check_open(books, row)
    before = sorted(books.of_entry(MEMORIAL_LINES, row["EntryID"]), key=lambda line: line["LineNumber"])
    prepared = _prepare(books, row["_sent"], [*(line["_sent"] for line in before), sent])
    for line in before:
        books.delete(MEMORIAL_LINES, line["ID"])
    return _write(books, row, prepared)


def delete(books: Books, row: Row) -> None:
    """Take an open entry out; its number stays unused."""
    check_open(books, row)
    for line in books.of_entry(MEMORIAL_LINES, row["EntryID"]):
        books.delete(MEMORIAL_LINES, line["ID"])
    ledger.remove(books, row["EntryID"])
    books.delete(MEMORIAL, row["EntryID"])


def check_open(books: Books, row: Row) -> None:
    """Refuse to change what is processed or lies in a closed period."""
    if row["Status"] == SETTLED:
        raise ValidationError(sentence("already_settled"))
    findings = check(books, (row["FinancialYear"], row["FinancialPeriod"]))
    if findings:
        raise ValidationError(*findings)


def _prepare(books: Books, sent: Row, sent_lines: Sequence[Row]) -> Prepared:
    findings: list[Finding] = []
    journal = find_journal(books, sent.get("JournalCode"), frozenset({GENERAL_JOURNAL}), findings)
    currency = sent.get("Currency") or books.division.currency
    first_day = _day(books, sent_lines[0]) if sent_lines else books.today()
    rate, shown = check_currency(books, journal, currency, sent.get("ExchangeRate"), first_day, findings)
    if not sent_lines:
        findings.append(finding("mandatory", "entry_lines"))
    lines = [
        checked
        for line in sent_lines
        if (checked := _check_line(books, sent, line, journal, findings)) is not None
    ]
    if sent_lines and not lines and not findings:
        findings.append(finding("mandatory", "entry_lines"))
    if findings or journal is None:
        raise ValidationError(*dict.fromkeys(findings))
    _check_balance(lines, currency)
    return Prepared(journal=journal, currency=currency, rate=rate, shown_rate=shown, lines=lines)


def _check_line(
    books: Books, head: Row, sent: Row, journal: Row | None, findings: list[Finding]
) -> MemorialLine | None:
    findings += fit(books, MEMORIAL_LINES, sent)
    day = _day(books, sent)
    period = period_of(books, day, head.get("FinancialYear"), head.get("FinancialPeriod"))
    findings += check(books, period)
    rules = LineRules(
        forbidden_types=frozenset(),
        direction=None,
        vat_allowed=bool(journal and journal["AllowVAT"]),
        vat_field="AmountVATFC",
        day=day,
    )
    line = check_line(books, sent, rules, findings)
    if line is None or period is None:
        return None
    party = _party(books, sent, line.account, findings)
    # Exact: AmountVATFC may be left out, the server then computes it.
    amounts = line_amounts(
        sent.get("AmountFC") or ZERO, line.vat_code, line.percentage, sent.get("AmountVATFC")
    )
    return MemorialLine(line=line, day=day, period=period, party=party, amounts=amounts)


def _party(books: Books, sent: Row, account: Row, findings: list[Finding]) -> Row | None:
    kind = SUBLEDGER.get(account["Type"])
    if not sent.get("Account"):
        if kind:
            findings.append(finding("mandatory", "account"))
        return None
    party = books.find("crm/Accounts", sent["Account"])
    if party is None:
        findings.append(finding("reference", "account"))
    elif kind and not kind.is_party(party):
        findings.append(finding("invalid", kind.role_term))
    return party


def _check_balance(lines: Sequence[MemorialLine], currency: str) -> None:
    sums: dict[Period, Decimal] = {}
    for line in lines:
        sums[line.period] = sums.get(line.period, ZERO) + line.amounts.net + line.amounts.vat
    findings = [
        sentence("unbalanced", year=year, period=period, difference=f"{currency} {_dutch(difference)}")
        for (year, period), difference in sums.items()
        if difference
    ]
    if findings:
        raise ValidationError(*findings)


def _write(books: Books, row: Row, prepared: Prepared) -> Row:
    written = [
        books.insert(MEMORIAL_LINES, line_row(books, row, line, number, prepared.rate))
        for number, line in enumerate(prepared.lines, start=1)
    ]
    first = prepared.lines[0]
    entry = Entry(
        id=row["EntryID"],
        number=row["EntryNumber"],
        invoice_number=None,
        journal=prepared.journal,
        day=first.day,
        year=row["FinancialYear"],
        period=row["FinancialPeriod"],
        type=OTHER_ENTRY,
        currency=prepared.currency,
        rate=prepared.rate,
        description=first.line.sent.get("Description"),
        your_reference=None,
        payment_reference=None,
        document=None,
        condition=None,
    )
    legs = [_leg(line, number) for number, line in enumerate(prepared.lines, start=1)]
    ledger.post(books, entry, [*legs, *vat_legs(books, prepared.lines)])
    books.update(MEMORIAL, row, {})
    return written[-1]


def _leg(line: MemorialLine, number: int) -> Leg:
    sent = line.line.sent
    return Leg(
        role=f"line {number}",
        line_number=number,
        account=line.line.account,
        amount=line.amounts.net,
        day=line.day,
        party=line.party,
        description=sent.get("Description"),
        vat_code=line.line.vat_code,
        percentage=line.amounts.percentage if line.line.vat_code else None,
        cost_centre=line.line.cost_centre,
        cost_unit=line.line.cost_unit,
        quantity=sent.get("Quantity"),
        notes=sent.get("Notes"),
        document=sent.get("Document"),
    )


def _day(books: Books, sent: Row) -> datetime:
    day: datetime = sent.get("Date") or books.today()
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def _dutch(amount: Decimal) -> str:
    """Write an amount the Dutch way: 1.000,00."""
    return f"{cents(amount):,.2f}".translate(str.maketrans(",.", ".,"))
