"""What a demo document is: a row, and what a careful reader should do with it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One demo document with its expected outcome.

    `outcome` is `booked`, `parked` or `not_taken_up`; `rules` names why it is parked: the numbers of the
    published rules (V15 buyer's VAT id, C1 category and amount, C3 outside scope mixed, C4 original number,
    C5 unit, R5 VAT, R6 sums, B4 self-billing agreement), or `not_final`, `unknown_member`, `unreadable`,
    `unmapped_vat_code`, `missing_exchange_rate`.
    """

    name: str
    resource: str
    row: dict[str, Any]
    outcome: str = "booked"
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days the demo is dated on, counted from today; all within the last 45 days."""

    today: date

    @property
    def month_end(self) -> date:
        """The last day of the previous month."""
        return self.month_start - timedelta(days=1)

    @property
    def month_eve(self) -> date:
        """The day before the last of the previous month."""
        return self.month_end - timedelta(days=1)

    @property
    def month_start(self) -> date:
        """The first day of this month."""
        return self.today.replace(day=1)

    @property
    def yesterday(self) -> date:
        """The day before today."""
        return self.today - timedelta(days=1)


def numbered(day: date, sequence: int) -> str:
    """Make a sales invoice number: year, month, four digits (2026-10, 123: 2026100123)."""
    return f"{day:%Y%m}{sequence:04d}"
