"""Hold the state of one load: the lease, what was read of the books, and what has happened so far."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Period
from finance_hooks.posting.match import BooksRead
from finance_hooks.posting.periods import with_neighbours
from finance_hooks.posting.work import Work
from finance_hooks.store import outbox
from finance_hooks.store.engine import Connection
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

    `closed` are the periods that the target said are closed for a kind of entry; `wait_until` is set when a
    limit ended the sending.
    """

    work: Work
    hook: TargetHook
    lease: HeldLease
    books: BooksRead
    read_at: datetime
    closed: set[tuple[EntryKind, Period]] = field(default_factory=set)
    happened: Counter[str] = field(default_factory=Counter)
    wait_until: datetime | None = None
    waiting_why: str = ""

    @property
    def stopped(self) -> bool:
        """Whether nothing more is sent in this load."""
        return not self.work.sends or self.wait_until is not None or self.lease.wanted_by_another()


def start_loading(work: Work, hook: TargetHook, lease: HeldLease) -> Loading:
    """Read the books of all periods that matter in bulk; a failed read raises and nothing is sent."""
    administration = work.administration
    with work.engine.begin() as connection:
        journals, periods = outbox.scope(connection, administration.books)
        read_at = work.now(connection)
    chart = hook.read_chart(administration.target_administration)
    nearby = with_neighbours(periods, chart.periods)
    books = BooksRead(hook.read_entries(administration.target_administration, journals, nearby))
    return Loading(work=work, hook=hook, lease=lease, books=books, read_at=read_at)
