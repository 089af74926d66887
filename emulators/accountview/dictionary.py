"""The field and object dictionaries: which tables, fields and business objects there are.

Fields of `seed/DCT_FLD.csv` were recorded from a live dictionary in 2021 (omniboost/go-accountview.net, MIT,
copyright 2020 Omniboost B.V.); those of `seed/DCT_FLD_inferred.csv` are inferred.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SEED = Path(__file__).with_name("seed")
TEXT = frozenset("CM")
NUMBERS = frozenset("NYBI")
MOMENTS = frozenset("DT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field; `kind` is AccountView's letter: C M text, L logical, N I Y B number, D T moment."""

    table: str
    name: str
    kind: str
    length: int
    mandatory: bool
    blocked: bool
    format: str
    mask: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One business object: main table first, then those that come with it."""

    code: str
    description: str
    table: str
    details: tuple[str, ...]
    key: str
    has_id: bool
    system: bool
    may_insert: bool
    may_update: bool
    may_delete: bool


@cache
def tables() -> Mapping[str, Mapping[str, Field]]:
    """Return the fields of every table, by table and name."""
    found: dict[str, dict[str, Field]] = {}
    for name in ("DCT_FLD", "DCT_FLD_inferred"):
        for row in seed_rows(name):
            field = Field(
                table=row["DBF_NAME"],
                name=row["FIELD_NAME"],
                kind=row["FIELD_TYPE"],
                length=int(row["FIELD_LEN"]),
                mandatory=row["INP_MAND"] == "1",
                blocked=row["COM_BLK"] == "1",
                format=row["FLD_FMT"],
                mask=row["FLD_MASK"],
                description=row["FLD_DESC"],
            )
            found.setdefault(field.table, {})[field.name] = field
    return found


@cache
def objects() -> Mapping[str, Shape]:
    """Return the business objects by code, upper case."""
    return {
        row["CODE"]: Shape(
            code=row["CODE"],
            description=row["DESCRIPTION"],
            table=row["TABLE"],
            details=tuple(row["DETAILS"].split()),
            key=row["KEY"],
            has_id=row["HAS_ID"] == "1",
            system=row["SYSTEM"] == "1",
            may_insert=row["INSERT"] == "1",
            may_update=row["UPDATE"] == "1",
            may_delete=row["DELETE"] == "1",
        )
        for row in seed_rows("OBJECTS")
    }


def seed_rows(name: str, country: str = "") -> Iterator[dict[str, str]]:
    """Read one file of the seed: that of the country where there is one, else the one for all."""
    own = SEED / country.lower() / f"{name}.csv"
    with (own if own.exists() else SEED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
