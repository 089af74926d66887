"""Say what AccountView would refuse, and how many calls a run takes: two per entry, since each is read back.

AccountView.Net Web API v3 as working clients use it. Counted for an installation that posts at once and shows
posted pages where pages are entered, which is how working clients find them.
"""

from collections.abc import Collection, Iterator
from itertools import count

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.targets.accountview.books import PAGE_LISTINGS
from finance_hooks.targets.accountview.comparing import sort_of
from finance_hooks.targets.accountview.hook import AccountViewHook
from finance_hooks.targets.accountview.query import CERTAINLY_FEWER
from finance_hooks.targets.accountview.settings import PAGE_SIZE
from finance_hooks.targets.foresight import (
    Ahead,
    Calls,
    Foresight,
    Rows,
    Scope,
    reading_steps,
    vat_rows,
)

CALLS_BELOW = ("/api/v3/accountview", "/api/v3/companies")
PERIOD_QUESTION = 1
"""Asked once a year read: whether periods of the ledger name their year."""


def foresee(hook: AccountViewHook, administration: str) -> Foresight:  # noqa: ARG001 - no published limits
    """Say what can be said of a run on a company before it happens."""
    return Foresight(
        check=hook.check,
        steps=reading_steps(count_reading, count_rows, count_posting),
        batch_size=hook.batch_size,
        counters=(),
        is_call=lambda address: any(below in address for below in CALLS_BELOW),
        reads_all_journals=True,
    )


def count_reading(scope: Scope, rows: Collection[Rows]) -> int:
    """Count the calls of one bulk read: per year, and per period the pages of three listings."""
    calls = PERIOD_QUESTION * len({period.fiscal_year for period in scope.periods})
    for period in scope.periods:
        found = [one.count for one in rows if one.period == period]
        calls += len(PAGE_LISTINGS) * count_numbered_pages(len(found)) + count_keyed_pages(sum(found))
    return calls


def count_numbered_pages(rows: int) -> int:
    """Count the calls that read a listing by page number: all pages but the last are read twice."""
    pages = count_keyed_pages(rows)
    return pages + pages - 1


def count_keyed_pages(rows: int) -> int:
    """Count the calls that read a listing on from its last key, until a page is not full."""
    if rows < CERTAINLY_FEWER:
        return 1
    size = min(rows, PAGE_SIZE)
    return next(pages for pages in count(2) if rows - (pages - 1) * size < size)


def count_rows(entry: Entry) -> int:
    """Count the ledger rows a page makes: the party's, its lines', VAT per code, shifted VAT on two sides."""
    if entry.kind is EntryKind.MEMORIAL:
        return len(entry.lines)
    return 1 + len(entry.lines) + vat_rows(entry, shifted=2)


def count_posting(ahead: Ahead) -> Iterator[Calls]:
    """Count two calls for every entry, and a look into the ledger for the first of each sort."""
    entries = list(ahead.entries)
    first = {sort_of(entry): entry for entry in reversed(entries)}
    looks = sum(count_keyed_pages(count_rows(entry)) for entry in first.values())
    yield Calls(step="load", what="entries", count=len(entries), changes_books=True)
    yield Calls(step="load", what="proofs", count=len(entries) + looks)
