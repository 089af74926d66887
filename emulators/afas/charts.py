"""The chart every environment starts with, read from the CSV files."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from emulators.afas.books import Books, Row
from emulators.afas.connectors import connectors
from emulators.afas.periods import TABLE as PERIODS
from emulators.fiscal_years import MONTHS, FiscalYears

FOLDER = Path(__file__).with_name("charts")
UNITS = (1, 2, 3, 4)
MONTH_NAMES = (
    "Januari", "Februari", "Maart", "April", "Mei", "Juni", "Juli", "Augustus", "September", "Oktober",
    "November", "December",
)  # fmt: skip
UNIT_TABLES = frozenset({"Profit_Journals"})
DEFAULTS: dict[str, Row] = {
    "Profit_Accounts": {
        "CollectOn": None,
        "Feature": "G",
        "Budget": "N",
        "DimAx3": "N",
        "DimAx4": "N",
        "DimAx5": "N",
    },
    "Profit_Debtor": {"AutoPayment": False, "CreditLimit": Decimal(0)},
    "Profit_Creditor": {"AutoPayment": False, "CreditLimit": Decimal(0), "TempBlocked": False},
}


def fill(books: Books) -> None:
    """Put the seed chart into an empty environment."""
    for file in sorted(FOLDER.glob("*.csv")):
        table = file.stem
        for number, row in enumerate(_read(file)):
            values = DEFAULTS.get(table, {}) | typed(table, row)
            if table in {"Profit_Debtor", "Profit_Creditor"}:
                values |= _relation(table, values, number)
            for unit in UNITS if table in UNIT_TABLES else (None,):
                books.put(table, values if unit is None else values | {"UnitId": unit})
    fill_periods(books)
    assign_dimensions(books)


def typed(table: str, row: dict[str, str]) -> Row:
    """Turn the texts of a CSV row into values; empty is None."""
    fields = connectors()[table].fields
    return {name: _value(fields[name].kind, text) for name, text in row.items()}


def fill_periods(books: Books) -> None:
    """Put in the periods of the fiscal years around today; months that were blocked by a row stay so."""
    years = FiscalYears.of(books.switches)
    blocked = {(row["Unit"], row["DateFrom"]) for row in books.rows(PERIODS) if row["Blocked"]}
    books.state.tables[PERIODS] = {}
    for unit in UNITS:
        for year in years.around(books.today()):
            for period in range(1, MONTHS + 1):
                start = years.first_day(year, period)
                books.put(
                    PERIODS,
                    {
                        "Unit": unit,
                        "Year": year,
                        "Period": period,
                        "PeriodDesc": MONTH_NAMES[start.month - 1],
                        "DateFrom": start,
                        "DateTo": years.last_day(year, period),
                        "Blocked": (unit, start) in blocked,
                        "Periodtable": 1,
                        "TableDesc": "Maandperioden",
                    },
                )


def assign_dimensions(books: Books) -> None:
    """Assign every code that is not blocked to every account that is booked with its axis."""
    codes = [row for row in books.rows("Qubz_DimensionCodes") if not row["Blocked"]]
    for account in list(books.rows("Profit_Accounts")):
        for code in codes:
            if account[f"DimAx{code['AxId']}"] == "B":
                for unit in UNITS:
                    assign(books, unit, account["Account"], code)


def assign(books: Books, unit: int, account: str, code: Row) -> None:
    """Allow one dimension code on one account of an administration."""
    books.put(
        "Profit_Allocation_Assigments",
        {
            "Unit": unit,
            "Account": account,
            "DimAx": code["AxId"],
            "AxDescription": code["AxDescription"],
            "DimCode": code["DimCode"],
            "CodeDescription": code["CodeDescription"],
        },
    )


def _relation(table: str, values: Row, number: int) -> Row:
    name = values["DebtorName" if table == "Profit_Debtor" else "CreditorName"]
    first = 1000100 if table == "Profit_Debtor" else 1000200
    letters = "".join(letter for letter in name if letter.isalpha())
    return {"BcCo": str(first + number), "SearchName": letters[:10].upper()}


def _read(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        yield from csv.DictReader(opened)


def _value(kind: str, text: str) -> object:
    if not text:
        return None
    if kind == "boolean":
        return text == "1"
    if kind == "int":
        return int(text)
    if kind == "decimal":
        return Decimal(text)
    if kind == "date":
        return date.fromisoformat(text)
    return datetime.fromisoformat(text) if kind == "datetime" else text
