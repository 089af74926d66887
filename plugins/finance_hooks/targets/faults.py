"""Name a fault of an entry: where it is, what stands there, what would have been right."""

from collections.abc import Iterator, Mapping, Sequence

from finance_hooks.model.chart import ChartCode, ChartPeriod
from finance_hooks.model.entry import Entry, EntryLine
from finance_hooks.model.park_reason import Reason, ReasonCode


def fault(
    entry: Entry,
    code: ReasonCode,
    field: str,
    value: str | None,
    line: EntryLine | None = None,
    detail: str | None = None,
) -> Reason:
    """Name one fault by the document's number and the source's line."""
    return Reason(
        code=code,
        document=entry.number,
        line=source_line(line) if line else None,
        field=field,
        value=value,
        detail=detail,
    )


def known(
    entry: Entry, codes: Mapping[str, ChartCode], field: str, code: str, line: EntryLine | None = None
) -> Iterator[Reason]:
    """Name a code that the chart does not hold, holds as blocked, or holds until before the entry's date."""
    found = codes.get(code)
    if found is None:
        yield fault(entry, ReasonCode.CODE_REFUSED, field, code, line)
    elif found.blocked or (found.valid_until is not None and found.valid_until < entry.entry_date):
        yield fault(entry, ReasonCode.CODE_BLOCKED, field, code, line)


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


def source_line(line: EntryLine) -> int:
    """Return the number of a line in the source; one that joins several has that of the first."""
    return line.source_lines[0] if line.source_lines else line.number
