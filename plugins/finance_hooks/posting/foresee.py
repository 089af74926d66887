"""Foresee what the next run would do before it books, and what of its documents it would send."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from finance_hooks.model.administration import ClosedPeriodPolicy
from finance_hooks.model.entry import Period
from finance_hooks.model.selection import Selection
from finance_hooks.posting import prepare
from finance_hooks.posting.held import Looked
from finance_hooks.posting.match import NOTHING_UNDONE
from finance_hooks.posting.plan_documents import plan_documents
from finance_hooks.posting.plan_files import files_waiting
from finance_hooks.posting.plan_relations import AskingParties, Related, relate_ahead
from finance_hooks.posting.planned import Place, Planned, proved_places
from finance_hooks.posting.reconcile import reconciled_dates
from finance_hooks.posting.relating import BEING_MADE
from finance_hooks.posting.source import Source
from finance_hooks.posting.work import Work
from finance_hooks.store import proof
from finance_hooks.store.attachments import Wanted
from finance_hooks.store.booked_places import own_days
from finance_hooks.store.following import Undone
from finance_hooks.store.looked_places import JournalPeriod, forgotten_among
from finance_hooks.store.party_links import read_links
from finance_hooks.store.proof import Owned
from finance_hooks.store.sending_stops import why_stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Besides:
    """What a run does besides booking: relations, `None` where nobody looks after them, and files.

    `again` says whether files that were missing or refused are offered anew, `as_if_resumed` that it is
    planned as if nobody had stopped sending.
    """

    parties: AskingParties | None = None
    attaches: bool = False
    again: bool = True
    as_if_resumed: bool = False


NOTHING_BESIDES = Besides()


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What the next run would do, before the books are asked.

    `proved` are the journals and periods that reconciling reads for what is booked already; it reads those of
    what is parked from `dated_from` until `dated_until`, too. `stopped` says why nothing is sent, `None`
    where it is. After `sent_until` nothing was sent of what is unknown. `related` is what would happen to
    debtors and creditors, `None` where nothing about them is new; `files` are of bookings of earlier runs,
    `undone` those that come to nothing already, `days` the own days of those that were moved and are proved
    again. `moves_on` says that what belongs in a closed period goes to a later one. `looked` is where the
    books were looked through already, `forgotten` the references that stood there without being known.
    """

    selection: Selection
    read: int
    not_offered: int
    planned: tuple[Planned, ...]
    proved: frozenset[tuple[str, Period]]
    dated_from: date
    dated_until: date
    today: date
    stopped: str | None
    sent_until: datetime | None
    at: datetime
    related: Related | None = None
    files: tuple[Wanted, ...] = ()
    undone: Undone = NOTHING_UNDONE
    days: frozenset[date] = frozenset()
    moves_on: bool = False
    looked: frozenset[JournalPeriod] = frozenset()
    forgotten: frozenset[str] = frozenset()


def foresee(
    work: Work,
    source: Source,
    mapping: prepare.Mapping,
    looked: Looked,
    besides: Besides = NOTHING_BESIDES,
) -> Foreseen:
    """Map with today's tables and what relations would be by then; nothing is written anywhere.

    Raises TemporaryFailure when the package's relations cannot be read now.
    """
    selection, view = looked.selection, looked.view
    owned = Owned(administration=work.administration, source_id=source.source_id)
    with work.engine.begin() as connection:
        at = work.now(connection)
        links = read_links(connection, work.administration)
        stop = why_stopped(connection, work.administration.sync_id)
        dated_from, dated_until = reconciled_dates(work, selection.to_plain())
        proved = proof.booked_periods(
            connection, owned, run_id="", dated_from=dated_from, dated_until=dated_until
        )
        files = files_waiting(connection, work, owned, again=besides.again) if besides.attaches else ()
    stopped = None if besides.as_if_resumed else _why_stopped(work, is_stopped=stop is not None)
    planned = tuple(plan_documents(work, source, prepare.with_links(work, mapping, links), looked, at))
    related = None
    if besides.parties is not None:
        related = relate_ahead(work, planned, links, besides.parties, at, is_stopped=stopped is not None)
    if related is not None and related.remaps:
        linked = prepare.with_links(work, mapping, related.links)
        planned = tuple(plan_documents(work, source, linked, looked, at))
    planned = tuple(sorted(_let_wait(planned, related, stopped or BEING_MADE), key=lambda one: one.turn))
    settled = [one for one in planned if stopped is None or one.place is not Place.BOOK]
    today = work.business_date()
    ahead = proved_places(settled, dated_from=dated_from, dated_until=dated_until, today=today)
    with work.engine.begin() as connection:
        days = own_days(connection, owned, proved | ahead)
        references = {one.reference for one in planned if one.reference is not None}
        forgotten = forgotten_among(connection, work.administration.books, references)
    sent_until = [one.sent_until for one in view.unsettled.values() if one.sent_until is not None]
    return Foreseen(
        selection=selection,
        read=looked.offer.read,
        not_offered=looked.offer.not_offered,
        planned=planned,
        proved=proved,
        dated_from=dated_from,
        dated_until=dated_until,
        today=today,
        stopped=stopped,
        sent_until=max(sent_until, default=None),
        at=at,
        related=related,
        files=files,
        undone=view.undone,
        days=days,
        looked=view.looked,
        forgotten=forgotten,
        moves_on=work.administration.closed_period_policy is ClosedPeriodPolicy.NEXT_OPEN,
    )


def _let_wait(planned: Iterable[Planned], related: Related | None, why: str) -> Iterator[Planned]:
    waiting = frozenset() if related is None else related.waiting
    for one in planned:
        waits = any((need.party, need.role) in waiting for need in one.parties)
        yield replace(one, place=Place.WAITING, why=why) if waits and one.place is Place.BOOK else one


def _why_stopped(work: Work, *, is_stopped: bool) -> str | None:
    return "sending is stopped" if is_stopped or not work.sends else None
