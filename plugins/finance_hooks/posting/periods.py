"""Choose the periods in which the books are read."""

from collections.abc import Collection, Sequence
from datetime import date

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.entry import Period


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
