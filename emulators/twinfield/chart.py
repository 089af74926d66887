"""What an office's chart consists of: dimensions, daybooks and VAT codes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

LEVELS = {"BAS": 1, "PNL": 1, "DEB": 2, "CRD": 2, "KPL": 2, "PRJ": 3, "AST": 3, "ACT": 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionType:
    """A type of dimension: its level and the mask of its codes, `*` for any."""

    code: str
    name: str
    shortname: str
    level: int
    mask: str


@dataclass(slots=True, kw_only=True)
class Dimension:
    """A ledger account, relation, cost centre, project or asset; `parts` holds the rest of its document."""

    type: str
    code: str
    name: str
    shortname: str = ""
    status: str = "active"
    uid: str = ""
    parts: dict[str, Any] = field(default_factory=dict)
    touched: int = 0
    modified_at: datetime

    @property
    def level(self) -> int:
        """Return its level."""
        return LEVELS[self.type]

    def financial(self, name: str) -> str:
        """Return one of its financial settings."""
        return str(self.parts.get("financials", {}).get(name, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Daybook:
    """A daybook (transaction type): its kind, and what it does with invoice numbers that come again."""

    code: str
    name: str
    shortname: str
    kind: str
    vattype: str
    duplicates: str
    freetext: bool
    account: str
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What a VAT code does from a day on: percentage, account, and the other account of a shifted code."""

    since: date
    percentage: Decimal
    account: str
    counter_account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VatCode:
    """A VAT code with its rates, oldest first."""

    code: str
    name: str
    shortname: str
    kind: str
    treatment: str
    performance: str
    active: bool
    rates: tuple[Rate, ...]

    def rate_on(self, day: date) -> Rate | None:
        """Return the rate of a day; None when the code is not active (yet)."""
        valid = [rate for rate in self.rates if rate.since <= day]
        return valid[-1] if valid and self.active else None
