"""Tell the source what became of its documents: after the booking, and never in its way.

A result is noted before it is sent. Whatever happens to the answer, the same result is told again under the
same key until the source says something about it.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from finance_hooks.model.export_result import Acceptance, ExportResult
from finance_hooks.model.park_reason_text import reason_sentence
from finance_hooks.posting.work import Work
from finance_hooks.store import export_results, telling
from finance_hooks.store.engine import Connection
from finance_hooks.store.export_results import Standing
from finance_hooks.store.proof import Owned
from finance_hooks.store.sending_stops import why_stopped

LONGEST_S = 900
"""How long one run goes on telling; the rest is told by the next one."""


class ResultDesk(Protocol):
    """Who takes export results."""

    @property
    def batch_size(self) -> int:
        """How many results go into one request."""
        ...

    def tell(self, results: Sequence[ExportResult]) -> list[Acceptance | None]:
        """Tell results of one request; what the source says of each, `None` where it says nothing."""
        ...


class ResultsLease(Protocol):
    """What telling asks of the lease on the results of an organisation."""

    @property
    def is_backfill(self) -> bool:
        """Whether the holder is a backfill, which leaves what was refused to nightly runs."""
        ...

    def assert_held(self, connection: Connection) -> None:
        """Raise TemporaryFailure unless the lease is still ours; its row stays locked for the transaction."""
        ...


def write_back(work: Work, source_id: str, desk: ResultDesk, lease: ResultsLease) -> dict[str, int]:
    """Tell all that is not known to the source; returns how many results were accepted, refused, left.

    Raises what the desk raises; what was told before stays told.
    """
    owned = Owned(administration=work.administration, source_id=source_id)
    with work.engine.begin() as connection:
        posting_ids = export_results.untold(connection, owned, again=not lease.is_backfill)
    happened: Counter[str] = Counter()
    ends_at_s = work.clock.boot_s() + LONGEST_S
    for place in range(0, len(posting_ids), desk.batch_size):
        if work.clock.boot_s() >= ends_at_s or _is_stopped(work):
            happened["left"] += len(posting_ids) - place
            break
        _tell_batch(work, owned, desk, lease, posting_ids[place : place + desk.batch_size], happened)
    return dict(happened)


def has_untold(work: Work, source_id: str, *, is_backfill: bool) -> bool:
    """Say whether there is anything to tell; an empty night makes no call."""
    owned = Owned(administration=work.administration, source_id=source_id)
    with work.engine.begin() as connection:
        return bool(export_results.untold(connection, owned, again=not is_backfill))


def _is_stopped(work: Work) -> bool:
    with work.engine.begin() as connection:
        return not work.sends or why_stopped(connection, work.administration.sync_id) is not None


def _tell_batch(
    work: Work,
    owned: Owned,
    desk: ResultDesk,
    lease: ResultsLease,
    posting_ids: Sequence[int],
    happened: Counter[str],
) -> None:
    books = work.administration.books
    with work.engine.begin() as connection:
        # A holder that froze and lost the lease meanwhile must not tell what is out of date.
        lease.assert_held(connection)
        standings = export_results.read_untold(connection, owned, posting_ids)
        if not standings:
            return
        telling.note_telling(connection, standings, books, work.stamp(connection))
    work.checkpoint("telling")
    acceptances = desk.tell([_result(work, standing) for standing in standings])
    work.checkpoint("told")
    answers = [
        (standing, acceptance)
        for standing, acceptance in zip(standings, acceptances, strict=True)
        if acceptance is not None
    ]
    if answers:
        with work.engine.begin() as connection:
            telling.note_answers(connection, answers, books, work.stamp(connection))
    happened.update(_what_happened(acceptance) for acceptance in acceptances)


def _what_happened(acceptance: Acceptance | None) -> str:
    if acceptance is None:
        return "unanswered"
    return "accepted" if acceptance.accepted else "refused"


def _result(work: Work, standing: Standing) -> ExportResult:
    sentences = [reason_sentence(reason) for reason in standing.reasons]
    return ExportResult(
        key=standing.key,
        n=standing.n,
        target=work.administration.target,
        status=standing.status,
        external_id=standing.entry_id,
        external_number=standing.entry_number,
        run_id=work.run_id,
        exported_at=standing.booked_at,
        message=" ".join(sentences) or None,
    )
