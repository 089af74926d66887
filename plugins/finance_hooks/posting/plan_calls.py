"""Count the calls that the next run makes to a package, and what its limits leave for a later one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from finance_hooks.model.entry import Entry
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.posting.foresee import Foreseen
from finance_hooks.posting.load import CHUNK
from finance_hooks.posting.plan_books import Asked
from finance_hooks.posting.plan_clock import Limit, affordable
from finance_hooks.posting.plan_files import files_ahead
from finance_hooks.posting.planned import Place, Planned
from finance_hooks.targets.foresight import Ahead, Calls, Foresight

DUE = frozenset({Place.BOOK, Place.ADOPT, Place.FOUND, Place.UNKNOWN})
LIMIT_WAITS = "the limit of the package's calls is used up by then; a later run takes it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The calls of the next run, and the documents as they are after what the limits leave to a later one."""

    calls: tuple[Calls, ...]
    planned: tuple[Planned, ...]
    later: int

    @property
    def units(self) -> int:
        """What the package's limits count of all these calls."""
        return sum(one.count * one.units for one in self.calls)

    @property
    def count(self) -> int:
        """How many calls these are."""
        return sum(one.count for one in self.calls)


def count_calls(foreseen: Foreseen, asked: Asked, foresight: Foresight, limits: Sequence[Limit]) -> Counted:
    """Count the calls of all steps; entries that no limit leaves room for are counted for a later run."""
    calls = _calls(foreseen, asked, foresight)
    whole = Counted(calls=calls, planned=asked.planned, later=0)
    most = affordable(limits)
    later = 0 if most is None else _later(whole.calls, most, list(_sent(asked.planned)))
    if not later:
        return whole
    sent = [one for one in asked.planned if one.place is Place.BOOK]
    waiting = {one.document_key for one in sent[len(sent) - later :]}
    planned = tuple(
        replace(one, place=Place.WAITING, why=LIMIT_WAITS) if one.document_key in waiting else one
        for one in asked.planned
    )
    calls = _calls(foreseen, replace(asked, planned=planned), foresight)
    return Counted(calls=calls, planned=planned, later=later)


def batches_of(planned: Sequence[Planned], batch_size: Callable[[int], int]) -> Iterator[tuple[Entry, ...]]:
    """Yield the entries that are sent, put together as loading does; one that is refused leaves a gap."""
    due = [one for one in planned if one.place in DUE or _is_parked_by_load(one)]
    for after_reversal in (False, True):
        wave = [one for one in due if one.after_reversal is after_reversal]
        yield from _batches(wave, batch_size(len(wave)))


def _batches(due: Sequence[Planned], batch_size: int) -> Iterator[tuple[Entry, ...]]:
    for place in range(0, len(due), CHUNK):
        absent = [one for one in due[place : place + CHUNK] if one.place is Place.BOOK or _is_refused(one)]
        for start in range(0, len(absent), batch_size):
            batch = absent[start : start + batch_size]
            yield tuple(_sent(batch))


def _calls(foreseen: Foreseen, asked: Asked, foresight: Foresight) -> tuple[Calls, ...]:
    related = foreseen.related
    ahead = Ahead(
        relations=0 if related is None else len(related.writes),
        files=() if foreseen.stopped is not None else files_ahead(foreseen.files, asked.planned),
        batches=tuple(batches_of(asked.planned, foresight.batch_size)),
        loaded=asked.loaded,
        moved=asked.moved,
        far=asked.far.scopes,
        far_rows=asked.far.rows,
        proved=asked.proved,
        standing=asked.standing,
        asked=asked.why_not is None,
    )
    first = "load" if asked.loaded is not None else "reconcile"
    found = [
        Calls(step="preflight", what="chart", count=asked.preflight_calls),
        Calls(step="relations", what="relations", count=0 if related is None else related.calls),
        Calls(step=first, what="chart", count=asked.chart_calls),
        Calls(step="load", what="checks", count=asked.check_calls),
        *(calls for count in foresight.steps.values() for calls in count(ahead)),
    ]
    return tuple(calls for calls in found if calls.count)


def _later(calls: Sequence[Calls], most: int, entries: Sequence[Entry]) -> int:
    """Return how many entries, from the end, do not fit into what the limits leave before all is sent."""
    before = [one for one in calls if one.step in {"preflight", "relations", "load"}]
    sending = sum(one.count * one.units for one in before if _books(one))
    reading = sum(one.count * one.units for one in before if not _books(one))
    left = max(most - reading, 0)
    if sending <= left:
        return 0
    return len(entries) - len(entries) * left // sending


def _books(calls: Calls) -> bool:
    return calls.step == "load" and calls.changes_books


def _sent(planned: Sequence[Planned]) -> Iterator[Entry]:
    return (one.entry for one in planned if one.place is Place.BOOK and one.entry is not None)


def _is_parked_by_load(one: Planned) -> bool:
    return one.place is Place.PARKED and one.entry is not None


def _is_refused(one: Planned) -> bool:
    """Say whether a document is parked by what the package refuses, not by what stands in the books."""
    return _is_parked_by_load(one) and all(
        reason.code is not ReasonCode.PERHAPS_BOOKED for reason in one.reasons
    )
