"""Views that are computed when asked: balances, open items, divisions, the user.

Sources: vendor's pages FinancialReportingBalance, ReadFinancialReceivablesList, SystemSystemDivisions,
HRMDivisions, SystemSystemMe; Me as recorded in June 2026.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import Decimal

from emulators.exactonline.amounts import ZERO
from emulators.exactonline.books import ACCOUNT_CODE_WIDTH, AMSTERDAM, Books, Division, Row
from emulators.exactonline.ledger import LINES, TERMS

DELETED_KEPT = timedelta(days=61)
GROUPED = ("GLAccount", "CostCenter", "CostUnit", "FinancialYear", "FinancialPeriod", "Status", "Type")
AGE_LIMITS = (30, 60, 90, 1_000_000)
LEGISLATIONS = {"nl": 1, "be": 2}
COUNTRIES = {"NL ": "Nederland", "BE ": "België"}


def computed(books: Books, path: str, divisions: Iterable[Division]) -> list[Row] | None:
    """Return the rows of a computed resource, or None when its rows are kept in a table."""
    if path in DIVISION_LISTS:
        return DIVISION_LISTS[path](books, divisions)
    report = REPORTS.get(path)
    return report(books) if report else None


def me(books: Books) -> Row:
    """Return the user; CurrentDivision may lie outside the consented scope."""
    offset = books.clock.now().astimezone(AMSTERDAM).utcoffset() or timedelta()
    customer = books.fixed_id("me", "customer")
    return {
        "UserID": books.user.id,
        "UserName": books.user.name,
        "Email": books.user.name,
        "FullName": books.user.full_name,
        "Language": books.user.language.upper(),
        "LanguageCode": "en-GB" if books.user.language == "en" else "nl-NL",
        "CurrentDivision": books.division.code,
        "AccountingDivision": books.division.code,
        "DivisionCustomer": customer,
        "DivisionCustomerCode": "1265594".rjust(ACCOUNT_CODE_WIDTH),
        "DivisionCustomerName": books.division.name,
        "CustomerCode": "1265594".rjust(ACCOUNT_CODE_WIDTH),
        "Legislation": LEGISLATIONS[books.division.country],
        "ServerTime": books.now().isoformat(),
        "ServerUtcOffset": Decimal(int(offset.total_seconds())),
        "PackageCode": "EOLAPPCENTER",
        "IsClientUser": True,
        "IsMyFirmPortalUser": not books.user.may_post,
        "IsMyFirmLiteUser": False,
        "IsStarterUser": False,
        "IsEmployeeSelfServiceUser": False,
    }


def division_row(books: Books, division: Division) -> Row:
    """Return how a division is listed by system/Divisions."""
    return {
        "Code": division.code,
        "Hid": division.code % 1000,
        "Description": division.name,
        "Country": f"{division.country.upper()} ",
        "Currency": division.currency,
        "Current": division.code == books.division.code,
        "CustomerName": division.name,
        "CustomerCode": "1265594".rjust(ACCOUNT_CODE_WIDTH),
        "IsMainDivision": division.main,
        "Legislation": f"{division.country.upper()} ",
        "IsDossierDivision": False,
        "IsHRDivision": False,
        "IsPracticeDivision": False,
        "VATNumber": division.vat_number,
        "ChamberOfCommerceNumber": division.chamber_of_commerce,
        "Status": 2 if division.archived else 1,
        "BlockingStatus": 0,
        "Created": books.today().replace(year=2020),
        "Modified": books.today().replace(year=2020),
    }


def _system_divisions(books: Books, divisions: Iterable[Division]) -> list[Row]:
    return [division_row(books, each) for each in divisions]


def _hrm_divisions(books: Books, divisions: Iterable[Division]) -> list[Row]:
    rows = [division_row(books, each) for each in divisions]
    return [
        row
        | {
            "HID": row["Hid"],
            "Main": row["IsMainDivision"],
            "CountryDescription": COUNTRIES[row["Country"]],
            "CurrencyDescription": "Euro",
        }
        for row in rows
    ]


def _users(books: Books) -> list[Row]:
    user = books.user
    return [{"UserID": user.id, "UserName": user.name, "Email": user.name, "FullName": user.full_name}]


def _balances(books: Books) -> list[Row]:
    groups: dict[tuple[object, ...], Row] = {}
    for line in books.rows(LINES):
        key = tuple(line[name] for name in GROUPED)
        group = groups.get(key)
        if group is None:
            group = groups[key] = _new_balance(books, line, len(groups) + 1)
        amount = line["AmountDC"]
        group["Amount"] += amount
        group["AmountDebit" if amount > 0 else "AmountCredit"] += abs(amount)
        group["Count"] += 1
    return list(groups.values())


def _new_balance(books: Books, line: Row, number: int) -> Row:
    account = books.get("financial/GLAccounts", line["GLAccount"])
    return {
        "ID": number,
        "Division": books.division.code,
        "GLAccount": line["GLAccount"],
        "GLAccountCode": line["GLAccountCode"],
        "GLAccountDescription": line["GLAccountDescription"],
        "CostCenterCode": line["CostCenter"],
        "CostCenterDescription": line["CostCenterDescription"],
        "CostUnitCode": line["CostUnit"],
        "CostUnitDescription": line["CostUnitDescription"],
        "ReportingYear": line["FinancialYear"],
        "ReportingPeriod": line["FinancialPeriod"],
        "BalanceType": account["BalanceType"],
        "Status": line["Status"],
        "Type": line["Type"],
        "Amount": ZERO,
        "AmountDebit": ZERO,
        "AmountCredit": ZERO,
        "Count": 0,
    }


def _open_items(account_type: int, sign: int) -> Callable[[Books], list[Row]]:
    def rows(books: Books) -> list[Row]:
        return [
            {
                "HID": number,
                "Id": row["ID"],
                "AccountId": row["Account"],
                "AccountCode": row["AccountCode"],
                "AccountName": row["AccountName"],
                "Amount": sign * row["AmountFC"],
                "AmountInTransit": ZERO,
                "CurrencyCode": row["Currency"],
                "Description": row["Description"],
                "DueDate": row["DueDate"],
                "EntryNumber": row["EntryNumber"],
                "InvoiceDate": row["InvoiceDate"],
                "InvoiceNumber": row["InvoiceNumber"],
                "JournalCode": row["Journal"],
                "JournalDescription": row["JournalDescription"],
                "YourRef": row["YourRef"],
            }
            for number, row in enumerate(_terms(books, account_type), start=1)
        ]

    return rows


def _ages(account_type: int, sign: int) -> Callable[[Books], list[Row]]:
    def rows(books: Books) -> list[Row]:
        found: dict[str, Row] = {}
        for term in _terms(books, account_type):
            row = found.setdefault(term["Account"], _new_age(term))
            days = (books.today() - term["InvoiceDate"]).days
            group = next(number for number, limit in enumerate(AGE_LIMITS, start=1) if days <= limit)
            row[f"AgeGroup{group}Amount"] += sign * term["AmountDC"]
            row["TotalAmount"] += sign * term["AmountDC"]
        return list(found.values())

    return rows


def _new_age(term: Row) -> Row:
    row: Row = {
        "AccountId": term["Account"],
        "AccountCode": term["AccountCode"],
        "AccountName": term["AccountName"],
        "CurrencyCode": term["Currency"],
        "TotalAmount": ZERO,
    }
    for number in range(1, len(AGE_LIMITS) + 1):
        row |= {f"AgeGroup{number}": number, f"AgeGroup{number}Amount": ZERO}
    return row


def _cashflow(account_type: int) -> Callable[[Books], list[Row]]:
    return lambda books: list(_terms(books, account_type))


def _terms(books: Books, account_type: int) -> Iterable[Row]:
    line_type = 0 if account_type == 20 else 1
    return books.pick(TERMS, lambda row: row["LineType"] == line_type)


def _deleted(books: Books) -> list[Row]:
    since = books.now() - DELETED_KEPT
    return [row for row in books.rows("sync/Deleted") if row["DeletedDate"] >= since]


REPORTS: dict[str, Callable[[Books], list[Row]]] = {
    "financial/ReportingBalance": _balances,
    "read/financial/ReceivablesList": _open_items(20, 1),
    "read/financial/PayablesList": _open_items(22, -1),
    "read/financial/AgingReceivablesList": _ages(20, 1),
    "read/financial/AgingPayablesList": _ages(22, -1),
    "cashflow/Receivables": _cashflow(20),
    "cashflow/Payments": _cashflow(22),
    "sync/Deleted": _deleted,
    "users/Users": _users,
}
DIVISION_LISTS: dict[str, Callable[[Books, Iterable[Division]], list[Row]]] = {
    "system/Divisions": _system_divisions,
    "hrm/Divisions": _hrm_divisions,
}
