"""Say what Exact would refuse, and how many calls a run takes: one per entry, and pages of ledger lines.

Exact Online support, "API limits"; pages of bulk views as in the REST reference.
"""

from collections.abc import Collection, Iterator
from functools import partial

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry
from finance_hooks.targets.exactonline.client import UPLOAD
from finance_hooks.targets.exactonline.hook import ExactOnlineHook
from finance_hooks.targets.exactonline.readback import divide_periods
from finance_hooks.targets.exactonline.settings import ATTACHMENT_LIMITS
from finance_hooks.targets.exactonline.uploads import write_lookups
from finance_hooks.targets.foresight import (
    Ahead,
    Calls,
    Foresight,
    Rows,
    Scope,
    chunks_of,
    pages_of,
    reading_steps,
    rows_in,
    vat_rows,
)

BULK_PAGE = 1000
"""Exact: rows of a page of a bulk view."""
CALLS_BELOW = ("/api/v1/", f"/{UPLOAD}")


def foresee(hook: ExactOnlineHook, administration: str) -> Foresight:
    """Say what can be said of a run on a division before it happens."""
    return Foresight(
        check=hook.check,
        steps=reading_steps(
            count_reading,
            count_rows,
            partial(count_posting, uploads_from=hook.connection.uploads_from),
            attach=count_attaching if hook.connection.attaches else None,
        ),
        batch_size=hook.batch_size,
        counters=hook.client.quota.counters(administration),
        is_call=lambda address: any(part in address for part in CALLS_BELOW),
    )


def count_reading(scope: Scope, rows: Collection[Rows]) -> int:
    """Count the calls of one bulk read: the pages of each filter."""
    return sum(
        pages_of(
            rows_in(Scope(journals=scope.journals, periods=frozenset(periods)), rows),
            BULK_PAGE,
        )
        for periods in divide_periods(scope.periods)
    )


def count_rows(entry: Entry) -> int:
    """Count the ledger lines an entry makes: the party's, its own, VAT per code, shifted VAT on two sides."""
    if entry.kind is EntryKind.MEMORIAL:
        return len(entry.lines)
    return 1 + len(entry.lines) + vat_rows(entry, shifted=2)


def count_posting(ahead: Ahead, uploads_from: int) -> Iterator[Calls]:
    """Count a call for every entry; of what is uploaded one for all together, and those that look for it."""
    single = looks = documents = 0
    for batch in ahead.batches:
        uploaded = [entry for entry in batch if entry.rate is None]
        if not uploads_from or len(batch) < min(uploads_from, 2):
            uploaded = []
        single += len(batch) - len(uploaded)
        documents += min(len(uploaded), 1)
        looks += len(list(write_lookups(uploaded)))
    yield Calls(step="load", what="entries", count=single + documents, changes_books=True)
    yield Calls(step="load", what="look-ups", count=looks)


def count_attaching(ahead: Ahead) -> Iterator[Calls]:
    """Count a look for every chunk, a document and a file for each, and two looks for the first."""
    sent = sum(1 for one in ahead.files if one.is_sent)
    looks = len(list(chunks_of(ahead.files, ATTACHMENT_LIMITS.chunk_size)))
    yield Calls(step="attach", what="look-ups", count=looks + 2 * min(sent, 1))
    yield Calls(step="attach", what="files", count=2 * sent, changes_books=True)
