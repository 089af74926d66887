"""Put the lines of a reconciliation into the rows of a spreadsheet."""

from collections.abc import Iterable, Iterator
from functools import partial

from finance_hooks.model.park_reason_text import Language
from finance_hooks.store.comparisons import Compared
from finance_hooks.web.formats import Formats
from finance_hooks.web.reconciliation import Line
from finance_hooks.web.texts import say

HEAD = (
    "reconciliation.link",
    "reconciliation.fiscal_year",
    "reconciliation.period",
    "reconciliation.journal",
    "reconciliation.verdict",
    "reconciliation.documents",
    "reconciliation.source",
    "reconciliation.store",
    "reconciliation.books",
    "reconciliation.difference",
    "reconciliation.debit",
    "reconciliation.credit",
    "reconciliation.not_ours",
    "reconciliation.of_which_forgotten",
    "reconciliation.compared_at",
)


def sheet_rows(sync_id: str, lines: Iterable[Line], language: Language) -> Iterator[tuple[object, ...]]:
    """Write a row of headings, and one for each journal and period; what nobody compared stays empty."""
    spoken, formats = partial(say, language), Formats(language)
    yield tuple(spoken(key) for key in HEAD)
    for line in lines:
        period = line.period
        place = (sync_id, period.fiscal_year, period.number, line.journal, spoken(line.verdict.text))
        yield (*place, *(_figures(line, line.compared, formats) if line.compared else ()))


def _figures(line: Line, compared: Compared, formats: Formats) -> tuple[object, ...]:
    return (
        compared.documents,
        compared.source_gross,
        compared.store_gross,
        compared.books_gross,
        line.difference,
        compared.debit,
        compared.credit,
        compared.not_ours,
        compared.forgotten,
        formats.time(compared.compared_at),
    )
