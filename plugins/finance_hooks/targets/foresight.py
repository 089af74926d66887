"""Agree how a package says, before a run, what it would refuse and how many calls the run will take."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from finance_hooks.model.attachment import Booking
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.park_reason import Reason
from finance_hooks.transport.budget import Counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """Calls of one sort that a step of a run makes; each counts for `units` against the package's limits."""

    step: str
    what: str
    count: int
    units: int = 1
    changes_books: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The journals and periods of one bulk read of the books."""

    journals: frozenset[str]
    periods: frozenset[Period]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """How many rows one booking has, or will have, in what the package shows of its ledger."""

    journal: str
    period: Period
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A file that a run attaches to a booking; one that is not `is_sent` is only looked up."""

    booking: Booking
    is_sent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a run has before it.

    `batches` are the entries it sends, as they are handed to the package together. `loaded` is what it reads
    of the books before that, `moved` besides for entries that it moves out of closed periods, `proved` what
    it reads afterwards, each `None` where it reads nothing; `far` are further reads, for what a restored
    store may have forgotten, and `far_rows` what stands there.
    `standing` is what the books hold now, `asked` false where nobody asked them. `relations` is how many
    debtors and creditors it writes, `files` are those it attaches, in that order.
    """

    batches: tuple[tuple[Entry, ...], ...]
    loaded: Scope | None
    proved: Scope | None
    standing: Collection[BookedEntry]
    asked: bool
    relations: int = 0
    files: tuple[Filing, ...] = ()
    moved: Scope | None = None
    far: tuple[Scope, ...] = ()
    far_rows: tuple[Rows, ...] = ()

    @property
    def entries(self) -> Iterator[Entry]:
        """Yield the entries in the order in which they are sent."""
        return (entry for batch in self.batches for entry in batch)


Counting = Callable[[Ahead], Iterator[Calls]]
"""Counts the calls of one step of a run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foresight:
    """What one package can say of a run on one administration before it happens.

    `check` names what the package's own chart rules out. `steps` counts the calls of each step that calls the
    package, in the order of the steps; a step that is added declares its calls here. `batch_size` says how
    many entries are handed over at once when so many wait. `counters` are what the package's limits count
    in, none where it publishes no limit. `is_call` tells calls by address from those that only fetch tokens.
    `reads_all_journals` is set where a read of the books cannot be narrowed to some; `unit` is what the
    limits count.
    """

    check: Callable[[Entry], tuple[Reason, ...]]
    steps: Mapping[str, Counting]
    batch_size: Callable[[int], int]
    counters: tuple[Counter, ...]
    is_call: Callable[[str], bool]
    reads_all_journals: bool = False
    unit: str = "calls"


def reading_steps(
    read: Callable[[Scope, Collection[Rows]], int],
    rows_of: Callable[[Entry], int],
    send: Counting,
    *,
    write_units: int = 1,
    attach: Counting | None = None,
) -> dict[str, Counting]:
    """Make the steps of a run: relations writes, load reads, then sends; reconcile reads what stands then.

    `read` counts the calls of one bulk read, given the rows that the books hold; `rows_of` says how many rows
    an entry makes. A relation is written by one call of so many units. `attach` counts the calls for files.
    """

    def relations(ahead: Ahead) -> Iterator[Calls]:
        if ahead.relations:
            yield Calls(
                step="relations", what="writes", count=ahead.relations, units=write_units, changes_books=True
            )

    def load(ahead: Ahead) -> Iterator[Calls]:
        if ahead.loaded is not None:
            yield Calls(step="load", what="books", count=read(ahead.loaded, _standing(ahead)))
            yield from _far_away(ahead, read)
            if ahead.moved is not None:
                yield Calls(step="load", what="later periods", count=read(ahead.moved, _standing(ahead)))
            yield from send(ahead)

    def reconcile(ahead: Ahead) -> Iterator[Calls]:
        if ahead.proved is not None:
            # Who asked nobody knows neither what the books hold nor the chart that some rows depend on.
            rows = [*_standing(ahead), *_coming(ahead, rows_of)] if ahead.asked else []
            yield Calls(step="reconcile", what="books", count=read(ahead.proved, rows))

    steps: dict[str, Counting] = {"relations": relations, "load": load}
    return steps | ({} if attach is None else {"attach": attach}) | {"reconcile": reconcile}


def _far_away(ahead: Ahead, read: Callable[[Scope, Collection[Rows]], int]) -> Iterator[Calls]:
    if ahead.far:
        rows = [*_standing(ahead), *ahead.far_rows]
        yield Calls(step="load", what="far periods", count=sum(read(scope, rows) for scope in ahead.far))


def chunks_of(files: Sequence[Filing], size: int) -> Iterator[Sequence[Filing]]:
    """Yield the files that are looked up together."""
    return (files[place : place + size] for place in range(0, len(files), size))


def rows_in(scope: Scope, rows: Collection[Rows], *, whatever_journal: bool = False) -> int:
    """Add up the rows of a scope."""
    return sum(
        one.count
        for one in rows
        if one.period in scope.periods and (whatever_journal or one.journal in scope.journals)
    )


def _standing(ahead: Ahead) -> list[Rows]:
    return [Rows(journal=one.journal, period=one.period, count=len(one.lines)) for one in ahead.standing]


def _coming(ahead: Ahead, rows_of: Callable[[Entry], int]) -> Iterator[Rows]:
    for entry in ahead.entries:
        period = Period(fiscal_year=entry.fiscal_year, number=entry.period)
        yield Rows(journal=entry.journal, period=period, count=rows_of(entry))


def pages_of(rows: int, size: int) -> int:
    """Return how many pages of a size it takes to show so many rows; an empty answer is one too."""
    return max(1, -(-rows // size))


def vat_rows(entry: Entry, *, shifted: int) -> int:
    """Count the rows of VAT of an invoice: one per code that has VAT, `shifted` per code that shifts it."""
    return _codes_with(entry, "vat_amount") + shifted * _codes_with(entry, "reverse_charge_amount")


def _codes_with(entry: Entry, name: str) -> int:
    sums: dict[str, object] = {}
    for line in entry.lines:
        if line.vat_code is not None:
            sums[line.vat_code] = sums.get(line.vat_code, 0) + getattr(line, name)
    return sum(1 for amount in sums.values() if amount)
