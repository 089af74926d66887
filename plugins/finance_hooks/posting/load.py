"""Bring what is pending into the books: ask the books first, then claim, send and note, batch by batch."""

from collections.abc import Iterator, Sequence

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.posting.loading import HeldLease, Loading, start_loading
from finance_hooks.posting.sending import send_batch
from finance_hooks.posting.settle import settle, settles_at
from finance_hooks.posting.work import Work
from finance_hooks.store import outbox, posting_moves
from finance_hooks.store.outbox import OpenPosting
from finance_hooks.targets.base import TargetHook

CHUNK = 500
"""Postings whose entries are in memory at once."""


def has_work(work: Work) -> bool:
    """Say whether anything has to be sent or asked for; an empty night makes no call to the target."""
    with work.engine.begin() as connection:
        return outbox.has_work(connection, work.administration.books, now=work.now(connection))


def load(work: Work, hook: TargetHook, lease: HeldLease) -> dict[str, int]:
    """Settle what is unknown and send what is pending; returns how many of each thing happened.

    Raises TemporaryFailure when the books cannot be read, before anything is sent; and when unknown ones
    remain, after everything else is done, for the rest of the target's settle time.
    """
    books = work.administration.books
    with work.engine.begin() as connection:
        orphans = posting_moves.orphans_to_unknown(
            connection,
            books,
            generation=lease.generation,
            ended_at=lease.previous_ended_at,
            stamp=work.stamp(connection),
        )
        posting_ids = outbox.unsettled(connection, books, now=work.now(connection))
    loading = start_loading(work, hook, lease)
    loading.happened["orphaned"] += orphans
    for chunk in _chunks(posting_ids, CHUNK):
        absent = _settle_chunk(loading, chunk)
        for place in range(0, len(absent), hook.settings.batch_size):
            if not loading.stopped:
                send_batch(loading, absent[place : place + hook.settings.batch_size])
    _let_rest_wait(loading, posting_ids)
    _raise_for_unknown(loading)
    return dict(loading.happened)


def _settle_chunk(loading: Loading, posting_ids: Sequence[int]) -> list[OpenPosting]:
    with loading.work.engine.begin() as connection:
        # A holder that froze and lost the lease meanwhile must not settle by a read that is out of date.
        loading.lease.assert_held(connection)
        postings = outbox.read_open(connection, posting_ids)
        return [posting for posting in postings if settle(connection, loading, posting)]


def _let_rest_wait(loading: Loading, posting_ids: Sequence[int]) -> None:
    if loading.wait_until is not None:
        with loading.work.engine.begin() as connection:
            outbox.wait_until(connection, posting_ids, loading.wait_until, loading.waiting_why)


def _raise_for_unknown(loading: Loading) -> None:
    with loading.work.engine.begin() as connection:
        last_sent = outbox.last_unknown(connection, loading.work.administration.books)
        at = loading.work.now(connection)
    settled_at = settles_at(last_sent, loading.hook.settings.settle_s)
    if settled_at is not None:
        remaining_s = max(1, round((settled_at - at).total_seconds()))
        raise TemporaryFailure(
            f"{loading.happened['unknown']} entries may or may not be booked; "
            f"the books are asked again in {remaining_s} s.",
            retry_after_s=remaining_s,
        )


def _chunks(posting_ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for place in range(0, len(posting_ids), size):
        yield posting_ids[place : place + size]
