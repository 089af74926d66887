"""Describe the codes a target administration knows, as read from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartCode:
    """One code of a chart; `id` is the target's own key where it differs from the code."""

    code: str
    name: str
    id: str | None = None
    blocked: bool = False
    kind: str | None = None
    percentage: Decimal | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPeriod:
    """One period with its first and last day; `is_open` is `None` where the target does not tell."""

    fiscal_year: int
    number: int
    first_date: date
    last_date: date
    is_open: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Journals, ledger accounts, VAT codes, cost centres, payment terms, parties and periods, by code."""

    administration: str
    name: str
    country: str
    currency: str
    journals: Mapping[str, ChartCode]
    ledger_accounts: Mapping[str, ChartCode]
    vat_codes: Mapping[str, ChartCode]
    cost_centres: Mapping[str, ChartCode]
    payment_terms: Mapping[str, ChartCode]
    parties: Mapping[str, ChartCode]
    periods: tuple[ChartPeriod, ...]
