"""Decide the date, fiscal year and period of an entry, past what the bookkeeper has closed."""

from dataclasses import dataclass
from datetime import date, timedelta

from finance_hooks.mapping.trace import Trace
from finance_hooks.model.administration import Administration, ClosedPeriodPolicy
from finance_hooks.model.document import Document
from finance_hooks.model.document_warning import WarningCode
from finance_hooks.model.park_reason import ReasonCode


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDates:
    """When an entry is booked; `shifted_from` is the document's own date when that day is closed."""

    entry_date: date
    fiscal_year: int
    period: int
    shifted_from: date | None = None


def date_entry(
    document: Document, administration: Administration, start_month: int, trace: Trace
) -> EntryDates:
    """Date an entry as its document, or park or shift it when that day is closed.

    `start_month` is the first month of the organisation's fiscal year. The document's own year and period
    win; a shifted entry gets the period of its new date, in years counted as the document counts them.
    """
    on, closed = document.document_date, administration.books_closed_until
    start_year, derived = derive_period(on, start_month)
    year = start_year if document.fiscal_year is None else document.fiscal_year
    if closed is None or on > closed:
        period = derived if document.period is None else document.period
        return EntryDates(entry_date=on, fiscal_year=year, period=period)
    if administration.closed_period_policy is ClosedPeriodPolicy.PARK:
        trace.park(
            ReasonCode.BOOKS_CLOSED,
            "document_date",
            on.isoformat(),
            f"books_closed_until {closed.isoformat()}",
        )
    entry_date = closed + timedelta(days=1)
    trace.warn(
        WarningCode.BOOKED_ON_OPEN_DAY,
        "document_date",
        on.isoformat(),
        f"books_closed_until {closed.isoformat()}",
    )
    new_start_year, period = derive_period(entry_date, start_month)
    return EntryDates(
        entry_date=entry_date,
        fiscal_year=year + new_start_year - start_year,
        period=period,
        shifted_from=on,
    )


def derive_period(on: date, start_month: int) -> tuple[int, int]:
    """Return the year in which the fiscal year of a day starts, and the month's place in it, from 1."""
    return on.year - (on.month < start_month), (on.month - start_month) % 12 + 1
