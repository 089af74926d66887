"""Bring the debtors and creditors that tonight's documents need up to date in the package, before loading."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.party import PartyFault, PartyState
from finance_hooks.posting.load import PATIENCE_S
from finance_hooks.posting.loading import HeldLease
from finance_hooks.posting.party_decision import Parks
from finance_hooks.posting.party_match import make_index
from finance_hooks.posting.party_settling import note_fault, settle_party
from finance_hooks.posting.party_values import WantedParty
from finance_hooks.posting.relating import BEING_MADE, Relating, Relations, is_there, open_parties
from finance_hooks.posting.settle_time import settles_at
from finance_hooks.posting.work import Work
from finance_hooks.store import party_links
from finance_hooks.store.needed_parties import let_wait, needed_parties
from finance_hooks.targets.base import PartyDesk

BACKFILL_WAIT = timedelta(minutes=15)
"""What a backfill could not write is left to the nightly run, which must not wait long for it."""


def any_needed(work: Work) -> bool:
    """Say whether any document waits for a party at all; without one not even the source is asked."""
    with work.engine.begin() as connection:
        return bool(needed_parties(connection, work.administration))


def has_work(work: Work, relations: Relations) -> bool:
    """Say whether anything about the needed parties is new; without it no call is made to the package."""
    with work.engine.begin() as connection:
        links = party_links.read_links(connection, work.administration)
        return bool(open_parties(connection, work, relations, links))


def relate(work: Work, desk: PartyDesk, lease: HeldLease, relations: Relations) -> dict[str, int]:
    """Find, update or make each party that is needed; returns how many of each thing happened.

    `remapped` counts those because of which documents have to be mapped again. A write whose answer was lost
    is settled here by what the package shows after its settle time; what remains open lets its documents
    wait. Raises TemporaryFailure when the package's relations cannot be read and time cures it soon.
    """
    with work.engine.begin() as connection:
        orphans = party_links.orphans_to_unknown(
            connection,
            work.administration.books,
            generation=lease.generation,
            ended_at=lease.previous_ended_at,
            stamp=work.stamp(connection),
        )
    try:
        relating = _start(work, desk, lease, relations)
    except (ConfigurationError, TemporaryFailure) as failure:
        return _cannot_read(work, relations, failure)
    relating.happened["orphaned"] += orphans
    patience_s = PATIENCE_S
    while (pause_s := _round(relating)) and pause_s <= patience_s and not lease.is_backfill:
        work.clock.sleep(pause_s)
        patience_s -= pause_s
        _read_again(relating)
    _let_documents_wait(relating)
    return dict(relating.happened)


def _start(work: Work, desk: PartyDesk, lease: HeldLease, relations: Relations) -> Relating:
    with work.engine.begin() as connection:
        read_at = work.now(connection)
        links = party_links.read_links(connection, work.administration)
    held = {key: link.target_party for key, link in links.items() if link.state is not PartyState.PARKED}
    found = desk.read_parties(work.administration.target_administration)
    return Relating(
        work=work,
        desk=desk,
        lease=lease,
        relations=relations,
        index=make_index(found, relations.sides, held),
        links=links,
        read_at=read_at,
    )


def _read_again(relating: Relating) -> None:
    fresh = _start(relating.work, relating.desk, relating.lease, relating.relations)
    relating.index, relating.links, relating.read_at = fresh.index, fresh.links, fresh.read_at
    relating.wait_until = None


def _round(relating: Relating) -> int:
    """Settle every open party once; returns after how many seconds another round makes sense, 0 for none."""
    with relating.work.engine.begin() as connection:
        relating.lease.assert_held(connection)
        wanted = open_parties(connection, relating.work, relating.relations, relating.links)
    for one in wanted:
        settle_party(relating, one)
    instants = [relating.wait_until, *_settle_instants(relating, wanted)]
    ahead = [instant for instant in instants if instant is not None]
    if not ahead or not relating.work.sends:
        return 0
    with relating.work.engine.begin() as connection:
        return max(1, ceil((min(ahead) - relating.work.now(connection)).total_seconds()))


def _settle_instants(relating: Relating, wanted: Sequence[WantedParty]) -> list[datetime | None]:
    links = [relating.links.get(one.key) for one in wanted]
    return [
        settles_at(link.sent_until, relating.relations.settle_s)
        for link in links
        if link is not None and link.state is PartyState.UNKNOWN
    ]


def _let_documents_wait(relating: Relating) -> None:
    """Let the documents wait whose party may not be in the package yet: time or a limit is in the way."""
    work = relating.work
    if not work.sends:
        return
    with work.engine.begin() as connection:
        links = party_links.read_links(connection, work.administration)
        missing = {
            one.key
            for one in open_parties(connection, work, relating.relations, links)
            if not is_there(links.get(one.key))
        }
        if not missing:
            return
        now = work.now(connection)
        until = max([now + BACKFILL_WAIT, *([relating.wait_until] if relating.wait_until else [])])
        if relating.lease.is_backfill:
            until = now + BACKFILL_WAIT
        why = relating.waiting_why or BEING_MADE
        waiting = let_wait(connection, work.administration, missing, until, why)
    relating.happened["waiting"] += waiting


def _cannot_read(
    work: Work, relations: Relations, failure: ConfigurationError | TemporaryFailure
) -> dict[str, int]:
    """Park or let wait the documents of parties that nobody could look up; the others go on."""
    if isinstance(failure, TemporaryFailure) and failure.retry_after_s <= PATIENCE_S:
        raise failure
    with work.engine.begin() as connection:
        links = party_links.read_links(connection, work.administration)
        wanted = open_parties(connection, work, relations, links)
        missing = [one for one in wanted if not is_there(links.get(one.key))]
        if isinstance(failure, TemporaryFailure):
            until = work.now(connection) + timedelta(seconds=failure.retry_after_s)
            keys = {one.key for one in missing}
            return {"waiting": let_wait(connection, work.administration, keys, until, str(failure))}
        parks = Parks(fault=PartyFault(code=ReasonCode.PARTY_REFUSED, detail=str(failure)))
        for one in missing:
            note_fault(connection, work, one, links.get(one.key), parks)
    return {"parked": len(missing), "remapped": len(missing)}
