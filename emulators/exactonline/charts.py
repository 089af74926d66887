"""The chart that a new division starts with, read from the CSV files of its country."""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from emulators.exactonline.books import Books, Row
from emulators.exactonline.periods import TABLE as PERIODS
from emulators.exactonline.resources import resource
from emulators.fiscal_years import MONTHS, FiscalYears

FOLDER = Path(__file__).with_name("charts")
FLAGS = {"1": True, "0": False}
ACCOUNT_TYPES = {
    10: "Kas", 12: "Bank", 20: "Debiteuren", 22: "Crediteuren", 24: "Btw", 110: "Omzet", 111: "Kostprijs",
}  # fmt: skip
# Exact: one target currency = x source currency (financial/ExchangeRates).
RATES = {"USD": "1.08695652", "GBP": "0.86956522", "CHF": "0.95238095", "NOK": "11.5"}
CURRENCIES = {"EUR": "Euro", "USD": "US dollar", "GBP": "Pond sterling", "CHF": "Franc", "NOK": "Kroon"}
DOCUMENT_TYPES = {
    10: "Verkoopfactuur", 20: "Inkoopfactuur", 30: "Bankafschrift", 55: "Diversen", 100: "Notitie",
    101: "Briefwisseling",
}  # fmt: skip
# The only ones that are known: the vendor's page on documents names one, its own client's test the other.
DOCUMENT_CATEGORIES = ("Customers", "General")
FILES = {
    "GLAccounts": "financial/GLAccounts",
    "VATCodes": "vat/VATCodes",
    "Journals": "financial/Journals",
    "Costcenters": "hrm/Costcenters",
    "Costunits": "hrm/Costunits",
    "PaymentConditions": "cashflow/PaymentConditions",
    "Accounts": "crm/Accounts",
}


def fill(books: Books) -> None:
    """Put the country's chart, currencies, rates, periods and document types into an empty division."""
    for name, path in FILES.items():
        for row in _read(books.division.country, name):
            values = {field: _typed(path, field, text) for field, text in row.items()}
            _complete(books, path, values)
            books.insert(path, values | {"ID": books.fixed_id(path, row["Code"])})
    for row in _read(books.division.country, "VatPercentages"):
        _add_percentage(books, row)
    _fill_currencies(books)
    fill_periods(books)
    for number, text in DOCUMENT_TYPES.items():
        flags = dict.fromkeys(
            ("DocumentIsCreatable", "DocumentIsDeletable", "DocumentIsUpdatable", "DocumentIsViewable"), True
        )
        books.insert("documents/DocumentTypes", {"ID": number, "Description": text, **flags})
    for text in DOCUMENT_CATEGORIES:
        path = "documents/DocumentCategories"
        books.insert(path, {"ID": books.fixed_id(path, text), "Description": text})


def _read(country: str, name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / country / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _typed(path: str, field: str, text: str) -> object:
    kind = resource(path).types.get(field)
    if not text:
        return None
    if kind == "boolean":
        return FLAGS[text]
    if kind == "int":
        return int(text)
    if kind == "double":
        return Decimal(text)
    if kind == "date":
        return datetime.fromisoformat(text)
    return text


def _complete(books: Books, path: str, values: Row) -> None:
    """Turn codes of ledger accounts into keys and add what every row of the kind has."""
    for field in ("GLAccount", "GLToPay", "GLToClaim"):
        if code := values.get(field):
            account = books.find_code("financial/GLAccounts", code)
            if account is None:
                raise ValueError(f"{path}: no ledger account {code}")
            values[field] = account["ID"]
            values[f"{field}Code"] = account["Code"]
            values[f"{field}Description"] = account["Description"]
    if path == "financial/GLAccounts":
        values |= {
            "UseCostunit": 0,
            "TypeDescription": ACCOUNT_TYPES.get(values["Type"], "Overig"),
            "Compress": False,
        }
    if path == "financial/Journals":
        values["Currency"] = books.division.currency
    if path == "hrm/Costcenters":
        values["Active"] = values["EndDate"] is None
    if path == "crm/Accounts":
        values |= {"Type": "A", "IsSales": values["Status"] == "C", "IsPurchase": True, "Language": "NL"}
        values |= {
            "SalesCurrency": "EUR",
            "PurchaseCurrency": "EUR",
            "StartDate": books.today().replace(year=2020),
        }


def _add_percentage(books: Books, row: dict[str, str]) -> None:
    code = books.find_code("vat/VATCodes", row["VATCode"])
    if code is None:
        raise ValueError(f"VatPercentages: no VAT code {row['VATCode']}")
    books.insert(
        "vat/VatPercentages",
        {
            "VATCodeID": code["ID"],
            "Percentage": Decimal(row["Percentage"]),
            "StartDate": datetime.fromisoformat(row["StartDate"]),
            "EndDate": datetime.fromisoformat(row["EndDate"]) if row["EndDate"] else None,
            "Type": 0,
        },
    )


def _fill_currencies(books: Books) -> None:
    for code, text in CURRENCIES.items():
        books.insert(
            "general/Currencies", {"Code": code, "Description": text, "AmountPrecision": Decimal("0.01")}
        )
    for code, rate in RATES.items():
        books.insert(
            "financial/ExchangeRates",
            {
                "SourceCurrency": code,
                "TargetCurrency": books.division.currency,
                "Rate": Decimal(rate),
                "StartDate": books.today().replace(year=2020, month=1, day=1),
            },
        )


def fill_periods(books: Books) -> None:
    """Put in the periods of the fiscal years around today, in the place of those that are there."""
    years = FiscalYears.of(books.switches)
    books.table(PERIODS).clear()
    for year in years.around(books.today()):
        for period in range(1, MONTHS + 1):
            books.insert(
                PERIODS,
                {
                    "ID": books.fixed_id(PERIODS, f"{year}/{period}"),
                    "FinYear": year,
                    "FinPeriod": period,
                    "StartDate": _midnight(years.first_day(year, period)),
                    "EndDate": _midnight(years.last_day(year, period)),
                },
            )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
