"""Organisations 100 (NL) and 200 (BE) and their master rows, read from the files in `seed`."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

Row = dict[str, Any]

SEED = Path(__file__).parent / "seed"
CHANGED_AT = datetime(2026, 1, 5, 6, 12, 44, 120_000, tzinfo=UTC)
ORGANISATIONS = ("100", "200")
SHARED_MASTERS = ("ledgeraccounts", "articles", "journals", "costcentres", "costunits", "paymentterms")
ADDRESS_FIELDS = ("Street", "HouseNumber", "Addition", "PostalCode", "City", "Country")
FLAGS = {"true": True, "false": False}


def masters() -> Iterator[tuple[str, Row]]:
    """Make every master row afresh, with the resource it belongs to."""
    for organisation in json.loads((SEED / "organisations.json").read_text(encoding="utf-8")):
        yield "organisations", organisation | {"ChangedDate": CHANGED_AT}
    for row in _read("relations"):
        yield "relations", _relation(row)
    for row in _read("vatcodes"):
        rate = Decimal(row["Rate"]) if row["Rate"] else None
        yield "vatcodes", {**row, "Rate": rate, "Active": True, "ChangedDate": CHANGED_AT}
    for name in SHARED_MASTERS:
        for organisation in ORGANISATIONS:
            for row in _read(name):
                yield (
                    name,
                    {"Organisation": organisation, **_typed(row), "Active": True, "ChangedDate": CHANGED_AT},
                )


@cache
def vat_code(organisation: str, code: str) -> tuple[str, Decimal | None, str]:
    """Return category, rate and direction of a VAT code."""
    for row in _read("vatcodes"):
        if (row["Organisation"], row["Code"]) == (organisation, code):
            return row["Category"], Decimal(row["Rate"]) if row["Rate"] else None, row["Direction"]
    raise KeyError(f"organisation {organisation} has no VAT code {code}")


@cache
def article(code: str) -> dict[str, str]:
    """Return the seed row of an article."""
    return next(row for row in _read("articles") if row["Code"] == code)


@cache
def payment_days(organisation: str, relation: str) -> int:
    """Return the days a relation has to pay."""
    for row in _read("relations"):
        if (row["Organisation"], row["Number"]) == (organisation, relation):
            return int(row["PaymentTermCode"])
    return 30


def _relation(row: dict[str, str]) -> Row:
    typed = {name: value for name, value in _typed(row).items() if name not in ADDRESS_FIELDS}
    address = {name: row[name] for name in ADDRESS_FIELDS if row[name]}
    return typed | {
        "Status": "Customer",
        "Oin": None,
        "DirectDebitMandate": None,
        "Address": address,
        "Active": True,
        "ChangedDate": CHANGED_AT,
    }


def _typed(row: dict[str, str]) -> Row:
    typed: Row = {name: FLAGS.get(value, value) or None for name, value in row.items()}
    typed |= {name: False for name, value in row.items() if value == "false"}
    return typed | {"Days": int(row["Days"])} if "Days" in row else typed


@cache
def _read(name: str) -> tuple[dict[str, str], ...]:
    with (SEED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
