"""Find that a package would not take an entry in its period: not there, closed, or of another year."""

from collections.abc import Iterator, Sequence

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.targets.faults import fault


def check_period(entry: Entry, periods: Sequence[ChartPeriod]) -> Iterator[Reason]:
    """Name what is wrong with an entry's fiscal year and period, by the package's own table of them."""
    name = f"{entry.fiscal_year}-{entry.period:02d}"
    place = (entry.fiscal_year, entry.period)
    period = next((one for one in periods if (one.fiscal_year, one.number) == place), None)
    if period is None:
        yield fault(entry, ReasonCode.YEAR_MISSING, "period", name)
    elif period.is_open is False:
        yield fault(entry, ReasonCode.PERIOD_CLOSED, "period", name)
    elif not (period.is_supposed or period.is_near(entry.entry_date)):
        days = f"{period.first_date} to {period.last_date}"
        detail = f"the period runs from {days}, the day is {entry.entry_date}"
        yield fault(entry, ReasonCode.FIELD_REFUSED, "period", name, detail=detail)
