"""What a company starts with, read from the CSV files of the seed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from emulators.accountview.books import Books, Company, Row
from emulators.accountview.dictionary import NUMBERS, seed_rows, tables

KEYS = {
    "DAILY": "DJ_CODE",
    "LEDGER": "ACCT_NR",
    "VAT": "VAT_CODE",
    "COST": "COST_CODE",
    "PROJECTS": "PROJ_CODE",
    "PAY_COND": "DISC_CODE",
    "CONTACT": "SUB_NR",
}
KINDS = ("cash", "bank", "purchase", "sales", "memorial")
KIND_NAMES = {
    "cash": "Kas",
    "bank": "Bank/giro",
    "purchase": "Inkoop",
    "sales": "Verkoop",
    "memorial": "Memoriaal",
}
CURRENCIES = "_CURRENCIES"


def companies(today: date) -> dict[str, Company]:
    """Make the companies there are, by code; one of them the user has no rights to."""
    return {
        row["Code"]: Company(
            code=row["Code"],
            id=row["Id"],
            description=row["Description"],
            bound=row["Bound"] == "1",
            currency=row["Currency"],
            first_year=today.year,
            country=row["Country"],
            vat_number=row["VatNumber"],
        )
        for row in seed_rows("COMPANIES")
    }


def begin_as(original: Company, code: str) -> Company:
    """Make a company without books that differs from another one by code and id only."""
    id_ = f"a1b2c3d4-0059-4000-8000-{code.lower():0>12}"
    return replace(
        original, code=code, id=id_, tables={}, years={}, closed=set(original.closed), last_rec_id=0
    )


def fill(books: Books) -> None:
    """Put the seed of its country into an empty company."""
    for table, key in KEYS.items():
        for row in seed_rows(table, books.company.country):
            values = {name: typed(table, name, text) for name, text in row.items() if name.isupper()}
            complete(table, values, row)
            books.insert(table, row[key], values)
    for row in seed_rows("CURRENCIES"):
        books.table(CURRENCIES)[row["CUR_CODE"]] = dict(row)
    books.insert(
        "COMP_HDR",
        books.company.code,
        {
            "COMP_ID": books.company.code,
            "COMP_DESC": books.company.description,
            "VAT_NR": books.company.vat_number,
        },
    )


def typed(table: str, name: str, text: str) -> object:
    """Turn a text of the seed into what its field holds."""
    field = tables()[table].get(name)
    if field is None or not text:
        return None if field is None or field.kind != "C" else ""
    if field.kind == "L":
        return text == "1"
    return Decimal(text) if field.kind in NUMBERS else text


def complete(table: str, values: Row, row: dict[str, str]) -> None:
    """Add what the seed leaves to rules: the kind of a journal, the roles of a relation."""
    if table == "DAILY":
        values.pop("KIND", None)
        values |= {"_kind": row["KIND"], "DJ_TYPEV": KIND_NAMES[row["KIND"]], "GROSS_FLG": False}
    if table == "CONTACT":
        values.pop("ROLES", None)
        values |= {"_roles": row["ROLES"], "CUR_CODE": "EUR"}
        values |= {"DEB_SHOW": row["ROLES"] == "DC", "CRED_SHOW": row["ROLES"] == "DC"}
