"""Fiscal years of twelve months: in which month they begin, and what a broken one is called."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from emulators.switches import Switch, Switches

Period: TypeAlias = tuple[int, int]

MONTHS = 12
CLOSED_MONTHS_BACK = 3
YEARS_BACK, YEARS_AHEAD = 2, 1


class MonthSwitch(Switch):
    """A switch that stands on the number of a month."""

    def accepts(self, position: object) -> bool:
        """Tell whether a position is the number of a month."""
        return super().accepts(position) and position in range(1, MONTHS + 1)


FISCAL_YEAR_SWITCHES = (
    MonthSwitch(
        name="fiscal_year_start",
        default=1,
        description="Month in which a fiscal year begins, 1 to 12; 1 = calendar years.",
        source="the customer's choice",
    ),
    Switch(
        name="fiscal_year_named",
        default="first",
        description="A fiscal year of two calendar years is called after the first or the last of them.",
        source="the customer's choice",
        positions=("first", "last"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalYears:
    """When fiscal years begin, and which calendar year a broken one is called after."""

    start: int = 1
    named: str = "first"

    @classmethod
    def of(cls, switches: Switches) -> "FiscalYears":
        """Return the fiscal years of an emulator (switches `fiscal_year_start`, `fiscal_year_named`)."""
        return cls(start=switches.number("fiscal_year_start"), named=switches.text("fiscal_year_named"))

    def period_of(self, day: date) -> Period:
        """Return the year and period in which a day lies."""
        return self._called(_months(day))

    def year_of(self, day: date) -> int:
        """Return the year in which a day lies."""
        return self.period_of(day)[0]

    def first_day(self, year: int, period: int = 1) -> date:
        """Return the day on which a period, or a year, begins."""
        months = (year - self._ahead) * MONTHS + self.start - 1 + period - 1
        return date(months // MONTHS, months % MONTHS + 1, 1)

    def last_day(self, year: int, period: int = MONTHS) -> date:
        """Return the day on which a period, or a year, ends."""
        return self.first_day(year, period + 1) - timedelta(days=1)

    def around(self, day: date) -> range:
        """Return the years from two before that of a day to one after it."""
        year = self.year_of(day)
        return range(year - YEARS_BACK, year + YEARS_AHEAD + 1)

    def third_month_before(self, day: date) -> Period:
        """Return the period that is closed unless a switch says otherwise."""
        return self._called(_months(day) - CLOSED_MONTHS_BACK)

    def renamed(self, period: Period, others: "FiscalYears") -> Period:
        """Return what other fiscal years call the month of a period."""
        return others.period_of(self.first_day(*period))

    @property
    def _ahead(self) -> int:
        """How far the name of a year is ahead of the calendar year in which it begins."""
        return int(self.start > 1 and self.named == "last")

    def _called(self, months: int) -> Period:
        year, month = divmod(months - self.start + 1, MONTHS)
        return year + self._ahead, month + 1


def _months(day: date) -> int:
    return day.year * MONTHS + day.month - 1
