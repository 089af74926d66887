"""Live through many nights on the simulated clock, with all that happens in the life of an administration."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from finance_hooks.posting.report import Report
from tests.integration.chain.nights import Nights

FAULTS = ("lost_answer", "reset", "html", "truncated", "late_booking")
STARTS_EARLIER_DAYS = 200
"""How old a document may be that is finalised late."""


@dataclass(slots=True)
class Tally:
    """What happened in all these nights."""

    nights: int = 0
    backfills: int = 0
    documents: int = 0
    booked: int = 0
    red: list[tuple[str, ...]] = field(default_factory=list)
    doubles: int = 0
    losses: int = 0
    strays: int = 0
    differing: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    taken_back: int = 0


class Year:
    """Nights from a first day on; what happens by day is drawn from the seed."""

    def __init__(self, nights: Nights, *, seed: int, documents_a_day: int) -> None:
        """Begin with nothing issued."""
        self.nights = nights
        self.tally = Tally()
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, guards nothing
        self._documents_a_day = documents_a_day
        self._wanted: set[str] = set()
        self._taken_back: set[str] = set()

    def live(self, first: date, count: int) -> Tally:
        """Live through so many days: issue, change and take back by day, run by night; then count."""
        for number in range(count):
            self._day(first + timedelta(days=number))
            self._note(self.nights.night(first + timedelta(days=number + 1)))
            self.tally.nights += 1
            if number and self._chance.random() < 0.15:
                self._backfill(first + timedelta(days=self._chance.randrange(number)))
        self.nights.chain.clear_faults()
        # What became visible in the last night is booked by the two after it.
        for number in (1, 2):
            self._note(self.nights.night(first + timedelta(days=count + number)))
        self._count()
        return self.tally

    def _day(self, day: date) -> None:
        noon = datetime.combine(day, time(12), UTC)
        self.nights.at(noon)
        for _ in range(self._chance.randint(0, 2 * self._documents_a_day)):
            self._issue(day, noon)
        if self._wanted and self._chance.random() < 0.1:
            self._take_back(self._chance.choice(sorted(self._wanted)))
        self.nights.chain.clear_faults()
        if self._chance.random() < 0.3:
            effect = self._chance.choice(FAULTS)
            seed = self._chance.randrange(1000)
            self.nights.chain.exact.place(effect=effect, times=2, probability=0.5, seed=seed, delay_s=100)

    def _issue(self, day: date, at: datetime) -> None:
        kind = self._chance.random()
        if kind < 0.1:
            visible_at = at + timedelta(hours=self._chance.uniform(0, 20))
            number = self.nights.issue(day, VisibleAt=visible_at, ChangedDate=at)
        elif kind < 0.15:
            number = self.nights.issue(day - timedelta(days=self._chance.randrange(STARTS_EARLIER_DAYS)))
        else:
            number = self.nights.issue(day)
        self._wanted.add(number)

    def _take_back(self, number: str) -> None:
        self.nights.change(number, Status="Cancelled")
        self._wanted.discard(number)
        self._taken_back.add(number)

    def _backfill(self, day: date) -> None:
        self.tally.backfills += 1
        self._note(self.nights.backfill(day, attempt=self.tally.backfills))

    def _note(self, report: Report) -> None:
        self.tally.booked += report.booked
        if report.red:
            self.tally.red.append(report.red)
        self.tally.differing += report.difference != 0

    def _count(self) -> None:
        chain = self.nights.chain
        times = Counter(str(entry["document"]) for entry in chain.exact.books())
        states = self.nights.states()
        tally = self.tally
        tally.documents = len(self._wanted) + len(self._taken_back)
        tally.taken_back = len(self._taken_back)
        tally.doubles = sum(count > 1 for count in times.values())
        tally.losses = sum(times[number] != 1 or states[number] != "booked" for number in self._wanted)
        # What was taken back may be booked, when that came first, and nothing else may.
        tally.strays = len(set(times) - self._wanted - self._taken_back)
        tally.calls = Counter(str(call["method"]) for call in chain.exact.emulator.calls.since(None))
