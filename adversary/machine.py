"""Run simulated workers one at a time on one clock, and let them stop, freeze and die at any point."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any, Protocol

import greenlet

from emulators.clock import EmulatorClock

RENEW_EVERY_S = 30.0
TICK_S = 1e-6
"""The clock goes no finer: less than that never passes."""
KILL, FREEZE = "kill", "freeze"


class Died(BaseException):
    """The worker was killed: nothing of it runs any more, whatever it would still like to do."""


class Renewable(Protocol):
    """A lease that a living worker keeps renewing."""

    def renew(self) -> bool:
        """Prolong it."""
        ...


@dataclass(slots=True, kw_only=True, eq=False)
class Worker:
    """One try of one task. `kills` and `freezes` say at which of its points it dies, or stops for seconds."""

    name: str
    work: Callable[[], Any]
    kills: frozenset[int] = frozenset()
    freezes: dict[int, float] = field(default_factory=dict)
    points: int = 0
    wake_at_s: float = 0
    is_dead: bool = False
    is_frozen: bool = False
    has_ended: bool = False
    result: Any = None
    error: BaseException | None = None
    leases: list[Renewable] = field(default_factory=list)
    transactions: set[int] = field(default_factory=set)
    number: int = field(default_factory=count().__next__)
    thread: greenlet.greenlet = field(init=False)

    def __post_init__(self) -> None:
        """Make ready to run."""
        self.thread = greenlet.greenlet(self.run)

    def run(self) -> None:
        """Do the work and keep how it ended."""
        try:
            self.result = self.work()
        except BaseException as error:  # noqa: BLE001 - also being killed is an end
            self.error = error
        self.has_ended = True


@dataclass(slots=True, kw_only=True, eq=False)
class Machine:
    """The clock, and who runs on it now. `when_frozen` is told of every worker that stops for long.

    Those in the `background` go on while others run, and nobody waits for their end. `gone` are the numbers
    of workers that were killed.
    """

    clock: EmulatorClock
    random: Random
    current: Worker | None = None
    workers: list[Worker] = field(default_factory=list)
    background: list[Worker] = field(default_factory=list)
    when_frozen: Callable[[Worker], None] = lambda _worker: None
    gone: set[str] = field(default_factory=set)
    kills: int = 0
    freezes: int = 0
    _renewed_at_s: float = 0
    _hub: greenlet.greenlet = field(default_factory=greenlet.getcurrent)

    def run(self, first: Sequence[Worker]) -> None:
        """Run workers, and those that join them, until all have ended."""
        self.background = [worker for worker in self.background if not worker.has_ended]
        self.workers = [*first, *self.background]
        self._hub = greenlet.getcurrent()
        for worker in first:
            self._begin(worker)
        while any(not one.has_ended for one in self.workers if one not in self.background):
            alive = [worker for worker in self.workers if not worker.has_ended]
            due = [worker for worker in alive if worker.wake_at_s - self.now_s() < TICK_S]
            if due:
                self._switch(due[0] if len(due) == 1 else self.random.choice(due))
            else:
                self.pass_time(min(worker.wake_at_s for worker in alive) - self.now_s())

    def run_background(self) -> None:
        """Run those in the background until they have ended, too."""
        left, self.background = self.background, []
        self.run([worker for worker in left if not worker.has_ended])

    def join(self, worker: Worker) -> None:
        """Let another worker run beside those that do."""
        self._begin(worker)
        self.workers.append(worker)

    def now_s(self) -> float:
        """Return the time in seconds, as the machines' clocks that never jump."""
        return self.clock.now().timestamp()

    def pass_time(self, seconds: float) -> None:
        """Let time pass; whoever lives and is not frozen renews its leases now and then."""
        while seconds > 0:
            step_s = min(seconds, RENEW_EVERY_S)
            self.clock.advance(step_s)
            seconds -= step_s
            if self.now_s() - self._renewed_at_s >= RENEW_EVERY_S:
                self._renewed_at_s = self.now_s()
                self._renew()

    def sleep(self, seconds: float) -> None:
        """Let the worker that runs wait; outside of any worker the time just passes."""
        worker = self.current
        if worker is None or worker.transactions:
            self.pass_time(seconds)
            return
        worker.wake_at_s = self.now_s() + seconds
        self._pause()
        self.check()

    def check(self) -> None:
        """Let nothing more be done by a worker that was killed."""
        if self.current is not None and self.current.is_dead:
            raise Died

    def point(self) -> None:
        """Pass a point between two things that a worker does: it may die, freeze, or let others go on."""
        worker = self.current
        if worker is None:
            return
        self.check()
        worker.points += 1
        if worker.points in worker.kills:
            self.kills += 1
            self.gone.add(str(worker.number))
            worker.is_dead = True
            raise Died
        frozen_s = worker.freezes.get(worker.points)
        if worker.transactions:
            # Whoever waits for a lock of ours could never be let go on.
            return
        if frozen_s is not None:
            self._freeze(worker, frozen_s)
        elif len(self.workers) > 1:
            self._pause()

    def _renew(self) -> None:
        """Renew leases as the threads of living workers do: nothing of it happens to the worker that runs."""
        running, self.current = self.current, None
        for worker in self.workers:
            if not (worker.has_ended or worker.is_frozen or worker.is_dead):
                for lease in worker.leases:
                    lease.renew()
        self.current = running

    def _freeze(self, worker: Worker, seconds: float) -> None:
        self.freezes += 1
        worker.is_frozen = True
        worker.wake_at_s = self.now_s() + seconds
        self.when_frozen(worker)
        self._pause()
        worker.is_frozen = False

    def _begin(self, worker: Worker) -> None:
        worker.wake_at_s = max(worker.wake_at_s, self.now_s())

    def _switch(self, worker: Worker) -> None:
        self.current = worker
        worker.thread.switch()
        self.current = None

    def _pause(self) -> None:
        worker = self.current
        self._hub.switch()
        self.current = worker
