"""Write one party to the package: claim under the lease, send, note the outcome."""

from dataclasses import replace

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Later, Unknown
from finance_hooks.model.party import (
    MatchedBy,
    PartyFault,
    PartyOutcome,
    PartyRefused,
    PartyState,
    PartyWrite,
    TargetParty,
    Written,
)
from finance_hooks.posting.party_values import WantedParty
from finance_hooks.posting.relating import Relating
from finance_hooks.store import party_links
from finance_hooks.store.party_links import StoredLink
from finance_hooks.store.posting_moves import Claim
from finance_hooks.store.sending_stops import why_stopped


def write_party(relating: Relating, wanted: WantedParty, write: PartyWrite, matched_by: MatchedBy) -> None:
    """Send one write; the attempt is committed before the request leaves.

    An exception of the package means that nothing was sent: the claim is given back and it goes on. Any other
    death leaves the link `writing`, and the next holder of the lease asks the package.
    """
    earlier = relating.links.get(wanted.key)
    attempt = StoredLink(
        state=PartyState.WRITING,
        target_party=write.code,
        target_id=None if write.earlier is None or write.adds_side else write.earlier.id,
        matched_by=matched_by,
        content_digest=wanted.content_digest,
    )
    if not _claim(relating, wanted, attempt):
        relating.happened["left"] += 1
        return
    work = relating.work
    work.checkpoint("party_claimed")
    try:
        outcome = relating.desk.write_party(work.administration.target_administration, write)
    except (ConfigurationError, TemporaryFailure) as error:
        _give_back(relating, wanted, earlier, str(error))
        raise
    work.checkpoint("party_answered")
    _note(relating, wanted, write, replace(attempt, sent_until=None), earlier, outcome)
    work.checkpoint("party_noted")


def _claim(relating: Relating, wanted: WantedParty, attempt: StoredLink) -> bool:
    work = relating.work
    claim = Claim(generation=relating.lease.generation, sent_until=relating.lease.expires_at)
    with work.engine.begin() as connection:
        relating.lease.assert_held(connection)
        if why_stopped(connection, work.administration.sync_id):
            return False
        stamp = work.stamp(connection)
        party_links.begin_write(connection, work.administration, wanted.key, attempt, claim, stamp)
    return True


def _note(
    relating: Relating,
    wanted: WantedParty,
    write: PartyWrite,
    attempt: StoredLink,
    earlier: StoredLink | None,
    outcome: PartyOutcome,
) -> None:
    match outcome:
        case Written(id=written_id, code=code):
            link = replace(attempt, state=PartyState.LINKED, target_party=code, target_id=written_id)
            _put(relating, wanted, link, written=sorted(write.fields))
            relating.index.add(as_written(wanted, write, outcome))
            relating.happened["created" if makes_new(write) else "updated"] += 1
        case PartyRefused():
            _refused(relating, wanted, write, attempt, outcome)
        case Later(until=until, why=why):
            _give_back(relating, wanted, earlier, why)
            relating.wait_until, relating.waiting_why = until, why
            relating.happened["later"] += 1
        case Unknown(why=why):
            with relating.work.engine.begin() as connection:
                ended_at = relating.work.now(connection)
            _put(
                relating,
                wanted,
                replace(attempt, state=PartyState.UNKNOWN, sent_until=ended_at),
                why=why,
            )
            relating.happened["unknown"] += 1


def _refused(
    relating: Relating, wanted: WantedParty, write: PartyWrite, attempt: StoredLink, refused: PartyRefused
) -> None:
    """Park a relation that is not there; one that only kept its old fields can be booked on all the same.

    The package's words may quote a name or an address: they go into the link, and into no event.
    """
    relating.happened["refused"] += 1
    why = refused.why
    if write.earlier is None or write.adds_side:
        fault = PartyFault(code=refused.code, detail=why)
        today = relating.work.business_date()
        link = replace(attempt, state=PartyState.PARKED, faults=(fault,), refused_on=today)
        _put(relating, wanted, link)
        return
    proposal = {"what": "updates", "code": write.code, "fields": dict(write.fields), "why": why}
    _put(relating, wanted, replace(attempt, state=PartyState.LINKED, proposal=proposal))


def _put(relating: Relating, wanted: WantedParty, link: StoredLink, **detail: object) -> None:
    work = relating.work
    with work.engine.begin() as connection:
        party_links.put_link(
            connection, work.administration, wanted.key, link, work.stamp(connection), **detail
        )
    relating.note_link(wanted, link)


def _give_back(relating: Relating, wanted: WantedParty, earlier: StoredLink | None, why: str) -> None:
    work = relating.work
    with work.engine.begin() as connection:
        party_links.give_back(
            connection, work.administration, wanted.key, earlier, work.stamp(connection), why
        )


def makes_new(write: PartyWrite) -> bool:
    """Say whether a relation, or a side with a code of its own, comes into being."""
    return write.earlier is None or write.earlier.code != write.code


def as_written(wanted: WantedParty, write: PartyWrite, written: Written) -> TargetParty:
    """Know a relation as reading it again would: by its numbers the next party of this run finds it."""
    earlier, source = write.earlier, wanted.source
    if earlier is None or makes_new(write):
        return TargetParty(
            id=written.id,
            code=written.code,
            name=source.name,
            roles=frozenset({write.role}),
            country=source.country,
            vat_number=source.vat_number,
            registration_number=source.coc_number,
            fields=write.fields,
        )
    return replace(earlier, roles=earlier.roles | {write.role}, fields={**earlier.fields, **write.fields})
