"""Attach the source's files to what is booked: a step of its own that never touches a booking.

What the package already holds is looked up before anything is sent, also when the store looks clean. A lost
answer leaves the file `unknown`; a later run looks it up, and sends it again only once the package cannot be
working on it any more.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from finance_hooks.model.attachment import (
    Attached,
    AttachmentFile,
    AttachmentState,
    Held,
    NoFile,
    NotTaken,
    TooLarge,
)
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.outcome import Later, Unknown
from finance_hooks.posting.attachment_files import WrongFile, check_file, digest_of_file
from finance_hooks.posting.loading import HeldLease
from finance_hooks.posting.reconcile import OPEN_WINDOW_DAYS
from finance_hooks.posting.settle_time import settles_at
from finance_hooks.posting.work import Work
from finance_hooks.store import attachments
from finance_hooks.store.attachments import Standing, Wanted
from finance_hooks.store.proof import Owned
from finance_hooks.store.sending_stops import why_stopped
from finance_hooks.targets.base import AttachmentDesk

LONGEST_S = 3600
"""How long one run goes on attaching; the rest waits for the next one."""

PATIENCE_S = 900
"""The longest wait for a limit after which this run's tries go on; beyond that the next run attaches."""

NO_FILE = "21QUBZ has no PDF of the document"
A = AttachmentState


class Files(Protocol):
    """Where the source's files are."""

    def read(self, source_document_id: str, *, bytes_max: int) -> bytes | NoFile | TooLarge:
        """Fetch the file of a document, whole and not longer than asked for."""
        ...


@dataclass(slots=True, kw_only=True)
class Attaching:
    """One run of attaching under way.

    `settle_s` is how long the package may work on a lost request; `seen` once the package showed a file that
    was just attached.
    """

    work: Work
    owned: Owned
    files: Files
    desk: AttachmentDesk
    lease: HeldLease
    settle_s: int
    ends_at_s: float
    happened: Counter[str] = field(default_factory=Counter)
    held_back: bool = False
    seen: bool = False

    @property
    def stopped(self) -> bool:
        """Whether nothing more is attached in this run."""
        work = self.work
        if self.held_back or not work.sends or work.clock.boot_s() >= self.ends_at_s:
            return True
        with work.engine.begin() as connection:
            stop = why_stopped(connection, work.administration.sync_id)
        return stop is not None or self.lease.wanted_by_another()


def has_files_to_attach(work: Work, source_id: str, *, is_backfill: bool) -> bool:
    """Say whether a file is to be attached; else no call is made and no lease taken.

    What was missing or refused is offered again by runs that are no backfills.
    """
    owned = Owned(administration=work.administration, source_id=source_id)
    return work.sends and bool(_wanted(work, owned, again=not is_backfill))


def attach(attaching: Attaching) -> dict[str, int]:
    """Attach what is wanted, as far as limits and time allow; returns how many of each thing happened.

    Raises what looking up and fetching raise; files attached before stay attached.
    """
    work, lease = attaching.work, attaching.lease
    with work.engine.begin() as connection:
        attachments.orphans_to_unknown(
            connection,
            work.administration.books,
            generation=lease.generation,
            ended_at=lease.previous_ended_at,
            stamp=work.stamp(connection),
        )
    posting_ids = _wanted(work, attaching.owned, again=not lease.is_backfill)
    size = attaching.desk.limits.chunk_size
    for place in range(0, len(posting_ids), size):
        if attaching.stopped:
            attaching.happened["left"] += len(posting_ids[place:])
            break
        _attach_chunk(attaching, posting_ids[place : place + size])
    return dict(attaching.happened)


def _wanted(work: Work, owned: Owned, *, again: bool) -> list[int]:
    with work.engine.begin() as connection:
        booked_since = work.now(connection) - timedelta(days=OPEN_WINDOW_DAYS)
        return attachments.wanted(connection, owned, booked_since=booked_since, again=again)


def _attach_chunk(attaching: Attaching, posting_ids: Sequence[int]) -> None:
    work = attaching.work
    with work.engine.begin() as connection:
        attaching.lease.assert_held(connection)
        chunk = attachments.read_wanted(connection, attaching.owned, posting_ids)
        asked_at = work.now(connection)
    held = _find(attaching, chunk)
    for place, wanted in enumerate(chunk):
        if attaching.stopped:
            attaching.happened["left"] += len(chunk) - place
            return
        _attach_one(attaching, wanted, held, asked_at)


def _find(attaching: Attaching, chunk: Sequence[Wanted]) -> Mapping[str, Held]:
    """Look up what the package holds; a limit that lasts leaves the rest to the next run."""
    administration = attaching.work.administration.target_administration
    try:
        return attaching.desk.find(administration, [each.booking for each in chunk])
    except TemporaryFailure as failure:
        if failure.retry_after_s <= PATIENCE_S:
            raise
        attaching.held_back = True
        return {}


def _attach_one(attaching: Attaching, wanted: Wanted, held: Mapping[str, Held], asked_at: datetime) -> None:
    mine = held.get(wanted.booking.entry.reference)
    if mine is not None and mine.attachment_id is not None:
        found = Standing(state=A.ATTACHED, target_id=mine.attachment_id, why="found in the package")
        _note(attaching, wanted, found, "found")
        return
    settled_at = settles_at(wanted.sent_until, attaching.settle_s)
    if wanted.state is A.UNKNOWN and settled_at is not None and asked_at < settled_at:
        attaching.happened["unknown"] += 1
        return
    limits = attaching.desk.limits
    content = _fetch(attaching, wanted)
    if content is None:
        return
    file = check_file(content, wanted.number, limits)
    if isinstance(file, WrongFile):
        refused = Standing(state=A.REFUSED, why=file.why, sha256=file.sha256, size_bytes=file.size_bytes)
        _note(attaching, wanted, refused, "refused")
    elif _claim(attaching, wanted, file):
        _send(attaching, wanted, file, mine)


def _fetch(attaching: Attaching, wanted: Wanted) -> bytes | TooLarge | None:
    """Fetch a file, if there is one; where the source fails at it a second time, the others go on."""
    try:
        content = attaching.files.read(wanted.source_document_id, bytes_max=attaching.desk.limits.bytes_max)
    except TemporaryFailure as failure:
        if not wanted.was_tried:
            _note(attaching, wanted, Standing(state=A.PENDING, why=str(failure)), "later")
            raise
        content, why = NoFile(), str(failure)
    else:
        why = NO_FILE
    if isinstance(content, NoFile):
        _note(attaching, wanted, Standing(state=A.MISSING, why=why), "missing")
        return None
    return content


def _claim(attaching: Attaching, wanted: Wanted, file: AttachmentFile) -> bool:
    work, lease = attaching.work, attaching.lease
    with work.engine.begin() as connection:
        lease.assert_held(connection)
        if why_stopped(connection, work.administration.sync_id):
            return False
        sending = Standing(
            state=A.SENDING,
            sha256=digest_of_file(file.content),
            size_bytes=len(file.content),
            lease_generation=lease.generation,
            sent_until=lease.expires_at,
        )
        attachments.note_attachment(connection, wanted.posting_id, sending, work.stamp(connection))
    work.checkpoint("attaching")
    return True


def _send(attaching: Attaching, wanted: Wanted, file: AttachmentFile, held: Held | None) -> None:
    try:
        outcome = attaching.desk.attach(wanted.booking, file, held)
    except (ConfigurationError, TemporaryFailure) as error:
        _note(attaching, wanted, Standing(state=A.PENDING, why=str(error)), "later")
        raise
    attaching.work.checkpoint("attached")
    match outcome:
        case Attached(attachment_id=attachment_id):
            _note(attaching, wanted, Standing(state=A.ATTACHED, target_id=attachment_id), "attached")
            _make_sure_it_is_seen(attaching, wanted)
        case NotTaken(why=why):
            _note(attaching, wanted, Standing(state=A.REFUSED, why=why), "refused")
        case Later(why=why):
            _note(attaching, wanted, Standing(state=A.PENDING, why=why), "later")
            attaching.held_back = True
        case Unknown(why=why):
            now_at = _now(attaching.work)
            _note(attaching, wanted, Standing(state=A.UNKNOWN, why=why, sent_until=now_at), "unknown")


def _make_sure_it_is_seen(attaching: Attaching, wanted: Wanted) -> None:
    """Look for the first file of a run: a user who may not see it would take it for absent later."""
    if attaching.seen:
        return
    mine = _find(attaching, [wanted]).get(wanted.booking.entry.reference)
    attaching.seen = mine is not None and mine.attachment_id is not None
    if not attaching.seen and not attaching.held_back:
        raise ConfigurationError(
            f"The PDF of {wanted.number} was attached, and the user of the connection does not see it: give "
            "the user the right to see what is attached."
        )


def _note(attaching: Attaching, wanted: Wanted, standing: Standing, happened: str) -> None:
    work = attaching.work
    with work.engine.begin() as connection:
        attachments.note_attachment(connection, wanted.posting_id, standing, work.stamp(connection))
    attaching.happened[happened] += 1


def _now(work: Work) -> datetime:
    with work.engine.begin() as connection:
        return work.now(connection)
