"""Look, for a plan, where loading would look for bookings that a restored store may have forgotten."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.entry import BookedEntry
from finance_hooks.posting.periods import far_from
from finance_hooks.posting.planned import Planned
from finance_hooks.targets.base import TargetHook
from finance_hooks.targets.foresight import Rows, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class FarAway:
    """What stands beyond the books that were read: bookings that bear a wanted reference, rows of all."""

    found: tuple[BookedEntry, ...] = ()
    rows: tuple[Rows, ...] = ()


def far_scope(
    planned: Iterable[Planned], loaded: Scope | None, periods: Sequence[ChartPeriod]
) -> Scope | None:
    """Return what loading reads far from the periods of what is open, `None` where nothing asks for it."""
    if loaded is None or not _wanted(planned):
        return None
    return Scope(journals=loaded.journals, periods=frozenset(far_from(loaded.periods, periods)))


def look_far_away(
    hook: TargetHook,
    administration: str,
    planned: Iterable[Planned],
    far: Scope | None,
    standing: Collection[BookedEntry],
    read: Scope,
) -> FarAway:
    """Look through what was read anyway, and read the rest period by period; a failed read raises."""
    if far is None:
        return FarAway()
    wanted = _wanted(planned)
    found = [one for one in standing if one.period in far.periods and not wanted.isdisjoint(one.references)]
    rows: list[Rows] = []
    for period in sorted(far.periods - read.periods, key=str):
        for booked in hook.read_entries(administration, far.journals, [period]):
            rows.append(Rows(journal=booked.journal, period=booked.period, count=len(booked.lines)))
            found += [booked] if not wanted.isdisjoint(booked.references) else []
    return FarAway(found=tuple(found), rows=tuple(rows))


def _wanted(planned: Iterable[Planned]) -> frozenset[str]:
    return frozenset(
        one.reference
        for one in planned
        if one.perhaps_booked and one.place.is_open and one.entry is not None and one.reference is not None
    )
