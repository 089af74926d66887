"""Ask the books, in bulk, what of a plan stands there already, and the package what it would refuse."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from finance_hooks.mapping.fitting import text_room
from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.park_reason import Reason
from finance_hooks.posting.foresee import Foreseen
from finance_hooks.posting.match import Absent, Adopted, BooksRead, Match, Own, Perhaps
from finance_hooks.posting.periods import periods_of_days, with_neighbours
from finance_hooks.posting.plan_corrections import REVERSAL_WAITS
from finance_hooks.posting.plan_moves import place_ahead
from finance_hooks.posting.planned import Place, Planned, proved_places
from finance_hooks.posting.settle import missing_reason, perhaps_reasons, settles_at, stands
from finance_hooks.store.following import Undone
from finance_hooks.store.outbox import Reversed
from finance_hooks.targets.base import TargetHook
from finance_hooks.targets.foresight import Foresight, Scope

Counted = Callable[[], int]
"""Says how many calls the package was made so far, those for tokens left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Whom a plan asks: the package under the lease on its books, past a transport that changes nothing.

    `preflight_calls` were made already, to read the chart as preflight does.
    """

    hook: TargetHook
    foresight: Foresight
    counted: Counted
    preflight_calls: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a plan knows of the books; `why_not` says why nobody asked them.

    `loaded` and `proved` are what the run will read before and after sending, `moved` what it reads besides
    of the periods into which entries are moved. `preflight_calls` is what it takes to read the chart for
    preflight, `chart_calls` what loading then takes, none while it is kept; `check_calls` is what checking
    entries took beyond.
    """

    planned: tuple[Planned, ...]
    loaded: Scope | None
    proved: Scope | None
    moved: Scope | None = None
    standing: tuple[BookedEntry, ...] = ()
    preflight_calls: int = 0
    chart_calls: int = 0
    check_calls: int = 0
    made_calls: int = 0
    why_not: str | None = None


def not_asked(foreseen: Foreseen, why: str) -> Asked:
    """Go by the source, the tables and the store alone."""
    planned = tuple(_hold_back(foreseen, one) for one in foreseen.planned)
    return Asked(
        planned=planned,
        loaded=_loaded(foreseen, ()),
        proved=_proved(foreseen, planned, ()),
        why_not=why,
    )


def ask_books(foreseen: Foreseen, administration: str, asking: Asking) -> Asked:
    """Read the chart and the books, and say where each open document would be; nothing is changed.

    Raises what the hook raises when anything cannot be read.
    """
    open_ones = _loaded(foreseen, ()) is not None
    if not open_ones and _proved(foreseen, foreseen.planned, ()) is None:
        return replace(
            not_asked(foreseen, ""),
            why_not=None,
            preflight_calls=asking.preflight_calls,
            made_calls=asking.preflight_calls,
        )
    began = asking.counted()
    chart = asking.hook.read_chart(administration)
    chart_calls = asking.counted() - began
    loaded = _loaded(foreseen, chart.periods)
    placed = place_ahead(foreseen, chart.periods, text_room(asking.hook.settings.description_length))
    moved = _moved(placed, loaded, chart.periods)
    read = _union(loaded, moved, _proved(foreseen, placed, chart.periods))
    journals = read.journals | frozenset(chart.journals if asking.foresight.reads_all_journals else ())
    standing = tuple(asking.hook.read_entries(administration, journals, read.periods))
    books = BooksRead(one for one in standing if _is_in(loaded, one) or _is_in(moved, one))
    before_checks = asking.counted()
    foreseen = replace(foreseen, planned=placed)
    planned = tuple(_hold_back(foreseen, one) for one in _settle(foreseen, books, asking))
    return Asked(
        planned=planned,
        loaded=loaded,
        moved=moved,
        proved=_proved(foreseen, planned, chart.periods),
        standing=standing,
        preflight_calls=asking.preflight_calls,
        chart_calls=chart_calls,
        check_calls=asking.counted() - before_checks,
        made_calls=asking.preflight_calls + asking.counted() - began,
    )


def _settle(foreseen: Foreseen, books: BooksRead, asking: Asking) -> Iterator[Planned]:
    """Settle all but what follows a reversal, then that: by then the reversal is booked, or is not."""
    undone = foreseen.undone
    kept_back: set[str] = set()
    for one in foreseen.planned:
        if not one.after_reversal:
            settled = _settle_one(foreseen, books, asking, one, undone)
            yield settled
            if one.reverses is not None and settled.place in {Place.BOOK, Place.FOUND}:
                undone = _with(undone, one, one.reverses)
            elif one.reverses is not None:
                kept_back.add(one.document_key)
    for one in foreseen.planned:
        if one.after_reversal and one.document_key in kept_back and one.place is Place.BOOK:
            yield replace(one, place=Place.WAITING, why=REVERSAL_WAITS)
        elif one.after_reversal:
            yield _settle_one(foreseen, books, asking, one, undone)


def _settle_one(
    foreseen: Foreseen, books: BooksRead, asking: Asking, one: Planned, undone: Undone
) -> Planned:
    if one.entry is None or one.place not in {Place.BOOK, Place.UNKNOWN}:
        return one
    known = replace(one.known, undone=undone)
    settled = _match(one, books.match(one.entry, known), _settled_at(foreseen, asking), foreseen.at)
    if settled.place is not Place.BOOK:
        return settled
    if one.reverses is not None and not stands(books, one.reverses):
        # Nothing of it is sent, so the package refuses nothing: it has no entry here.
        reason = missing_reason(one.entry, one.reverses)
        return replace(settled, place=Place.PARKED, reasons=(reason,), entry=None)
    if reasons := _check(foreseen, one.entry, asking):
        return replace(settled, place=Place.PARKED, reasons=reasons)
    return settled


def _with(undone: Undone, reversal: Planned, booked: Reversed) -> Undone:
    """Add a reversal and what it takes back to what comes to nothing."""
    return Undone(
        references=undone.references | {booked.reference, str(reversal.reference)},
        entry_ids=undone.entry_ids | frozenset(filter(None, (booked.entry_id,))),
    )


def _check(foreseen: Foreseen, entry: Entry, asking: Asking) -> tuple[Reason, ...]:
    """Ask what the package would refuse; relations that are made before cure what it says of them now."""
    made = frozenset() if foreseen.related is None else foreseen.related.made
    reasons = asking.foresight.check(entry)
    return tuple(one for one in reasons if one.field != "party" or one.value not in made)


def _match(one: Planned, found_there: Match, settled_at: datetime | None, at: datetime) -> Planned:
    match found_there:
        case Own(booked=booked):
            return replace(one, place=Place.FOUND, why=booked[0].entry_number)
        case Adopted(booked=found):
            return replace(one, place=Place.ADOPT, why=found.entry_number)
        case Perhaps(booked=booked):
            reasons = () if one.entry is None else perhaps_reasons(one.entry, booked)
            return replace(one, place=Place.PARKED, reasons=reasons)
        case Absent():
            is_settled = one.place is Place.BOOK or (settled_at is not None and settled_at <= at)
            return replace(one, place=Place.BOOK) if is_settled else one


def _settled_at(foreseen: Foreseen, asking: Asking) -> datetime | None:
    return settles_at(foreseen.sent_until, asking.hook.settings.settle_s)


def _hold_back(foreseen: Foreseen, one: Planned) -> Planned:
    if foreseen.stopped is None or one.place is not Place.BOOK:
        return one
    return replace(one, place=Place.WAITING, why=foreseen.stopped)


def _loaded(foreseen: Foreseen, periods: Sequence[ChartPeriod]) -> Scope | None:
    """Return what loading reads: the journals and periods of all that is open, unless all of that waits."""
    entries = [one.entry for one in foreseen.planned if one.place.is_open and one.entry is not None]
    if all(one.place is Place.WAITING for one in foreseen.planned if one.place.is_open):
        return None
    followed = (one.followed for one in foreseen.planned if one.place.is_open)
    places = [*((entry.journal, _period(entry)) for entry in entries), *filter(None, followed)]
    return _scope(places, _own_days(entries), periods)


def _moved(placed: Iterable[Planned], loaded: Scope | None, periods: Sequence[ChartPeriod]) -> Scope | None:
    """Return what loading reads besides, for entries that it moves out of closed periods."""
    if loaded is None:
        return None
    moved_to = {_period(one.entry) for one in placed if one.is_moved and one.entry is not None}
    missing = with_neighbours(moved_to, periods) - loaded.periods
    return Scope(journals=loaded.journals, periods=missing) if moved_to and missing else None


def _own_days(entries: Iterable[Entry]) -> frozenset[date]:
    return frozenset(entry.moved_from for entry in entries if entry.moved_from is not None)


def _proved(foreseen: Foreseen, planned: Iterable[Planned], periods: Sequence[ChartPeriod]) -> Scope | None:
    """Return what reconciling reads: what it reads anyway, and where this run books or leaves parked."""
    listed = list(planned)
    booked = [
        one.entry
        for one in listed
        if one.entry is not None and one.place in {Place.BOOK, Place.ADOPT, Place.FOUND}
    ]
    ahead = proved_places(
        listed, dated_from=foreseen.dated_from, dated_until=foreseen.dated_until, today=foreseen.today
    )
    places = foreseen.proved | ahead
    return _scope(places, foreseen.days | _own_days(booked), periods) if places else None


def _scope(
    places: Iterable[tuple[str, Period]], days: Collection[date], periods: Sequence[ChartPeriod]
) -> Scope:
    listed = list(places)
    near = with_neighbours({period for _, period in listed} | periods_of_days(days, periods), periods)
    return Scope(journals=frozenset(journal for journal, _ in listed), periods=near)


def _union(*read: Scope | None) -> Scope:
    scopes = [scope for scope in read if scope is not None]
    return Scope(
        journals=frozenset().union(*(scope.journals for scope in scopes)),
        periods=frozenset().union(*(scope.periods for scope in scopes)),
    )


def _is_in(scope: Scope | None, booked: BookedEntry) -> bool:
    return scope is not None and booked.journal in scope.journals and booked.period in scope.periods


def _period(entry: Entry) -> Period:
    return Period(fiscal_year=entry.fiscal_year, number=entry.period)
