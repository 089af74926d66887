"""The chart that an office starts with, read from CSV files."""

import csv
import uuid
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from emulators.twinfield.books import Office
from emulators.twinfield.chart import Daybook, Dimension, DimensionType, Rate, VatCode
from emulators.twinfield.periods import read_date

FOLDER = Path(__file__).with_name("charts")
NAMESPACE = uuid.UUID("a1b2c3d4-0040-4000-8000-000000000040")
CONTROL_ACCOUNTS = {
    "NL": {"DEB": "1300", "CRD": "1600"},
    "BE": {"DEB": "400000", "CRD": "440000"},
}


def offices(now: datetime) -> dict[str, Office]:
    """Make every office with its chart."""
    made = {}
    for row in _read("offices"):
        office = Office(
            code=row["code"],
            name=row["name"],
            shortname=row["shortname"],
            accessible=row["access"] == "1",
            country=row["country"],
        )
        fill(office, now)
        made[office.code] = office
    return made


def fill(office: Office, now: datetime) -> None:
    """Put the chart of its country into an office."""
    country = office.country
    office.years = list(range(now.year - 2, now.year + 2))
    for row in _read("dimension_types", country):
        office.types[row["code"]] = DimensionType(
            code=row["code"],
            name=row["name"],
            shortname=row["shortname"],
            level=int(row["level"]),
            mask=row["mask"],
        )
    for name, parts_of in (
        ("ledger_accounts", _account_parts),
        ("cost_centres", _plain_parts),
        ("relations", partial(_relation_parts, country)),
    ):
        for row in _read(name, country):
            dimension = Dimension(
                type=row["type"],
                code=row["code"],
                name=row["name"],
                shortname=row.get("shortname", ""),
                status=row["status"],
                uid=new_uid(office.code, row["type"], row["code"]),
                parts=parts_of(row),
                modified_at=now,
            )
            office.dimensions[dimension.level, dimension.code] = dimension
    for row in _read("daybooks", country):
        office.daybooks[row["code"]] = _daybook(row)
    office.vat_codes = _vat_codes(country)
    for row in _read("currencies", country):
        office.currencies[row["code"]] = (row["name"], row["shortname"], Decimal(row["rate"]))


def new_uid(*words: str) -> str:
    """Make a key that is the same in every run."""
    return str(uuid.uuid5(NAMESPACE, "/".join(words)))


def relation_financials(dimension_type: str, duedays: str, country: str) -> dict[str, Any]:
    """Return what Twinfield gives every debtor or creditor of an office."""
    account = CONTROL_ACCOUNTS[country][dimension_type]
    return {
        "matchtype": "customersupplier",
        "accounttype": "inherit",
        "subanalyse": "false",
        "duedays": duedays,
        "level": "2",
        "payavailable": "false",
        "meansofpayment": "none",
        "paycode": "",
        "ebilling": "false",
        "ebillmail": "",
        "substitutionlevel": "1",
        "substitutewith": account,
        "relationsreference": "",
        "vattype": "",
        "vatcode": "",
        "vatobligatory": "false",
        "performancetype": "",
    }


def _read(name: str, country: str = "") -> Iterator[dict[str, str]]:
    """Read a file of the chart: that of the country where there is one, else the one for all."""
    own = FOLDER / country.lower() / f"{name}.csv"
    with (own if own.exists() else FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _account_parts(row: dict[str, str]) -> dict[str, Any]:
    return {
        "financials": {
            "matchtype": row["matchtype"],
            "accounttype": "balance" if row["type"] == "BAS" else "profitandloss",
            "subanalyse": row["subanalyse"],
            "level": "1",
            "vatcode": row["vatcode"],
            "vatobligatory": row["vatobligatory"],
        }
    }


def _plain_parts(_row: dict[str, str]) -> dict[str, Any]:
    return {"financials": {"matchtype": "notmatchable", "accounttype": "inherit", "subanalyse": "false"}}


def _relation_parts(country: str, row: dict[str, str]) -> dict[str, Any]:
    address = {
        "name": row["name"],
        "country": row["country"],
        "city": row["city"],
        "postcode": row["postcode"],
        "email": row["email"],
        "field2": row["street"],
        "field4": row["vatnumber"],
        "field5": row["cocnumber"],
    }
    bank = {"ascription": row["name"][:40], "iban": row["iban"]}
    return {
        "vatnumber": row["vatnumber"],
        "cocnumber": row["cocnumber"],
        "financials": relation_financials(row["type"], row["duedays"], country),
        "addresses": [{"@type": "invoice", "@default": "true", **address}],
        "banks": [{"@default": "true", **bank}] if row["iban"] else [],
    }


def _daybook(row: dict[str, str]) -> Daybook:
    return Daybook(
        code=row["code"],
        name=row["name"],
        shortname=row["shortname"],
        kind=row["kind"],
        vattype=row["vattype"],
        duplicates=row["duplicates"],
        freetext=row["freetext"] == "1",
        account=row["account"],
        hidden=row["hidden"] == "1",
    )


def _vat_codes(country: str) -> dict[str, VatCode]:
    made: dict[str, VatCode] = {}
    for row in _read("vat_codes", country):
        since = read_date(row["from"])
        if since is None:
            raise ValueError(f"vat_codes: {row['from']} is no date")
        rate = Rate(
            since=since,
            percentage=Decimal(row["percentage"]),
            account=row["account"],
            counter_account=row["counter_account"],
        )
        earlier = made[row["code"]].rates if row["code"] in made else ()
        made[row["code"]] = VatCode(
            code=row["code"],
            name=row["name"],
            shortname=row["shortname"],
            kind=row["kind"],
            treatment=row["treatment"],
            performance=row["performance"],
            active=row["active"] == "1",
            rates=(*earlier, rate),
        )
    return made
