"""Organisations 100 to 500 and their master rows, read from the files in `seed`.

100 and 300 to 500 are Dutch, 200 is Belgian; all Dutch ones trade alike.
"""

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
SEEDED_AS = {"100": "100", "200": "200", "300": "100", "400": "100", "500": "100"}
"""For each organisation the one under whose code its relations, VAT codes and scenarios stand in `seed`.

Any other organisation is a Dutch one that was loaded as a copy.
"""
SHARED_MASTERS = ("ledgeraccounts", "articles", "journals", "costcentres", "costunits", "paymentterms")
ADDRESS_FIELDS = ("Street", "HouseNumber", "Addition", "PostalCode", "City", "Country")
FLAGS = {"true": True, "false": False}


def masters() -> Iterator[tuple[str, Row]]:
    """Make every master row afresh, with the resource it belongs to."""
    for organisation in json.loads((SEED / "organisations.json").read_text(encoding="utf-8")):
        yield "organisations", organisation | {"ChangedDate": CHANGED_AT}
    for organisation in SEEDED_AS:
        for row in seeded("relations", organisation):
            yield "relations", _relation(row) | {"Organisation": organisation}
        for row in seeded("vatcodes", organisation):
            rate = Decimal(row["Rate"]) if row["Rate"] else None
            own = {"Organisation": organisation, "Rate": rate, "Active": True, "ChangedDate": CHANGED_AT}
            yield "vatcodes", row | own
        for name in SHARED_MASTERS:
            for row in _read(name):
                own = {"Active": True, "ChangedDate": CHANGED_AT}
                yield name, {"Organisation": organisation, **_typed(row), **own}


def seeded(name: str, organisation: str) -> Iterator[dict[str, str]]:
    """Read the seed rows that stand for an organisation."""
    return (row for row in _read(name) if row["Organisation"] == SEEDED_AS.get(organisation, "100"))


@cache
def vat_code(organisation: str, code: str) -> tuple[str, Decimal | None, str]:
    """Return category, rate and direction of a VAT code."""
    for row in seeded("vatcodes", organisation):
        if row["Code"] == code:
            return row["Category"], Decimal(row["Rate"]) if row["Rate"] else None, row["Direction"]
    raise KeyError(f"organisation {organisation} has no VAT code {code}")


@cache
def article(code: str) -> dict[str, str]:
    """Return the seed row of an article."""
    return next(row for row in _read("articles") if row["Code"] == code)


@cache
def payment_days(organisation: str, relation: str) -> int:
    """Return the days a relation has to pay."""
    for row in seeded("relations", organisation):
        if row["Number"] == relation:
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
