"""Plan the next run of an administration: what it would book and why not, its calls, and when it is done."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from finance_hooks.model.administration import Administration
from finance_hooks.model.entry import Entry
from finance_hooks.model.party import PartyWrite
from finance_hooks.posting.foresee import Foreseen
from finance_hooks.posting.plan_books import Asked
from finance_hooks.posting.plan_calls import Counted, count_calls
from finance_hooks.posting.plan_clock import Limit, done_at
from finance_hooks.posting.planned import Place, Planned
from finance_hooks.posting.settle_time import settles_at
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.targets.base import TargetSettings
from finance_hooks.targets.foresight import Foresight


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the next run would do if it began at `at`.

    `counted` and `done_at` are `None` while the package's connection cannot be used; `done_at` is the
    earliest, also of what a limit leaves to a later run. `books_why_not` says why the books were not asked,
    `None` when they were: the calls are then at least those told, and what stands in the books is not known.
    `uncounted` are steps that will call the package and of which nobody can say how often.
    """

    administration: Administration
    target: str
    at: datetime
    foreseen: Foreseen
    planned: tuple[Planned, ...]
    counted: Counted | None
    limits: tuple[Limit, ...]
    unit: str
    pace_s: float
    done_at: datetime | None
    made_calls: int
    uncounted: tuple[str, ...]
    books_why_not: str | None

    @property
    def places(self) -> Counter[Place]:
        """How many documents would be where."""
        return Counter(one.place for one in self.planned)

    @property
    def relations(self) -> tuple[PartyWrite, ...]:
        """The debtors and creditors that the next run would make or change."""
        related = self.foreseen.related
        return () if related is None else related.writes

    @property
    def entries(self) -> Iterator[Entry]:
        """The entries that the next run would send."""
        return (one.entry for one in self.planned if one.place is Place.BOOK and one.entry is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """When a run begins and how fast it goes: what limits count, and seconds a call if any call told."""

    at: datetime
    budgets: BudgetStore
    call_s: float
    is_backfill: bool = False


def make_plan(
    administration: Administration,
    settings: TargetSettings,
    foreseen: Foreseen,
    asked: Asked,
    pace: Pace,
    foresight: Foresight | None,
) -> Plan:
    """Put together what was foreseen and asked, with the calls it takes and the time they need."""
    related = foreseen.related
    limits = () if foresight is None else tuple(_limits(foresight, pace))
    counted = None
    if foresight is not None:
        counted = count_calls(foreseen, asked, foresight, limits)
    return Plan(
        administration=administration,
        target=settings.label,
        at=pace.at,
        foreseen=foreseen,
        planned=asked.planned if counted is None else counted.planned,
        counted=counted,
        limits=limits,
        unit="calls" if foresight is None else foresight.unit,
        pace_s=pace.call_s,
        done_at=None if counted is None else _done_at(foreseen, settings, counted, limits, pace),
        made_calls=asked.made_calls + (0 if related is None else related.calls),
        uncounted=() if related is None or related.asked else ("relations",),
        books_why_not=asked.why_not,
    )


def _limits(foresight: Foresight, pace: Pace) -> Iterator[Limit]:
    for counter in foresight.counters:
        for room in pace.budgets.look(counter):
            yield Limit(name=counter.name, room=room, is_backfill=pace.is_backfill)


def _done_at(
    foreseen: Foreseen, settings: TargetSettings, counted: Counted, limits: Sequence[Limit], pace: Pace
) -> datetime:
    units, calls = counted.units + counted.later, counted.count + counted.later
    found = done_at(pace.at, limits, units=units, calls=calls, pace_s=pace.call_s)
    settled = settles_at(foreseen.sent_until, settings.settle_s)
    return found if settled is None else max(found, settled + timedelta(seconds=pace.call_s))
