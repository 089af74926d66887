"""Move planned entries out of the periods that the chart tells to be closed, as loading would."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from finance_hooks.model.chart import ChartPeriod
from finance_hooks.posting.foresee import Foreseen
from finance_hooks.posting.open_periods import is_closed, move_entry, next_open_day
from finance_hooks.posting.placing import NOWHERE, closed_reason
from finance_hooks.posting.planned import Place, Planned


def place_ahead(foreseen: Foreseen, periods: Sequence[ChartPeriod], room: int) -> tuple[Planned, ...]:
    """Return every document with its entry where loading would book it; texts have `room` characters.

    A package that only tells with a refusal that a period is closed moves nothing here.
    """
    if not foreseen.moves_on:
        return foreseen.planned
    return tuple(_place(foreseen, periods, room))


def _place(foreseen: Foreseen, periods: Sequence[ChartPeriod], room: int) -> Iterator[Planned]:
    for one in foreseen.planned:
        entry = one.entry
        if one.place is not Place.BOOK or entry is None or not is_closed(entry, periods):
            yield one
        elif (day := next_open_day(entry, periods, frozenset())) is not None:
            yield replace(one, entry=move_entry(entry, day, room), is_moved=True)
        else:
            reason = replace(closed_reason(entry), detail=NOWHERE)
            yield replace(one, place=Place.PARKED, reasons=(reason,))
