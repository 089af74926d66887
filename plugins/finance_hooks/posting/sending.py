"""Send one batch: claim under the lease, give it to the target, note every outcome."""

from collections.abc import Sequence

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Booked, Later, Outcome, Refused, Unknown
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.posting.compare import compare_totals, describe
from finance_hooks.posting.loading import Loading
from finance_hooks.posting.open_periods import period_of
from finance_hooks.posting.placing import moves_on, was_refused
from finance_hooks.store import posting_moves
from finance_hooks.store.engine import Connection
from finance_hooks.store.findings import FindingKind, note_finding
from finance_hooks.store.outbox import OpenPosting
from finance_hooks.store.posting_moves import Claim
from finance_hooks.store.sending_stops import why_stopped


def send_batch(loading: Loading, postings: Sequence[OpenPosting]) -> None:
    """Send what goes into one request and note its outcomes.

    An exception of the target means that nothing was sent: the claim is given back and the exception goes on.
    Any other death leaves the postings `sending`, and the next holder of the lease asks the books.
    """
    shut_out = {posting.posting_id for posting in postings if was_refused(loading, posting.entry)}
    loading.again |= shut_out
    claimed = claim_batch(loading, [posting for posting in postings if posting.posting_id not in shut_out])
    if not claimed:
        return
    work = loading.work
    work.checkpoint("claimed")
    try:
        outcomes = loading.hook.post_entries([posting.entry for posting in claimed])
    except (ConfigurationError, TemporaryFailure) as error:
        give_back(loading, claimed, str(error))
        raise
    work.checkpoint("answered")
    with work.engine.begin() as connection:
        for posting, outcome in zip(claimed, outcomes, strict=True):
            _note(connection, loading, posting, outcome)
    work.checkpoint("noted")


def claim_batch(
    loading: Loading, postings: Sequence[OpenPosting], *, file_id: int | None = None
) -> list[OpenPosting]:
    """Move postings to `sending` under the lease, perhaps into a file; returns those that really moved."""
    if not postings:
        return []
    claim = Claim(generation=loading.lease.generation, sent_until=loading.lease.expires_at, file_id=file_id)
    with loading.work.engine.begin() as connection:
        loading.lease.assert_held(connection)
        if why_stopped(connection, loading.work.administration.sync_id):
            return []
        wanted = {posting.posting_id: posting.entry_digest for posting in postings}
        claimed = posting_moves.claim(connection, wanted, claim, loading.work.stamp(connection))
    return [posting for posting in postings if posting.posting_id in claimed]


def give_back(loading: Loading, postings: Sequence[OpenPosting], why: str) -> None:
    """Offer postings again of which certainly nothing left."""
    with loading.work.engine.begin() as connection:
        for posting in postings:
            posting_moves.to_pending(
                connection,
                posting.posting_id,
                why,
                loading.work.stamp(connection),
                generation=loading.lease.generation,
            )


def _note(connection: Connection, loading: Loading, posting: OpenPosting, outcome: Outcome) -> None:
    stamp = loading.work.stamp(connection)
    generation = loading.lease.generation
    match outcome:
        case Booked():
            posting_moves.to_booked(connection, posting.posting_id, outcome, stamp)
            _compare_totals(connection, loading, posting, outcome)
            loading.happened["booked"] += 1
        case Refused(reasons=reasons) if _try_elsewhere(loading, posting, reasons):
            why = "the period is closed"
            posting_moves.to_pending(connection, posting.posting_id, why, stamp, generation=generation)
            loading.happened["closed"] += 1
        case Refused(reasons=reasons):
            posting_moves.to_parked(
                connection,
                posting.posting_id,
                reasons,
                stamp,
                refused_on=loading.work.business_date(),
                generation=generation,
            )
            loading.happened["refused"] += 1
        case Later(until=until, why=why):
            # A backfill's limit leaves calls to the nightly run, which must not wait for it.
            not_before = None if loading.lease.is_backfill else until
            posting_moves.to_pending(
                connection, posting.posting_id, why, stamp, not_before=not_before, generation=generation
            )
            loading.wait_until, loading.waiting_why = until, why
            loading.happened["later"] += 1
        case Unknown(why=why):
            posting_moves.to_unknown(connection, posting.posting_id, why, stamp, generation=generation)
            loading.happened["unknown"] += 1


def _try_elsewhere(loading: Loading, posting: OpenPosting, reasons: Sequence[Reason]) -> bool:
    """Remember a period that is closed, and say whether the entry is for another one as it is."""
    closed = [reason for reason in reasons if reason.code is ReasonCode.PERIOD_CLOSED]
    if not closed:
        return False
    loading.closed[posting.entry.kind, period_of(posting.entry)] = closed[0]
    if not moves_on(loading) or len(closed) < len(reasons):
        return False
    loading.refused.add(posting.posting_id)
    loading.again.add(posting.posting_id)
    return True


def _compare_totals(connection: Connection, loading: Loading, posting: OpenPosting, booked: Booked) -> None:
    differences = compare_totals(posting.entry, booked.totals)
    if differences:
        note_finding(
            connection,
            FindingKind.AMOUNT_DIFFERS,
            posting.posting_id,
            subject=booked.id,
            detail=describe(differences),
            stamp=loading.work.stamp(connection),
        )
