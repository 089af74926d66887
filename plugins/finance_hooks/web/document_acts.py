"""What may be done about a document where it stands, and how each act is called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from finance_hooks.model.keys import Purpose
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting import decide, decide_findings
from finance_hooks.store.document_tally import Tally
from finance_hooks.store.findings import SOURCE_CHANGED, FindingKind
from finance_hooks.store.one_document import NotedFinding, OneDocument

P = PostingState
HOLD, RELEASE, RETRY, ADOPT, NOT_BOOKED = "hold", "release", "retry", "adopt", "not_booked"
IMPORTED, WITHDRAW = "imported", "withdraw"
ACCEPT, CORRECT, REBOOK = "accept", "correct", "rebook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The keys of the texts of one act: its name, what it does, that it was done, and why it could not be."""

    name: str
    what: str
    done: str
    refused: str


WORDS: Mapping[str, Words] = {
    HOLD: Words(name="act.hold", what="act.hold_what", done="act.hold_done", refused="act.hold_refused"),
    RELEASE: Words(
        name="act.release", what="act.release_what", done="act.release_done", refused="act.release_refused"
    ),
    RETRY: Words(name="act.retry", what="act.retry_what", done="act.retry_done", refused="act.retry_refused"),
    ADOPT: Words(name="act.adopt", what="act.adopt_what", done="act.adopt_done", refused="act.adopt_refused"),
    NOT_BOOKED: Words(
        name="act.not_booked",
        what="act.not_booked_what",
        done="act.not_booked_done",
        refused="act.not_booked_refused",
    ),
    IMPORTED: Words(
        name="act.imported", what="act.imported_what", done="act.imported_done", refused="act.file_refused"
    ),
    WITHDRAW: Words(
        name="act.withdraw", what="act.withdraw_what", done="act.withdraw_done", refused="act.file_refused"
    ),
    ACCEPT: Words(
        name="act.accept", what="act.accept_what", done="act.accept_done", refused="act.finding_refused"
    ),
    CORRECT: Words(
        name="act.correct", what="act.correct_what", done="act.correct_done", refused="act.finding_refused"
    ),
    REBOOK: Words(
        name="act.rebook", what="act.rebook_what", done="act.rebook_done", refused="act.finding_refused"
    ),
}
OF_DOCUMENTS: Mapping[str, decide.Act] = {
    HOLD: decide.HOLD,
    RELEASE: decide.RELEASE,
    RETRY: decide.RETRY,
    NOT_BOOKED: decide.NOT_BOOKED,
    IMPORTED: decide.IMPORTED,
    WITHDRAW: decide.WITHDRAW,
}
OF_FINDINGS: Mapping[str, decide_findings.Act] = {
    ACCEPT: decide_findings.ACCEPT,
    CORRECT: decide_findings.CORRECT,
    REBOOK: decide_findings.REBOOK,
}
FOR_MANY = (RETRY, RELEASE, HOLD)
"""What may be done to all documents that are parked for one reason."""
MAY_BE_DECIDED = frozenset({P.PENDING, P.PARKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One act that is offered: with bookings to choose from, or about a finding of some kind."""

    act: str
    bookings: Sequence[str] = ()
    kind: str = ""

    @property
    def words(self) -> Words:
        """How it is called."""
        return WORDS[self.act]


def offered(one: OneDocument) -> Iterator[Offer]:
    """Offer what can be done about a document that is not booked, what helps most first."""
    if one.standing.is_in_file:
        yield Offer(act=IMPORTED)
        yield Offer(act=WITHDRAW)
    if one.line.is_void or one.line.state not in MAY_BE_DECIDED:
        return
    if one.standing.bookings:
        yield Offer(act=ADOPT, bookings=one.standing.bookings)
        yield Offer(act=NOT_BOOKED)
    if one.standing.can_retry:
        yield Offer(act=RETRY)
    yield Offer(act=HOLD if one.standing.held is None else RELEASE)


def offered_for_many(tally: Tally) -> Iterator[Offer]:
    """Offer what can be done to at least one of the documents that are parked for one reason."""
    if tally.retriable:
        yield Offer(act=RETRY)
    if tally.held:
        yield Offer(act=RELEASE)
    if tally.held < tally.documents:
        yield Offer(act=HOLD)


def offered_about(finding: NotedFinding, one: OneDocument) -> Iterator[Offer]:
    """Offer what can be done about a finding that is still open."""
    if finding.settled_at is not None:
        return
    subject = next(line for line in one.chain if line.reference == finding.reference)
    is_last = subject.place.posting_id == max(line.place.posting_id for line in one.chain)
    is_booking = is_last and subject.purpose == Purpose.BOOK
    if finding.kind in set(SOURCE_CHANGED) and is_booking and not one.standing.adopted:
        yield Offer(act=CORRECT, kind=finding.kind)
    if finding.kind == FindingKind.MISSING_IN_BOOKS and is_booking:
        yield Offer(act=REBOOK, kind=finding.kind)
    yield Offer(act=ACCEPT, kind=finding.kind)
