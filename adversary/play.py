"""Play a script: night after night, each task with its tries, and what happens to them; then quiet nights."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import sqlalchemy as sa

from adversary.backfill import backfill_worker
from adversary.hands import DEEDS
from adversary.machine import Died, Worker
from adversary.people import let_act, mend
from adversary.script import Event, Script
from adversary.tasks import AFTERWARDS, TASKS, Night
from adversary.world import World
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.operators.retry_policy import RETRIES, ByWhoMustAct

DAY_S = 86_400
POLICY = ByWhoMustAct()
BACKFILL = "backfill"
ACTING = frozenset({*DEEDS, "block", "close"})
"""What people do while a task runs, too."""
QUIET_NIGHTS = 4
"""Nights without any mishap at the end, at most: whatever can be settled is settled by then."""
OPEN = "SELECT count(*) FROM posting WHERE state NOT IN ('booked', 'parked')"


@dataclass(slots=True, kw_only=True, eq=False)
class Play:
    """One script being played.

    `deeds` is what people did to bookings, `acted` counts all they did, `strange` is what no task may end
    with.
    """

    world: World
    counts: Counter[str] = field(default_factory=Counter)
    deeds: list[dict[str, Any]] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    acted: Counter[str] = field(default_factory=Counter)
    _backfills: list[Worker] = field(default_factory=list)
    _began_s: float = field(init=False)

    def __post_init__(self) -> None:
        """Remember when the first day began."""
        self._began_s = self.world.machine.now_s() - DAY_S

    def play(self) -> None:
        """Play all nights of the script, and the quiet ones after them."""
        script = self.world.script
        for number in range(1, script.nights + 1):
            self.world.issue(number)
            self._night(number, script)
        for number in range(script.nights + 1, script.nights + 1 + QUIET_NIGHTS):
            self._night(number, script)
            if number > script.nights + 1 and not self._is_anything_open():
                return

    def _is_anything_open(self) -> bool:
        with self.world.engine.connect() as connection:
            return bool(connection.execute(sa.text(OPEN)).scalar_one())

    def _night(self, number: int, script: Script) -> None:
        machine = self.world.machine
        machine.pass_time(DAY_S * number - (machine.now_s() - self._began_s))
        for event in script.of(number):
            if event.kind == BACKFILL:
                self._begin_backfill(event)
                self._end_backfills()
            else:
                self._let_act(event)
        if self.world.needs_consent():
            self.counts["consented anew"] += 1
            self.world.trouble.begin([])  # what the last task did not come to does not happen to a person
            self.world.consent()
        night = Night(world=self.world, run_id=f"night {number}")
        stopped = False
        for name in TASKS:
            if stopped and name not in AFTERWARDS:
                continue
            stopped |= not self._task(night, name, script.of(number, name))
        self._end_backfills()
        mend(self.world)

    def _begin_backfill(self, event: Event) -> None:
        worker = backfill_worker(self.world, event)
        self._backfills.append(worker)
        self.world.machine.background.append(worker)
        self.acted[BACKFILL] += 1

    def _end_backfills(self) -> None:
        """Let backfills come to their end; one that was killed is not begun anew."""
        self.world.machine.run_background()
        self._note_strange(self._backfills)
        self._backfills.clear()

    def _note_strange(self, workers: Iterable[Worker]) -> None:
        """Note how those ended whom nobody tries again."""
        for worker in workers:
            if worker.error is not None and not isinstance(worker.error, Died):
                self.strange.append(f"{worker.name}: {worker.error!r}")

    def _task(self, night: Night, name: str, events: list[Event]) -> bool:
        """Try a task until it is done, as an orchestrator does; returns whether it was."""
        world = self.world
        world.trouble.begin([event for event in events if event.kind == "call"])
        world.interruptions.begin()
        for event in events:
            self._disturb_store(event)
            if event.kind == "astray":
                self._let_act(event)
            if event.kind == BACKFILL:
                self._begin_backfill(event)
        for attempt in range(1, RETRIES + 2):
            people = self._people(events, attempt)
            first = self._worker(night, name, events, attempt)
            twice = any(event.kind == "twice" and event.nth == attempt for event in events)
            beside = [self._worker(night, name, [], attempt)] if twice else []
            world.machine.when_frozen = lambda _frozen, name=name: world.machine.join(  # type: ignore[misc]
                self._worker(night, name, [], 0)
            )
            world.machine.run([first, *beside, *people])
            self._note_strange(people)
            aside = {*people, *world.machine.background}
            ended = [self._end(worker, attempt) for worker in world.machine.workers if worker not in aside]
            if any(wait_s is None for wait_s in ended):
                self._again(night, name, events)
                return True
            if all(wait_s == 0 for wait_s in ended):
                return False
            self._pass_time(max(wait_s or 0 for wait_s in ended))
        self.counts["tries used up"] += 1
        return False

    def _worker(self, night: Night, name: str, events: Iterable[Event], attempt: int) -> Worker:
        mine = [event for event in events if event.value("attempt", 1) == attempt]
        return Worker(
            name=f"{night.run_id} {name} {attempt}",
            work=night.task(name),
            kills=frozenset(event.nth for event in mine if event.kind == "kill"),
            freezes={event.nth: event.value("seconds", 600) for event in mine if event.kind == "freeze"},
        )

    def _people(self, events: Iterable[Event], attempt: int) -> list[Worker]:
        """Return people who act while a task runs, each after some seconds."""
        acting = [one for one in events if one.kind in ACTING and one.value("attempt", 1) == attempt]
        return [
            Worker(name=f"somebody who does {event.kind}", work=partial(self._act, event)) for event in acting
        ]

    def _act(self, event: Event) -> None:
        self.world.machine.sleep(float(event.value("after_s", 0)))
        self._let_act(event)

    def _let_act(self, event: Event) -> None:
        if let_act(self.world, event, self.deeds):
            self.acted[event.kind] += 1

    def _pass_time(self, seconds: float) -> None:
        """Wait before another try, while backfills go on."""
        machine = self.world.machine
        if machine.background:
            machine.run([Worker(name="nobody", work=partial(machine.sleep, seconds))])
        else:
            machine.pass_time(seconds)

    def _again(self, night: Night, name: str, events: list[Event]) -> None:
        """Let somebody clear a task that was done."""
        for event in events:
            if event.kind == "again":
                self.counts["cleared"] += 1
                worker = self._worker(night, name, [], 0)
                self.world.machine.run([worker])
                self._end(worker, 1)

    def _disturb_store(self, event: Event) -> None:
        interruptions = self.world.interruptions
        if event.kind == "store_gone":
            interruptions.gone |= set(range(event.nth, event.nth + int(event.value("statements", 1))))
        elif event.kind == "lost_commit":
            interruptions.lost_commits.add(event.nth)

    def _end(self, worker: Worker, attempt: int) -> float | None:
        """Say how a worker ended: `None` done, 0 for good, else after how many seconds to try again."""
        error = worker.error
        if error is None:
            self.counts["tasks done"] += 1
            return None
        self.counts[type(error).__name__] += 1
        if not isinstance(error, Died | TemporaryFailure | ConfigurationError | sa.exc.OperationalError):
            self.strange.append(f"{worker.name}: {error!r}")
        decided = POLICY.evaluate(error, attempt, RETRIES)
        return decided.retry_delay.total_seconds() if decided.retry_delay is not None else 0
