"""Ask the books, in bulk, what of a plan stands there already, and the package what it would refuse."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from finance_hooks.mapping.fitting import text_room
from finance_hooks.model.entry import BookedEntry, Entry
from finance_hooks.model.park_reason import Reason
from finance_hooks.posting.foresee import Foreseen
from finance_hooks.posting.match import Absent, Adopted, BooksRead, Match, Own, Perhaps
from finance_hooks.posting.plan_corrections import REVERSAL_WAITS
from finance_hooks.posting.plan_far_away import NOTHING_FAR, FarAway, look_far_away
from finance_hooks.posting.plan_moves import place_ahead
from finance_hooks.posting.plan_scopes import is_in, loaded_scope, moved_scope, proved_scope, union
from finance_hooks.posting.planned import Place, Planned
from finance_hooks.posting.settle import missing_reason, perhaps_reasons, stands
from finance_hooks.posting.settle_time import settles_at
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
    of the periods into which entries are moved, `far` what it reads far away from there. `preflight_calls` is
    what it takes to read the chart for preflight, `chart_calls` what loading then takes, none while it is
    kept; `check_calls` is what checking entries took beyond.
    """

    planned: tuple[Planned, ...]
    loaded: Scope | None
    proved: Scope | None
    moved: Scope | None = None
    far: FarAway = NOTHING_FAR
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
        loaded=loaded_scope(foreseen, ()),
        proved=proved_scope(foreseen, planned, ()),
        why_not=why,
    )


def ask_books(foreseen: Foreseen, administration: str, asking: Asking) -> Asked:
    """Read the chart and the books, and say where each open document would be; nothing is changed.

    Raises what the hook raises when anything cannot be read.
    """
    open_ones = loaded_scope(foreseen, ()) is not None
    if not open_ones and proved_scope(foreseen, foreseen.planned, ()) is None:
        return replace(
            not_asked(foreseen, ""),
            why_not=None,
            preflight_calls=asking.preflight_calls,
            made_calls=asking.preflight_calls,
        )
    began = asking.counted()
    chart = asking.hook.read_chart(administration)
    chart_calls = asking.counted() - began
    loaded = loaded_scope(foreseen, chart.periods)
    placed = place_ahead(foreseen, chart.periods, text_room(asking.hook.settings.description_length))
    moved = moved_scope(placed, loaded, chart.periods)
    read = union(loaded, moved, proved_scope(foreseen, placed, chart.periods))
    journals = read.journals | frozenset(chart.journals if asking.foresight.reads_all_journals else ())
    standing = tuple(asking.hook.read_entries(administration, journals, read.periods))
    away = look_far_away(asking.hook, administration, foreseen, loaded, chart.periods, standing)
    near = (one for one in standing if is_in(loaded, one) or is_in(moved, one))
    books = BooksRead({one.id: one for one in (*near, *away.found)}.values())
    before_checks = asking.counted()
    foreseen = replace(foreseen, planned=placed)
    planned = tuple(_hold_back(foreseen, one) for one in _settle(foreseen, books, asking))
    return Asked(
        planned=planned,
        loaded=loaded,
        moved=moved,
        far=away,
        proved=proved_scope(foreseen, planned, chart.periods),
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
