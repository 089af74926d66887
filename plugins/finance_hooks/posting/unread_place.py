"""Say where a document that cannot be read would stand: in the journal of its kind, the period of its day."""

from datetime import date

from finance_hooks.mapping.entry_dates import derive_period
from finance_hooks.mapping.lookup import find_row
from finance_hooks.mapping.schemas import JOURNALS
from finance_hooks.mapping.tables import Tables
from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.document import DocumentType
from finance_hooks.model.entry import Period
from finance_hooks.model.masters import Masters
from finance_hooks.posting.periods import periods_of_days
from finance_hooks.sources.qubz.parse import KINDS, ParsedDocument


def unread_place(
    parsed: ParsedDocument,
    tables: Tables,
    masters: Masters,
    chart_periods: tuple[ChartPeriod, ...],
    today: date,
) -> tuple[str, Period] | None:
    """Return journal and period, `None` where no row of journals.csv holds for any type of its kind.

    A document without a day is looked for around today, as it changed a moment ago. `chart_periods` are the
    package's own as they were read last.
    """
    day = parsed.document_date or today
    asked = [(code, day.isoformat()) for code in _codes(parsed)]
    rows = find_row(asked, tables[JOURNALS], JOURNALS.keys)
    journal = next((rows[key]["journal"] for key in asked if key in rows), None)
    return (
        None
        if journal is None
        else (journal, _period(day, masters.organisation.fiscal_year_start_month, chart_periods))
    )


def _codes(parsed: ParsedDocument) -> list[str]:
    """List what journals are mapped by, the likeliest first: a type in its currency, then any of its kind."""
    kind = KINDS[parsed.resource]
    named = [each for each in DocumentType if each == parsed.key.document_type]
    types = named or [each for each in DocumentType if each.kind == kind]
    in_currency = [f"{each}/{parsed.currency}" for each in types] if parsed.currency else []
    return [*in_currency, *types]


def _period(day: date, start_month: int, chart_periods: tuple[ChartPeriod, ...]) -> Period:
    own = sorted(periods_of_days({day}, chart_periods), key=lambda period: period.number)
    if own:
        return own[0]
    fiscal_year, number = derive_period(day, start_month)
    return Period(fiscal_year=fiscal_year, number=number)
