"""Bring what is pending into the books: ask the books first, then claim, send and note, batch by batch."""

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from math import ceil
from typing import TypeVar

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.posting.deliver import batches_of, deliver_batch
from finance_hooks.posting.file_road import NO_FOLDERS, Folders
from finance_hooks.posting.loading import HeldLease, Loading, start_loading
from finance_hooks.posting.placing import is_shut_out, place_entries
from finance_hooks.posting.reconcile import OPEN_WINDOW_DAYS
from finance_hooks.posting.sending import send_batch
from finance_hooks.posting.settle import settle
from finance_hooks.posting.settle_time import settles_at
from finance_hooks.posting.work import Work
from finance_hooks.store import outbox, posting_moves
from finance_hooks.store.engine import Connection
from finance_hooks.store.following import undone
from finance_hooks.store.outbox import OpenPosting
from finance_hooks.targets.base import TargetHook

CHUNK = 500
"""Postings whose entries are in memory at once."""

One = TypeVar("One")

PATIENCE_S = 900
"""The longest a load waits for limits in all; beyond that postings wait for a later run."""


def has_work(work: Work) -> bool:
    """Say whether anything has to be sent or asked for; an empty night makes no call to the target."""
    with work.engine.begin() as connection:
        return outbox.has_work(connection, work.administration.books, now=work.now(connection))


def load(work: Work, hook: TargetHook, lease: HeldLease, folders: Folders = NO_FOLDERS) -> dict[str, int]:
    """Settle what is unknown and send what is pending; returns how many of each thing happened.

    Waits here when a limit asks for a short while; what has to wait longer is left to a later run, as is
    everything when the limit does not even let the books be read.
    Raises TemporaryFailure when the books cannot be read, before anything is sent; and when unknown ones
    remain, after everything else is done, for the rest of the target's settle time.
    """
    with work.engine.begin() as connection:
        orphans = posting_moves.orphans_to_unknown(
            connection,
            work.administration.books,
            generation=lease.generation,
            ended_at=lease.previous_ended_at,
            stamp=work.stamp(connection),
        )
    try:
        loading = start_loading(work, hook, lease, folders)
    except TemporaryFailure as failure:
        return _leave_to_a_later_run(work, lease, failure)
    loading.happened["orphaned"] += orphans
    patience_s = PATIENCE_S
    while (pause_s := _send_round(loading, patience_s)) > 0:
        work.clock.sleep(pause_s)
        patience_s -= pause_s
    _raise_for_unknown(loading)
    return dict(loading.happened)


def _send_round(loading: Loading, patience_s: int) -> int:
    """Send what is due; returns after how many seconds another round makes sense, 0 for none."""
    work = loading.work
    loading.wait_until = None
    seen: set[int] = set()
    # What waited for a reversal follows it, and what was refused by a closed period is placed elsewhere.
    while posting_ids := _not_seen(work, seen - loading.again):
        seen.update(posting_ids)
        loading.again.clear()
        _send(loading, posting_ids)
    if loading.wait_until is None:
        return 0
    with work.engine.begin() as connection:
        pause_s = ceil((loading.wait_until - work.now(connection)).total_seconds())
        if pause_s > patience_s and not loading.lease.is_backfill:
            outbox.wait_until(connection, sorted(seen), loading.wait_until, loading.waiting_why)
    return max(pause_s, 1) if pause_s <= patience_s else 0


def _send(loading: Loading, posting_ids: Sequence[int]) -> None:
    batch_size = loading.hook.batch_size(len(posting_ids))
    for chunk in _chunks(posting_ids, CHUNK):
        absent = _settle_chunk(loading, chunk)
        if loading.road is None:
            for batch in _chunks(absent, batch_size):
                if not loading.stopped:
                    send_batch(loading, batch)
        else:
            for batch in batches_of(loading.road, absent):
                if not loading.stopped:
                    deliver_batch(loading, loading.road, batch)


def _not_seen(work: Work, seen: Collection[int]) -> list[int]:
    with work.engine.begin() as connection:
        return [posting_id for posting_id in _unsettled(connection, work) if posting_id not in seen]


def _leave_to_a_later_run(work: Work, lease: HeldLease, failure: TemporaryFailure) -> dict[str, int]:
    """Let all wait that only a limit keeps back for long; anything else, or unknown ones, fail the try."""
    with work.engine.begin() as connection:
        unknown = outbox.unknown(connection, work.administration.books).count
        if failure.retry_after_s <= PATIENCE_S or unknown:
            raise failure
        posting_ids = _unsettled(connection, work)
        if not lease.is_backfill:
            until = work.now(connection) + timedelta(seconds=failure.retry_after_s)
            outbox.wait_until(connection, posting_ids, until, str(failure))
    return {"later": len(posting_ids)}


def _unsettled(connection: Connection, work: Work) -> list[int]:
    # What a backfill left behind must not keep tonight's documents waiting.
    recent_from = work.business_date() - timedelta(days=OPEN_WINDOW_DAYS)
    books = work.administration.books
    return outbox.unsettled(connection, books, now=work.now(connection), recent_from=recent_from)


def _settle_chunk(loading: Loading, posting_ids: Sequence[int]) -> list[OpenPosting]:
    with loading.work.engine.begin() as connection:
        # A holder that froze and lost the lease meanwhile must not settle by a read that is out of date.
        loading.lease.assert_held(connection)
        postings = outbox.read_open(connection, posting_ids)
        shut_out = [posting for posting in postings if is_shut_out(loading, posting)]
        absent = _settle(connection, loading, [one for one in postings if not is_shut_out(loading, one)])
    if not shut_out:
        return absent
    # The books of other periods may have to be read for these, which no transaction may wait for.
    placed = place_entries(loading, shut_out)
    with loading.work.engine.begin() as connection:
        loading.lease.assert_held(connection)
        return [*absent, *_settle(connection, loading, placed)]


def _settle(connection: Connection, loading: Loading, postings: Sequence[OpenPosting]) -> list[OpenPosting]:
    aside = undone(connection, loading.work.administration.books)
    return [posting for posting in postings if settle(connection, loading, posting, aside)]


def _raise_for_unknown(loading: Loading) -> None:
    with loading.work.engine.begin() as connection:
        unknown = outbox.unknown(connection, loading.work.administration.books)
        at = loading.work.now(connection)
    settled_at = settles_at(unknown.sent_until, loading.hook.settings.settle_s)
    if settled_at is not None:
        remaining_s = max(1, ceil((settled_at - at).total_seconds()))
        raise TemporaryFailure(
            f"{unknown.count} entries may or may not be booked; "
            f"the books are asked again in {remaining_s} s.",
            retry_after_s=remaining_s,
        )


def _chunks(ones: Sequence[One], size: int) -> Iterator[Sequence[One]]:
    for place in range(0, len(ones), size):
        yield ones[place : place + size]
