"""Say whose files the next run would attach: of what is booked already, and of what it books itself."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from finance_hooks.model.attachment import AttachmentState, Booking
from finance_hooks.model.document import EntryKind
from finance_hooks.posting.planned import Place, Planned
from finance_hooks.posting.reconcile import OPEN_WINDOW_DAYS
from finance_hooks.posting.work import Work
from finance_hooks.store import attachments
from finance_hooks.store.attachments import Wanted
from finance_hooks.store.engine import Connection
from finance_hooks.store.proof import Owned
from finance_hooks.targets.foresight import Filing

TRIED = frozenset({AttachmentState.MISSING, AttachmentState.REFUSED})


def files_waiting(connection: Connection, work: Work, owned: Owned, *, again: bool) -> tuple[Wanted, ...]:
    """Read the bookings of earlier runs whose file is to be attached, in the order of the run."""
    since = work.now(connection) - timedelta(days=OPEN_WINDOW_DAYS)
    ids = attachments.wanted(connection, owned, booked_since=since, again=again)
    return tuple(attachments.read_wanted(connection, owned, ids))


def files_ahead(waiting: Iterable[Wanted], planned: Iterable[Planned]) -> tuple[Filing, ...]:
    """Put the files of both in the order of the run; what was tried without success comes last."""
    kept = list(waiting)
    return (
        *(_earlier(one) for one in kept if one.state not in TRIED),
        *_coming(planned),
        *(_earlier(one) for one in kept if one.state in TRIED),
    )


def _earlier(wanted: Wanted) -> Filing:
    """Take for sent what was never tried; the rest is looked up, and mostly needs no more."""
    return Filing(booking=wanted.booking, is_sent=wanted.state is AttachmentState.PENDING)


def _coming(planned: Iterable[Planned]) -> Iterator[Filing]:
    booked = [one for one in planned if one.place in {Place.BOOK, Place.FOUND}]
    for one in sorted(booked, key=lambda one: one.turn[-1]):
        if one.kind is EntryKind.SALES and one.entry is not None and one.reverses is None:
            # The package gives out id and number when it books.
            yield Filing(booking=Booking(entry=one.entry, entry_id="", entry_number=""), is_sent=True)
