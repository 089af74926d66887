"""Master data and documents: what may be added, changed and taken out.

Sources: vendor's pages CRMAccounts, CRMBankAccounts, FinancialGLAccounts, FinancialJournals, VATVATCodes,
HRMCostcenters, CashflowPaymentConditions, DocumentsDocuments, DocumentsDocumentAttachments.
"""

import base64
import binascii
from collections.abc import Callable
from decimal import Decimal

from emulators.exactonline.books import NO_GUID, Books, Row
from emulators.exactonline.errors import Finding, ValidationError, bad_stream, finding, sentence
from emulators.exactonline.ledger import LINES
from emulators.exactonline.lengths import fit
from emulators.exactonline.numbering import document_number
from emulators.exactonline.resources import resource

MANDATORY = {
    "crm/Accounts": {"Name": "name"},
    "crm/BankAccounts": {"Account": "account", "BankAccount": "bank_account"},
    "crm/Addresses": {"Account": "account"},
    "crm/Contacts": {"Account": "account"},
    "financial/GLAccounts": {"Code": "code", "Description": "description"},
    "financial/Journals": {"Code": "code", "Description": "description", "Type": "type"},
    "financial/ExchangeRates": {"SourceCurrency": "currency", "Rate": "exchange_rate"},
    "vat/VATCodes": {"Code": "code", "Description": "description"},
    "hrm/Costcenters": {"Code": "code", "Description": "description"},
    "hrm/Costunits": {"Code": "code", "Description": "description"},
    "cashflow/PaymentConditions": {"Code": "code", "Description": "description"},
    "documents/Documents": {"Subject": "subject", "Type": "type"},
    "documents/DocumentFolders": {"Code": "code", "Description": "description"},
    "documents/DocumentAttachments": {
        "Attachment": "attachment",
        "Document": "document",
        "FileName": "file_name",
    },
}
CODED = frozenset(path for path, fields in MANDATORY.items() if "Code" in fields)
REFERENCES = {
    "PaymentConditionSales": ("cashflow/PaymentConditions", "payment_condition"),
    "PaymentConditionPurchase": ("cashflow/PaymentConditions", "payment_condition"),
    "SalesVATCode": ("vat/VATCodes", "vat_code"),
    "PurchaseVATCode": ("vat/VATCodes", "vat_code"),
    "VATCode": ("vat/VATCodes", "vat_code"),
}
LINKED = {
    "Account": ("crm/Accounts", "account"),
    "Document": ("documents/Documents", "document"),
    "GLAccountSales": ("financial/GLAccounts", "ledger_account"),
    "GLAccountPurchase": ("financial/GLAccounts", "ledger_account"),
    "GLAR": ("financial/GLAccounts", "ledger_account"),
    "GLAP": ("financial/GLAccounts", "ledger_account"),
}
# Where a row of master data is used: table of the users and their field.
USES = {
    "crm/Accounts": [(LINES, "Account")],
    "financial/GLAccounts": [(LINES, "GLAccount")],
    "vat/VATCodes": [(LINES, "VATCode")],
    "hrm/Costcenters": [(LINES, "CostCenter")],
    "hrm/Costunits": [(LINES, "CostUnit")],
    "financial/Journals": [(LINES, "JournalCode")],
}
PATH = "documents/DocumentAttachments"
# What a document may say it belongs to: the entry behind FinancialTransactionEntryID.
ENTRIES = (
    "salesentry/SalesEntries",
    "purchaseentry/PurchaseEntries",
    "generaljournalentry/GeneralJournalEntries",
)


def create(books: Books, path: str, sent: Row) -> Row:
    """Add a row of master data; raise ValidationError with every reason found."""
    findings = fit(books, path, sent)
    for name, term in MANDATORY.get(path, {}).items():
        if sent.get(name) in {None, ""}:
            findings.append(finding("mandatory", term))
    findings += _check(books, path, sent, None)
    if findings:
        raise ValidationError(*dict.fromkeys(findings))
    values = {name: text for name, text in sent.items() if name != resource(path).key}
    complete = DEFAULTS.get(path)
    return books.insert(
        path, (complete(books, values) if complete else {}) | values | _derived(books, path, values)
    )


def change(books: Books, path: str, row: Row, values: Row) -> None:
    """Change some fields of a row."""
    findings = fit(books, path, values) + _check(books, path, values, row)
    for name, term in MANDATORY.get(path, {}).items():
        if name in values and values[name] in {None, ""}:
            findings.append(finding("mandatory", term))
    if findings:
        raise ValidationError(*dict.fromkeys(findings))
    # Exact: the code of a cost centre or cost unit is fixed once it exists.
    fixed = {"Code", "ID"} if path.startswith("hrm/") else {"ID"}
    kept = {name: text for name, text in values.items() if name not in fixed}
    books.update(path, row, kept | _derived(books, path, row | kept))


def delete(books: Books, path: str, row: Row) -> None:
    """Take a row out unless the ledger uses it."""
    for table, name in USES.get(path, []):
        own = row["ID"] if name in {"Account", "GLAccount"} else row["Code"]
        if any(str(each[name] or "").strip() == str(own).strip() for each in books.rows(table)):
            raise ValidationError(sentence("linked"))
    books.delete(path, str(row[resource(path).key]))


def _check(books: Books, path: str, sent: Row, row: Row | None) -> list[Finding]:
    findings = _check_references(books, sent)
    if (code := sent.get("Code")) and path in CODED | {"crm/Accounts"}:
        found = books.find_code(path, code)
        if found is not None and found is not row:
            findings.append(sentence("data_exists"))
        if path == "crm/Accounts" and not str(code).strip().isdigit():
            findings.append(finding("invalid", "code"))
    entry_id = sent.get("FinancialTransactionEntryID")
    if entry_id and not any(books.find(entries, entry_id) for entries in ENTRIES):
        findings.append(finding("reference", "document_number"))
    if path == "crm/Accounts" and "@" not in (sent.get("Email") or "@"):
        findings.append(finding("invalid", "email"))
    return findings


def _check_references(books: Books, sent: Row) -> list[Finding]:
    findings = []
    for name, (table, term) in REFERENCES.items():
        if (text := sent.get(name)) and text.strip() and books.find_code(table, text) is None:
            findings.append(finding("reference", term))
    for name, (table, term) in LINKED.items():
        if sent.get(name) and books.find(table, sent[name]) is None:
            findings.append(finding("reference", term))
    return findings


def _derived(books: Books, path: str, values: Row) -> Row:
    if path in {"crm/BankAccounts", "crm/Addresses", "crm/Contacts", "documents/Documents"}:
        account = books.find("crm/Accounts", values.get("Account"))
        shown = {"AccountName": account["Name"] if account else None}
        if path == "documents/Documents":
            shown["AccountCode"] = account["Code"] if account else None
        return shown
    if path == "crm/Accounts":
        # Exact: IsSales follows the status, as recorded with status C.
        return {"IsSales": values.get("Status") == "C"}
    if path == "vat/VATCodes":
        return {"Percentage": values.get("Percentage") or Decimal(0)}
    return {}


def _new_account(books: Books, values: Row) -> Row:
    codes = [int(row["Code"]) for row in books.rows("crm/Accounts") if str(row["Code"]).strip().isdigit()]
    digits = books.switches.number("account_code_zeros")
    return {
        "Code": values.get("Code") or str(max(codes, default=0) + 1).zfill(digits),
        "Status": "A",
        "IsSupplier": False,
        "IsSales": False,
        "IsPurchase": True,
        "Blocked": False,
        "Type": "A",
        "Country": books.division.country.upper(),
        "StartDate": books.today(),
        "SalesCurrency": books.division.currency,
        "PurchaseCurrency": books.division.currency,
    }


def _new_document(books: Books, values: Row) -> Row:
    key, division = books.new_id(), books.division
    return {
        "ID": key,
        "DocumentViewUrl": f"{books.host}/docs/DocViewContent.aspx?ID={key}&_Division_={division.code}",
        "HID": document_number(books),
        "DocumentDate": books.today(),
        "HasEmptyBody": not values.get("Body"),
        "Currency": division.currency,
        "Category": NO_GUID,
        "SendMethod": 0,
    }


def _new_attachment(books: Books, values: Row) -> Row:
    try:
        # .NET passes over blanks and line ends; python-exact-online and elmas send base64 in lines.
        content = base64.b64decode("".join(values["Attachment"].split()), validate=True)
    except binascii.Error as error:
        raise bad_stream("The attachment is not a base64 text.") from error
    key = books.new_id()
    place = f"ID={key}&_Division_={books.division.code}&Stamp={books.division.version}"
    return {
        "ID": key,
        "FileSize": Decimal(len(content)),
        "Url": f"{books.host}/docs/SysAttachment.aspx?{place}",
    }


def _new_bank_account(books: Books, values: Row) -> Row:
    others = [row for row in books.rows("crm/BankAccounts") if row["Account"] == values.get("Account")]
    return {"Type": "A", "Main": not others, "Blocked": False, "IBAN": values.get("BankAccount")}


DEFAULTS: dict[str, Callable[[Books, Row], Row]] = {
    "crm/Accounts": _new_account,
    "crm/BankAccounts": _new_bank_account,
    "crm/Addresses": lambda _books, _values: {"Type": 1, "Main": False},
    "financial/GLAccounts": lambda _books, _values: {
        "Type": 90, "BalanceSide": "D", "BalanceType": "W", "IsBlocked": False,
        "UseCostcenter": 0, "UseCostunit": 0,
    },
    "financial/Journals": lambda books, _values: {
        "AllowVAT": False, "AllowVariableCurrency": False, "AllowVariableExchangeRate": False,
        "IsBlocked": False, "Currency": books.division.currency,
    },
    "financial/ExchangeRates": lambda books, _values: {
        "StartDate": books.today(), "TargetCurrency": books.division.currency,
    },
    "vat/VATCodes": lambda _books, _values: {
        "Type": "E", "VATTransactionType": "B", "Charged": False, "IsBlocked": False,
    },
    "hrm/Costcenters": lambda _books, _values: {"Active": True},
    "cashflow/PaymentConditions": lambda _books, _values: {
        "PaymentDays": 0, "PaymentEndOfMonths": 0, "PaymentMethod": "B",
    },
    "documents/Documents": _new_document,
    PATH: _new_attachment,
}  # fmt: skip
