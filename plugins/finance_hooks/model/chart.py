"""Describe the codes a target administration knows, as read from it.

What a package does not tell is `None`: unknown, and no fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finance_hooks.model.document import EntryKind

NEAR_DAYS = 92


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPercentage:
    """What a VAT code charges from one day until another, both included; open where `None`."""

    percentage: Decimal
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartCode:
    """One code of a chart; `id` is the target's own key where it differs from the code.

    `serves` are the kinds of entry it may be used for: a journal takes them, a VAT code is for them, a debtor
    is for sales and a creditor for purchases. Of a journal: `numbers_itself` when it hands out the numbers of
    documents, `only_currency` when it takes no other. Of a ledger account: what its lines must or may not
    bear, and `unusable_why` when nothing of ours can be booked on it. Of a VAT code: `percentage` is today's,
    `percentages` are those by date where the target tells them. Of a cost centre: `combines_with` are the
    ledger accounts it is allowed on.
    """

    code: str
    name: str
    id: str | None = None
    blocked: bool = False
    kind: str | None = None
    percentage: Decimal | None = None
    valid_until: date | None = None
    serves: frozenset[EntryKind] | None = None
    numbers_itself: bool | None = None
    only_currency: str | None = None
    takes_vat: bool | None = None
    takes_cost_centre: bool | None = None
    needs_cost_centre: bool | None = None
    unusable_why: str | None = None
    percentages: tuple[DatedPercentage, ...] = ()
    combines_with: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPeriod:
    """One period with its first and last day; `is_open` is `None` where the target does not tell.

    `is_supposed` marks a month that the target does not list and its days are guessed of.
    """

    fiscal_year: int
    number: int
    first_date: date
    last_date: date
    is_open: bool | None = None
    is_supposed: bool = False

    def days_from(self, on: date) -> int:
        """Return how many days a day lies outside the period, 0 when it lies in it."""
        return max((self.first_date - on).days, (on - self.last_date).days, 0)

    def is_near(self, on: date) -> bool:
        """Say whether a day may be booked in the period: not so far off that another year is meant."""
        return self.days_from(on) <= NEAR_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Journals, ledger accounts, VAT codes, cost centres, payment terms, parties and periods, by code.

    `cost_units` is `None` where the target has no such list; `unlisted` names other parts it does not list.
    """

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
    cost_units: Mapping[str, ChartCode] | None = None
    unlisted: frozenset[str] = frozenset()

    def codes_of(self, part: str) -> Mapping[str, ChartCode] | None:
        """Return the codes of one part by its name, `None` where the target does not list them."""
        codes: Mapping[str, ChartCode] | None = getattr(self, part)
        return None if part in self.unlisted else codes
