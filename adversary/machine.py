"""Run simulated processes one at a time on one clock, and let them stop, freeze and die at any point."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, Protocol

import greenlet

from emulators.clock import EmulatorClock

RENEW_EVERY_S = 30.0
KILL, FREEZE = "kill", "freeze"


class Died(BaseException):
    """The process was killed: nothing of it runs any more, whatever it would still like to do."""


class Renewable(Protocol):
    """A lease that a living process keeps renewing."""

    def renew(self) -> bool:
        """Prolong it."""
        ...


@dataclass(slots=True, kw_only=True, eq=False)
class Process:
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
    """The clock, and who runs on it now. `when_frozen` is told of every process that stops for long."""

    clock: EmulatorClock
    random: Random
    current: Process | None = None
    processes: list[Process] = field(default_factory=list)
    when_frozen: Callable[[Process], None] = lambda _process: None
    kills: int = 0
    freezes: int = 0
    _hub: greenlet.greenlet = field(default_factory=greenlet.getcurrent)

    def run(self, first: Sequence[Process]) -> None:
        """Run processes, and those that join them, until all have ended."""
        self.processes = list(first)
        self._hub = greenlet.getcurrent()
        for process in self.processes:
            self._begin(process)
        while alive := [process for process in self.processes if not process.has_ended]:
            due = [process for process in alive if process.wake_at_s <= self.now_s()]
            if due:
                self._switch(due[0] if len(due) == 1 else self.random.choice(due))
            else:
                self.pass_time(min(process.wake_at_s for process in alive) - self.now_s())

    def join(self, process: Process) -> None:
        """Let another process run beside those that do."""
        self._begin(process)
        self.processes.append(process)

    def now_s(self) -> float:
        """Return the time in seconds, as the machines' clocks that never jump."""
        return self.clock.now().timestamp()

    def pass_time(self, seconds: float) -> None:
        """Let time pass; whoever lives and is not frozen renews its leases meanwhile."""
        while seconds > 0:
            step_s = min(seconds, RENEW_EVERY_S)
            self.clock.advance(step_s)
            seconds -= step_s
            for process in self.processes:
                if not (process.has_ended or process.is_frozen or process.is_dead):
                    for lease in process.leases:
                        lease.renew()

    def sleep(self, seconds: float) -> None:
        """Let the process that runs wait; outside of any process the time just passes."""
        process = self.current
        if process is None or process.transactions:
            self.pass_time(seconds)
            return
        process.wake_at_s = self.now_s() + seconds
        self._pause()
        self.check()

    def check(self) -> None:
        """Let nothing more be done by a process that was killed."""
        if self.current is not None and self.current.is_dead:
            raise Died

    def point(self) -> None:
        """Pass a point between two things that a process does: it may die, freeze, or let others go on."""
        process = self.current
        if process is None:
            return
        self.check()
        process.points += 1
        if process.points in process.kills:
            self.kills += 1
            process.is_dead = True
            raise Died
        frozen_s = process.freezes.get(process.points)
        if process.transactions:
            # Whoever waits for a lock of ours could never be let go on.
            return
        if frozen_s is not None:
            self._freeze(process, frozen_s)
        elif len(self.processes) > 1:
            self._pause()

    def _freeze(self, process: Process, seconds: float) -> None:
        self.freezes += 1
        process.is_frozen = True
        process.wake_at_s = self.now_s() + seconds
        self.when_frozen(process)
        self._pause()
        process.is_frozen = False

    def _begin(self, process: Process) -> None:
        process.wake_at_s = self.now_s()

    def _switch(self, process: Process) -> None:
        self.current = process
        process.thread.switch()
        self.current = None

    def _pause(self) -> None:
        process = self.current
        self._hub.switch()
        self.current = process
