"""Choose which journals and periods are proved on demand: from and until a month, day or fiscal period."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from finance_hooks.model.entry import Period
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.posting.reconcile import OPEN_WINDOW_DAYS
from finance_hooks.posting.work import Work
from finance_hooks.store.booked_places import places_to_prove
from finance_hooks.store.proof import Owned, reconciled_periods

NO_RUN = ""
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_PERIOD = re.compile(r"(\d{4})/(\d{1,3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Document dates, or fiscal periods; both ends are included and either may be open."""

    dated_from: date | None = None
    dated_until: date | None = None
    period_from: Period | None = None
    period_until: Period | None = None

    def holds(self, period: Period) -> bool:
        """Say whether a fiscal period lies in a span of periods."""
        at = (period.fiscal_year, period.number)
        starts, ends = self.period_from, self.period_until
        after = starts is None or at >= (starts.fiscal_year, starts.number)
        return after and (ends is None or at <= (ends.fiscal_year, ends.number))


EVERYTHING_BOOKED = Span()


def read_span(starts: str | None, ends: str | None) -> Span:
    """Read `2026-10`, `2026-10-31` or `2026/10`; a start without an end is that one alone."""
    if starts is None and ends is not None:
        raise ConfigurationError("Say from where on too, with --from.")
    if starts is None:
        return EVERYTHING_BOOKED
    first, last = _read(starts), _read(ends or starts)
    if isinstance(first, Period) and isinstance(last, Period):
        return Span(period_from=first, period_until=last)
    if isinstance(first, Period) or isinstance(last, Period):
        raise ConfigurationError("Give two dates or months, or two fiscal periods, not one of each.")
    if last[1] < first[0]:
        raise ConfigurationError(f"{ends} lies before {starts}.")
    return Span(dated_from=first[0], dated_until=last[1])


def open_window(today: date) -> Span:
    """Return the dates that every night proves."""
    return Span(dated_from=today - timedelta(days=OPEN_WINDOW_DAYS), dated_until=today)


def scope_of(work: Work, source_id: str, span: Span) -> frozenset[tuple[str, Period]]:
    """Return the journals and periods of a span in which something of ours is booked, or parked."""
    owned = Owned(administration=work.administration, source_id=source_id)
    with work.engine.begin() as connection:
        if span.dated_from is not None and span.dated_until is not None:
            return reconciled_periods(
                connection,
                owned,
                run_id=NO_RUN,
                dated_from=span.dated_from,
                dated_until=span.dated_until,
                today=work.business_date(),
            )
        return frozenset(place for place in places_to_prove(connection, owned) if span.holds(place[1]))


def _read(text: str) -> Period | tuple[date, date]:
    """Return a fiscal period, or the first and last day of a month or day."""
    try:
        if found := _PERIOD.fullmatch(text):
            return Period(fiscal_year=int(found[1]), number=int(found[2]))
        if found := _MONTH.fullmatch(text):
            year, month = int(found[1]), int(found[2])
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        day = date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(
            f"{text!r} is no month (2026-10), day (2026-10-31) or fiscal period (2026/10)."
        ) from None
    return day, day
