"""What the head of a sales or purchase entry is held to.

Sources: vendor's pages SalesEntrySalesEntries and PurchaseEntryPurchaseEntries; texts from clients' issues.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from emulators.exactonline.books import Books, Row
from emulators.exactonline.errors import Finding, finding
from emulators.exactonline.kinds import Kind
from emulators.exactonline.periods import check, due_date, period_of
from emulators.fiscal_years import Period

RATE_DIGITS = Decimal("0.0000000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The head of an entry with its references resolved; `rate` is division currency per unit."""

    journal: Row
    party: Row
    day: datetime
    due: datetime
    period: Period
    currency: str
    rate: Decimal
    shown_rate: Decimal
    condition: Row | None
    control: Row


def check_header(books: Books, sent: Row, kind: Kind, findings: list[Finding]) -> Header | None:
    """Resolve the head and note what is wrong; None when something is."""
    noted = len(findings)
    day = (sent.get("EntryDate") or books.today()).replace(hour=0, minute=0, second=0, microsecond=0)
    journal = find_journal(books, sent.get("Journal"), kind.journal_types, findings)
    party = _party(books, sent.get(kind.party), kind, findings)
    condition = _condition(books, sent, party, kind, findings)
    period = period_of(books, day, sent.get("ReportingYear"), sent.get("ReportingPeriod"))
    findings += check(books, period)
    currency = sent.get("Currency") or books.division.currency
    rate, shown = check_currency(books, journal, currency, sent.get("Rate"), day, findings)
    if sent.get("Document") and books.find("documents/Documents", sent["Document"]) is None:
        findings.append(finding("reference", "document"))
    control = _control_account(books, party, kind, findings)
    if len(findings) > noted or journal is None or party is None or period is None or control is None:
        return None
    return Header(
        journal=journal,
        party=party,
        day=day,
        due=sent.get("DueDate") or due_date(day, condition),
        period=period,
        currency=currency,
        rate=rate,
        shown_rate=shown,
        condition=condition,
        control=control,
    )


def find_journal(
    books: Books, code: str | None, types: frozenset[int], findings: list[Finding]
) -> Row | None:
    """Return the journal of a code; its GUID is no code."""
    if not (code or "").strip():
        findings.append(finding("mandatory", "journal"))
        return None
    journal = books.find_code("financial/Journals", code)
    if journal is None:
        findings.append(finding("reference", "journals"))
    elif journal["Type"] not in types:
        findings.append(finding("invalid", "journal_type"))
    elif journal["IsBlocked"]:
        findings.append(finding("blocked", "journal"))
    return journal


def check_currency(
    books: Books,
    journal: Row | None,
    currency: str,
    sent_rate: Decimal | None,
    day: datetime,
    findings: list[Finding],
) -> tuple[Decimal, Decimal]:
    """Return the rate as division currency per unit, and as Exact shows it."""
    one = Decimal(1)
    own = books.division.currency
    if books.find_code("general/Currencies", currency) is None:
        findings.append(finding("reference", "currency"))
        return one, one
    if journal and currency != journal["Currency"] and not journal["AllowVariableCurrency"]:
        findings.append(finding("not_allowed", "currency"))
    if journal and sent_rate not in {None, one} and not journal["AllowVariableExchangeRate"]:
        findings.append(finding("not_allowed", "exchange_rate"))
    if currency == own:
        return one, one
    per_unit = books.switches.text("rate_direction") == "dc_per_fc"
    if sent_rate:
        return (sent_rate if per_unit else _inverse(sent_rate)), sent_rate
    listed = _listed_rate(books, currency, day)
    if listed is None:
        findings.append(finding("mandatory", "exchange_rate"))
        return one, one
    # Exact: the table of rates says how many units one division currency is, an entry's rate the reverse.
    return _inverse(listed), (_inverse(listed) if per_unit else listed)


def _party(books: Books, key: str | None, kind: Kind, findings: list[Finding]) -> Row | None:
    if not key:
        findings.append(finding("mandatory", "account"))
        return None
    party = books.find("crm/Accounts", key)
    if party is None:
        findings.append(finding("reference", "account"))
    elif not kind.is_party(party):
        findings.append(finding("invalid", kind.role_term))
    elif party["Blocked"]:
        findings.append(finding("blocked", "account"))
    return party


def _control_account(books: Books, party: Row | None, kind: Kind, findings: list[Finding]) -> Row | None:
    """Return the debtor or creditor account of a relation, its own or the division's."""
    own = books.find("financial/GLAccounts", (party or {}).get(kind.control_field))
    found = own or next(
        books.pick("financial/GLAccounts", lambda row: row["Type"] == kind.control_type), None
    )
    if found is None:
        findings.append(finding("mandatory", "ledger_account"))
    return found


def _condition(books: Books, sent: Row, party: Row | None, kind: Kind, findings: list[Finding]) -> Row | None:
    code = sent.get("PaymentCondition") or (party or {}).get(kind.condition_field)
    if not (code or "").strip():
        return None
    condition = books.find_code("cashflow/PaymentConditions", code)
    if condition is None:
        findings.append(finding("reference", "payment_condition"))
    return condition


def _listed_rate(books: Books, currency: str, day: datetime) -> Decimal | None:
    listed = [
        row
        for row in books.rows("financial/ExchangeRates")
        if row["SourceCurrency"] == currency and row["StartDate"] <= day
    ]
    return max(listed, key=lambda row: row["StartDate"])["Rate"] if listed else None


def _inverse(rate: Decimal) -> Decimal:
    return (1 / rate).quantize(RATE_DIGITS, rounding=ROUND_HALF_UP)
