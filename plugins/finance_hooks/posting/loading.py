"""Hold the state of one load: the lease, what was read of the books, and what has happened so far."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Entry, Period
from finance_hooks.model.park_reason import Reason
from finance_hooks.posting.far_away import Around, look_around
from finance_hooks.posting.file_road import NO_FOLDERS, FileRoad, Folders, open_road
from finance_hooks.posting.file_standing import FilesRead
from finance_hooks.posting.match import BooksRead
from finance_hooks.posting.periods import far_from, periods_of_days, with_neighbours
from finance_hooks.posting.settle_time import settles_at
from finance_hooks.posting.work import Work
from finance_hooks.store import outbox
from finance_hooks.store.engine import Connection
from finance_hooks.store.export_files import places_in_question
from finance_hooks.targets.base import TargetHook


class HeldLease(Protocol):
    """What loading asks of the lease on the books."""

    @property
    def generation(self) -> int:
        """The generation of this acquisition."""
        ...

    @property
    def is_backfill(self) -> bool:
        """Whether the holder is a backfill, which nightly runs come before."""
        ...

    @property
    def expires_at(self) -> datetime:
        """When it ends unless renewed."""
        ...

    @property
    def previous_ended_at(self) -> datetime | None:
        """When the lending before this one ended; nothing sent under it left later than that."""
        ...

    def assert_held(self, connection: Connection) -> None:
        """Raise TemporaryFailure unless the lease is still ours; its row stays locked for the transaction."""
        ...

    def wanted_by_another(self) -> bool:
        """Say whether a nightly run waits for the books while this holder is a backfill."""
        ...


@dataclass(slots=True, kw_only=True)
class Loading:
    """One load under way.

    `periods` are the target's, as it tells them. `closed` are those it refused for a kind of entry, with its
    words; `refused` the postings it refused for that, `again` those that are to be looked at once more, and
    `origins` the entries before they were moved. `wait_until` is set when a limit ended the sending. With a
    `road` entries become files; `files` is what folders say of those that were written before.
    """

    work: Work
    hook: TargetHook
    lease: HeldLease
    books: BooksRead
    read_at: datetime
    journals: frozenset[str]
    read: frozenset[Period]
    periods: tuple[ChartPeriod, ...]
    files: FilesRead
    closed: dict[tuple[EntryKind, Period], Reason] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)
    again: set[int] = field(default_factory=set)
    origins: dict[int, Entry] = field(default_factory=dict)
    happened: Counter[str] = field(default_factory=Counter)
    wait_until: datetime | None = None
    waiting_why: str = ""
    road: FileRoad | None = None

    @property
    def stopped(self) -> bool:
        """Whether nothing more is sent in this load."""
        return not self.work.sends or self.wait_until is not None or self.lease.wanted_by_another()


def start_loading(work: Work, hook: TargetHook, lease: HeldLease, folders: Folders = NO_FOLDERS) -> Loading:
    """Read the books of all periods that matter in bulk; a failed read raises and nothing is sent.

    So does a folder that cannot be read, where entries went or go by file.
    """
    administration = work.administration
    road = open_road(administration, hook, folders)
    files = FilesRead(open_shelf=folders.open_shelf)
    if road is not None:
        files.read_others(work, road.location)
    with work.engine.begin() as connection:
        scope = outbox.scope(connection, administration.books)
        places = places_in_question(connection, administration.books)
        read_at = work.now(connection)
    files.look_up(places)
    periods = hook.read_chart(administration.target_administration).periods
    nearby = with_neighbours(scope.periods | periods_of_days(scope.days, periods), periods)
    near = list(hook.read_entries(administration.target_administration, scope.journals, nearby))
    around = Around(
        references=scope.references,
        doubtful=_settled(scope.sent_until, hook.settings.settle_s, read_at),
        journals=scope.journals,
        near=nearby,
        far=far_from(nearby, periods),
    )
    books = BooksRead([*near, *look_around(work, hook, around, near)])
    return Loading(
        work=work,
        hook=hook,
        lease=lease,
        books=books,
        read_at=read_at,
        journals=scope.journals,
        read=nearby,
        periods=periods,
        files=files,
        road=road,
    )


def read_more(loading: Loading, entries: Sequence[Entry]) -> None:
    """Read the periods, with their neighbours, into which entries were moved, unless they have been read."""
    moved_to = {Period(fiscal_year=entry.fiscal_year, number=entry.period) for entry in entries}
    missing = with_neighbours(moved_to, loading.periods) - loading.read
    if moved_to and missing:
        administration = loading.work.administration.target_administration
        more = loading.hook.read_entries(administration, loading.journals, missing)
        loading.books = BooksRead([*loading.books.entries, *more])
        loading.read |= missing


def _settled(sent_until: Mapping[str, datetime | None], settle_s: int, read_at: datetime) -> frozenset[str]:
    """Return what of the unknown the books decide about now."""
    settling = {reference: settles_at(until, settle_s) for reference, until in sent_until.items()}
    return frozenset(reference for reference, at in settling.items() if at is not None and at <= read_at)
