"""Find the next open period for an entry whose own is closed, and book it there."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from finance_hooks.mapping.fitting import fit_text
from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, Period

TRIES = 2
"""How many next periods may be tried that turn out to be closed, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day to book on, with the year and period that the package counts it in."""

    on: date
    fiscal_year: int
    period: int


def period_of(entry: Entry) -> Period:
    """Return the period in which an entry is booked."""
    return Period(fiscal_year=entry.fiscal_year, number=entry.period)


def is_closed(entry: Entry, periods: Sequence[ChartPeriod]) -> bool:
    """Say whether the package tells that an entry's period is closed; a period it does not have is not."""
    return any(_key(period) == period_of(entry) and period.is_open is False for period in periods)


def is_first_day(day: Day, periods: Sequence[ChartPeriod]) -> bool:
    """Say whether a day is one that entries are moved to: the first of its period."""
    period = Period(fiscal_year=day.fiscal_year, number=day.period)
    return any(_key(one) == period and one.first_date == day.on for one in periods)


def next_open_day(entry: Entry, periods: Sequence[ChartPeriod], refused: Collection[Period]) -> Day | None:
    """Return the first day of the first period after the entry's own that may be open, `None` without any.

    `refused` are the periods that the package only told to be closed when an entry was sent: of those that
    follow at most two are tried.
    """
    tries = TRIES
    for period in _after(entry, periods):
        if period.is_open is False:
            continue
        if _key(period) not in refused:
            return Day(on=period.first_date, fiscal_year=period.fiscal_year, period=period.number)
        tries -= 1
        if tries == 0:
            break
    return None


def move_entry(entry: Entry, day: Day, room: int) -> Entry:
    """Book an entry on another day, with its own day in its texts; they have `room` characters."""
    moved = replace(
        entry,
        entry_date=day.on,
        fiscal_year=day.fiscal_year,
        period=day.period,
        moved_from=entry.moved_from or entry.entry_date,
    )
    if entry.moved_from is not None:
        return moved
    suffix = f" ({entry.entry_date.isoformat()})"
    lines = entry.lines
    if entry.kind is EntryKind.MEMORIAL:
        lines = tuple(replace(line, description=fit_text(line.description, room, suffix)) for line in lines)
    return replace(moved, description=fit_text(entry.description, room, suffix), lines=lines)


def _after(entry: Entry, periods: Sequence[ChartPeriod]) -> Iterator[ChartPeriod]:
    ordered = sorted(periods, key=lambda period: (period.first_date, period.fiscal_year, period.number))
    own = [place for place, period in enumerate(ordered) if _key(period) == period_of(entry)]
    if own:
        last_date = ordered[own[0]].last_date
        yield from (period for period in ordered[own[0] + 1 :] if period.first_date > last_date)


def _key(period: ChartPeriod) -> Period:
    return Period(fiscal_year=period.fiscal_year, number=period.number)
