"""Say which journals and periods of the books a run reads, before and after it sends."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.posting.foresee import Foreseen
from finance_hooks.posting.periods import periods_of_days, with_neighbours
from finance_hooks.posting.planned import Place, Planned, proved_places
from finance_hooks.targets.foresight import Scope


def loaded_scope(foreseen: Foreseen, periods: Sequence[ChartPeriod]) -> Scope | None:
    """Return what loading reads: the journals and periods of all that is open, unless all of that waits."""
    entries = [one.entry for one in foreseen.planned if one.place.is_open and one.entry is not None]
    if all(one.place is Place.WAITING for one in foreseen.planned if one.place.is_open):
        return None
    followed = (one.followed for one in foreseen.planned if one.place.is_open)
    places = [*((entry.journal, _period(entry)) for entry in entries), *filter(None, followed)]
    return _scope(places, _own_days(entries), periods)


def moved_scope(
    placed: Iterable[Planned], loaded: Scope | None, periods: Sequence[ChartPeriod]
) -> Scope | None:
    """Return what loading reads besides, for entries that it moves out of closed periods."""
    if loaded is None:
        return None
    moved_to = {_period(one.entry) for one in placed if one.is_moved and one.entry is not None}
    missing = with_neighbours(moved_to, periods) - loaded.periods
    return Scope(journals=loaded.journals, periods=missing) if moved_to and missing else None


def _own_days(entries: Iterable[Entry]) -> frozenset[date]:
    return frozenset(entry.moved_from for entry in entries if entry.moved_from is not None)


def proved_scope(
    foreseen: Foreseen, planned: Iterable[Planned], periods: Sequence[ChartPeriod]
) -> Scope | None:
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


def union(*read: Scope | None) -> Scope:
    """Return the journals and periods of several reads together."""
    scopes = [scope for scope in read if scope is not None]
    return Scope(
        journals=frozenset().union(*(scope.journals for scope in scopes)),
        periods=frozenset().union(*(scope.periods for scope in scopes)),
    )


def is_in(scope: Scope | None, booked: BookedEntry) -> bool:
    """Say whether a booking stands in what one read brings."""
    return scope is not None and booked.journal in scope.journals and booked.period in scope.periods


def _period(entry: Entry) -> Period:
    return Period(fiscal_year=entry.fiscal_year, number=entry.period)
