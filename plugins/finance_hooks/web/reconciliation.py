"""Page Afstemming: what source, store and books say per journal and period, and whether they are the same."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType

from finance_hooks.model.entry import Period
from finance_hooks.model.money import ZERO
from finance_hooks.store.comparisons import Compared
from finance_hooks.store.last_bookings import LastBooking
from finance_hooks.web.links import Health

SHOWN = 13
"""Periods of one page: a year and the same period of the year before."""


class Verdict(StrEnum):
    """How one journal and period stands, from best to worst."""

    EQUAL = "equal"
    BOOKED_SINCE = "booked_since"
    NOT_COMPARED = "not_compared"
    FORGOTTEN = "forgotten"
    PARTS_DIFFER = "parts_differ"
    DIFFERS = "differs"

    @property
    def health(self) -> Health:
        """How bad it is."""
        return SHOWN_AS[self][0]

    @property
    def glyph(self) -> str:
        """What stands beside its colour."""
        return SHOWN_AS[self][1]

    @property
    def text(self) -> str:
        """The key of what it is called."""
        return SHOWN_AS[self][2]


SHOWN_AS: Mapping[Verdict, tuple[Health, str, str]] = MappingProxyType(
    {
        Verdict.EQUAL: (Health.OK, "✓", "reconciliation.equal"),
        Verdict.BOOKED_SINCE: (Health.WARNING, "↻", "reconciliation.booked_since"),
        Verdict.NOT_COMPARED: (Health.WARNING, "?", "reconciliation.not_compared"),
        Verdict.FORGOTTEN: (Health.WRONG, "!", "reconciliation.forgotten"),
        Verdict.PARTS_DIFFER: (Health.WRONG, "≠", "reconciliation.parts_differ"),
        Verdict.DIFFERS: (Health.WRONG, "≠", "reconciliation.differs"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One journal and period; `compared` is `None` where no run has compared it yet."""

    journal: str
    period: Period
    compared: Compared | None
    booked_at: datetime | None

    @property
    def name(self) -> str:
        """The name of its period."""
        return write_period(self.period)

    @property
    def difference(self) -> Decimal | None:
        """What the source has more than the books, `None` while nobody looked."""
        return None if self.compared is None else self.compared.source_gross - self.compared.books_gross

    @property
    def verdict(self) -> Verdict:
        """The worst that can be said."""
        compared = self.compared
        if compared is None:
            return Verdict.NOT_COMPARED
        if compared.source_gross != compared.books_gross:
            return Verdict.DIFFERS
        if not compared.agrees:
            return Verdict.PARTS_DIFFER
        if compared.forgotten:
            return Verdict.FORGOTTEN
        if self.booked_at is not None and self.booked_at > compared.compared_at:
            return Verdict.BOOKED_SINCE
        return Verdict.EQUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Several lines together; the amounts are those of the lines that were compared."""

    lines: tuple[Line, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of the lines; nothing at all was not compared."""
        return max((one.verdict for one in self.lines), key=list(Verdict).index, default=Verdict.NOT_COMPARED)

    @property
    def source(self) -> Decimal | None:
        """What the source says."""
        return self._sum("source_gross")

    @property
    def books(self) -> Decimal | None:
        """What stands in the books."""
        return self._sum("books_gross")

    @property
    def difference(self) -> Decimal | None:
        """What the source has more; differences that cancel each other out are still in the verdict."""
        known = [one for line in self.lines if (one := line.difference) is not None]
        return sum(known, ZERO) if known else None

    @property
    def compared_at(self) -> datetime | None:
        """When one of the lines was last compared."""
        return max((one.compared.compared_at for one in self.lines if one.compared), default=None)

    @property
    def counts(self) -> dict[Verdict, int]:
        """Count the lines by what is said of them, the worst first."""
        counted = Counter(line.verdict for line in self.lines)
        return {verdict: counted[verdict] for verdict in reversed(Verdict) if counted[verdict]}

    def _sum(self, name: str) -> Decimal | None:
        known = [getattr(line.compared, name) for line in self.lines if line.compared]
        return sum(known, ZERO) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSum(Sum):
    """The journals of one period together."""

    period: Period

    @property
    def name(self) -> str:
        """The name of the period."""
        return write_period(self.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The periods of one page, newest first, and the names of those that the pages beside it begin with."""

    periods: tuple[PeriodSum, ...]
    earlier: str | None
    later: str | None


def make_lines(compared: Iterable[Compared], bookings: Iterable[LastBooking]) -> dict[str, tuple[Line, ...]]:
    """Put comparisons and bookings together, by administration, the newest period first."""
    at = {(one.sync_id, _key(one.period), one.journal): one for one in compared}
    booked = {(one.sync_id, _key(one.period), one.journal): one.booked_at for one in bookings}
    places = sorted(at.keys() | booked.keys(), key=lambda place: (*(-part for part in place[1]), place[2]))
    lines: dict[str, list[Line]] = {}
    for place in places:
        sync_id, (fiscal_year, number), journal = place
        line = Line(
            journal=journal,
            period=Period(fiscal_year=fiscal_year, number=number),
            compared=at.get(place),
            booked_at=booked.get(place),
        )
        lines.setdefault(sync_id, []).append(line)
    return {sync_id: tuple(found) for sync_id, found in lines.items()}


def by_period(lines: Sequence[Line]) -> tuple[PeriodSum, ...]:
    """Sum lines per period; those of a period come together."""
    return tuple(
        PeriodSum(period=period, lines=tuple(found))
        for period, found in groupby(lines, key=lambda line: line.period)
    )


def window(periods: Sequence[PeriodSum], until: Period | None, *, shown: int = SHOWN) -> Window:
    """Choose the periods of a page that ends with a period, or with the newest."""
    first = 0 if until is None else sum(_key(one.period) > _key(until) for one in periods)
    newer, older = periods[max(first - shown, 0) : first], periods[first + shown :]
    return Window(
        periods=tuple(periods[first : first + shown]),
        earlier=older[0].name if older else None,
        later=newer[0].name if newer else None,
    )


def write_period(period: Period) -> str:
    """Write a period as people and addresses name it, such as 2026-11."""
    return f"{period.fiscal_year}-{period.number:02d}"


def read_period(text: str) -> Period | None:
    """Read a period as it is written, `None` when it is none."""
    year, _, number = text.partition("-")
    if not (year.isdecimal() and number.isdecimal() and len(text) <= len("2026-999")):
        return None
    return Period(fiscal_year=int(year), number=int(number))


def _key(period: Period) -> tuple[int, int]:
    return period.fiscal_year, period.number
