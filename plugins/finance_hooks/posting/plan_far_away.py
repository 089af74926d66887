"""Look, for a plan, where loading would look for bookings that the store does not know."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.model.entry import BookedEntry
from finance_hooks.posting.far_away import bearing, places_due, references_of
from finance_hooks.posting.foresee import Foreseen
from finance_hooks.posting.periods import far_from
from finance_hooks.posting.planned import Place
from finance_hooks.posting.settle_time import settles_at
from finance_hooks.targets.base import TargetHook
from finance_hooks.targets.foresight import Rows, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class FarAway:
    """What loading reads besides, each by itself, what stands there, and what of that bears a reference."""

    scopes: tuple[Scope, ...] = ()
    rows: tuple[Rows, ...] = ()
    found: tuple[BookedEntry, ...] = ()


NOTHING_FAR = FarAway()


def look_far_away(
    hook: TargetHook,
    administration: str,
    foreseen: Foreseen,
    loaded: Scope | None,
    periods: Sequence[ChartPeriod],
    near: Collection[BookedEntry],
) -> FarAway:
    """Read, by period, what was never looked through, then what is sought anew; a failed read raises."""
    if loaded is None:
        return NOTHING_FAR
    far = far_from(loaded.periods, periods)
    due = places_due(loaded.journals, far, foreseen.looked)
    scopes = [Scope(journals=missing, periods=frozenset({period})) for period, missing in due.items()]
    wanted = {one.entry.reference for one in foreseen.planned if one.place.is_open and one.entry is not None}
    rows: list[Rows] = []
    found: list[BookedEntry] = []

    def read(scope: Scope) -> None:
        booked = list(hook.read_entries(administration, scope.journals, scope.periods))
        rows.extend(Rows(journal=one.journal, period=one.period, count=len(one.lines)) for one in booked)
        found.extend(bearing(wanted, booked))

    for scope in scopes:
        read(scope)
    doubtful = _doubtful(foreseen, hook.settings.settle_s)
    if (foreseen.forgotten | doubtful) & wanted - references_of((*near, *found)):
        again = [Scope(journals=loaded.journals, periods=frozenset({period})) for period in far]
        for scope in again:
            read(scope)
        scopes += again
    return FarAway(scopes=tuple(scopes), rows=tuple(rows), found=tuple(found))


def _doubtful(foreseen: Foreseen, settle_s: int) -> frozenset[str]:
    """Return what is unknown, once the books decide about it."""
    settled_at = settles_at(foreseen.sent_until, settle_s)
    if settled_at is None or settled_at > foreseen.at:
        return frozenset()
    return frozenset(
        one.entry.reference
        for one in foreseen.planned
        if one.place is Place.UNKNOWN and one.entry is not None
    )
