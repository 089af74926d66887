"""What every line of an entry is held to: ledger account, VAT code, cost centre, cost unit.

Sources: error texts in picqer/exact-php-client #121, exactonline-api-dotnet-client #138, and help pages.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from emulators.exactonline.amounts import percentage_on
from emulators.exactonline.books import Books, Row
from emulators.exactonline.errors import Finding, finding, sentence

OPTIONAL, MANDATORY, NONE = 0, 1, 2
CONTROL_TYPES = frozenset({20, 22, 24})
PROJECT_FIELDS = ("Project", "ProjectWBS", "Expense")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRules:
    """What the entry's kind and journal allow on a line."""

    forbidden_types: frozenset[int]
    direction: str | None
    vat_allowed: bool
    vat_field: str
    day: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLine:
    """A line whose references are resolved; `sent` is what the client sent."""

    sent: Row
    account: Row
    vat_code: Row | None
    percentage: Decimal
    cost_centre: str | None
    cost_unit: str | None


def check_line(books: Books, sent: Row, rules: LineRules, findings: list[Finding]) -> CheckedLine | None:
    """Resolve a line and note what is wrong; None when it is dropped or has no account."""
    account = books.find("financial/GLAccounts", sent.get("GLAccount"))
    if account is None:
        if not sent.get("GLAccount"):
            findings.append(finding("mandatory", "ledger_account"))
        elif books.switches.text("foreign_guid") == "refuse":
            findings.append(finding("reference", "ledger_account"))
        return None
    if account["IsBlocked"]:
        findings.append(finding("blocked", "ledger_account"))
    if account["Type"] in rules.forbidden_types:
        findings.append(finding("invalid", "ledger_account_type"))
    code = _vat_code(books, sent, account, rules, findings)
    percentage = percentage_on(books, code, rules.day) if code else Decimal(0)
    _check_vat(sent, code, percentage, rules, findings)
    _check_links(books, sent, findings)
    return CheckedLine(
        sent=sent,
        account=account,
        vat_code=code,
        percentage=percentage,
        cost_centre=_cost_centre(books, sent, account, rules.day, findings),
        cost_unit=_cost_unit(books, sent, account, findings),
    )


def _vat_code(books: Books, sent: Row, account: Row, rules: LineRules, findings: list[Finding]) -> Row | None:
    # Exact: without VATCode the ledger account's own code counts, an empty text keeps it away.
    text = account["VATCode"] if sent.get("VATCode") is None else sent["VATCode"]
    if not (text or "").strip():
        return None
    if not rules.vat_allowed:
        findings.append(finding("not_allowed", "vat_code"))
        return None
    code = books.find_code("vat/VATCodes", text)
    if code is None:
        findings.append(finding("reference", "vat_code"))
    elif code["IsBlocked"]:
        findings.append(finding("blocked", "vat_code_blocked"))
    elif rules.direction and code["VATTransactionType"] not in {"B", rules.direction}:
        findings.append(finding("not_allowed", "vat_code"))
    return code


def _check_vat(
    sent: Row, code: Row | None, percentage: Decimal, rules: LineRules, findings: list[Finding]
) -> None:
    given = sent.get(rules.vat_field)
    if given and (code is None or code["Type"] == "N"):
        findings.append(sentence("vat_amount_with_none"))
    elif given and code is not None and code["Type"] == "B":
        findings.append(finding("invalid", "vat_amount"))
    asked = sent.get("VATPercentage")
    if asked is not None and code is not None and asked != percentage:
        findings.append(finding("invalid", "vat_percentage"))


def _check_links(books: Books, sent: Row, findings: list[Finding]) -> None:
    if any(sent.get(name) for name in PROJECT_FIELDS):
        findings.append(finding("reference", "project"))
    if sent.get("Document") and books.find("documents/Documents", sent["Document"]) is None:
        findings.append(finding("reference", "document"))
    if bool(sent.get("From")) != bool(sent.get("To")):
        findings.append(finding("mandatory", "from_to"))


def _cost_centre(books: Books, sent: Row, account: Row, day: datetime, findings: list[Finding]) -> str | None:
    code = (sent.get("CostCenter") or account["Costcenter"] or "").strip()
    use = account["UseCostcenter"] or OPTIONAL
    if not code:
        if use == MANDATORY:
            findings.append(finding("mandatory", "cost_centre"))
        return None
    row = books.find_code("hrm/Costcenters", code)
    if row is None or (row["EndDate"] and row["EndDate"] < day):
        findings.append(finding("reference", "cost_centre"))
    elif use == NONE:
        findings.append(finding("invalid", "cost_centre_link"))
    return code


def _cost_unit(books: Books, sent: Row, account: Row, findings: list[Finding]) -> str | None:
    code = (sent.get("CostUnit") or account["Costunit"] or "").strip()
    if not code:
        if account["UseCostunit"] == MANDATORY:
            findings.append(finding("mandatory", "cost_unit"))
        return None
    if books.find_code("hrm/Costunits", code) is None:
        findings.append(finding("reference", "cost_unit"))
    return code
