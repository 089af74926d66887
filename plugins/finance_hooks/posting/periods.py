"""Choose the periods in which the books are read, and the year in which an entry is booked."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.entry import Entry, Period

A_YEAR = timedelta(days=366)


def periods_of_days(days: Collection[date], chart_periods: Sequence[ChartPeriod]) -> frozenset[Period]:
    """Return the periods that these days lie in."""
    return frozenset(
        Period(fiscal_year=period.fiscal_year, number=period.number)
        for period in chart_periods
        if any(period.first_date <= day <= period.last_date for day in days)
    )


def with_neighbours(periods: Collection[Period], chart_periods: Sequence[ChartPeriod]) -> frozenset[Period]:
    """Add one period on either side, as the target's own period table orders them.

    A booking that a person moved to the next period is found there.
    """
    ordered = sorted(chart_periods, key=lambda period: (period.first_date, period.number))
    table = [Period(fiscal_year=period.fiscal_year, number=period.number) for period in ordered]
    places = [place for place, period in enumerate(table) if period in periods]
    nearby = {
        table[near] for place in places for near in (place - 1, place, place + 1) if 0 <= near < len(table)
    }
    return frozenset(nearby) | frozenset(periods)


def far_from(periods: Collection[Period], chart_periods: Sequence[ChartPeriod]) -> list[Period]:
    """Return the other periods up to a year before and after these, the earliest first.

    A booking that a person moved, and that a store put back from a backup has forgotten, is found there.
    """
    near = [
        period
        for period in chart_periods
        if Period(fiscal_year=period.fiscal_year, number=period.number) in periods
    ]
    if not near:
        return []
    first = min(period.first_date for period in near) - A_YEAR
    last = max(period.last_date for period in near) + A_YEAR
    found = [period for period in chart_periods if period.last_date >= first and period.first_date <= last]
    ordered = sorted(found, key=lambda period: (period.first_date, period.number))
    table = [Period(fiscal_year=period.fiscal_year, number=period.number) for period in ordered]
    return [period for period in table if period not in periods]


def name_year(entry: Entry, chart_periods: Sequence[ChartPeriod]) -> Entry:
    """Count an entry's broken fiscal year as the package does: by the year in which it begins or ends.

    21QUBZ and our own derivation name it after its first day, its own year may follow either custom. What the
    package has no period for near the entry's date stays as it is, and is parked when it is checked.
    """
    near = [
        period
        for period in chart_periods
        if period.number == entry.period
        and not period.is_supposed
        and abs(period.fiscal_year - entry.fiscal_year) <= 1
        and period.is_near(entry.entry_date)
    ]
    if not near:
        return entry
    closest = min(near, key=lambda period: period.days_from(entry.entry_date))
    return replace(entry, fiscal_year=closest.fiscal_year)
