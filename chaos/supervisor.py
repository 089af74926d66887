"""Start again what died, as whoever runs servers has it done."""

import contextlib
import shutil
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil

from local.components import Component, ComponentError, kill

AGAIN_S: Final = 1.0
"""After how long a program that died by itself is started again."""


@dataclass(slots=True, kw_only=True)
class Program:
    """A program under supervision; `start` starts it, again and again."""

    component: Component
    start: Callable[[], Component]
    due_at_s: float | None = None
    started: Callable[[float], None] | None = None


@dataclass(slots=True, kw_only=True)
class Supervisor:
    """Programs by name. `fell` counts those that died without being killed, by name."""

    state: Path
    programs: dict[str, Program] = field(default_factory=dict)
    fell: Counter[str] = field(default_factory=Counter)
    left_behind: list[psutil.Process] = field(default_factory=list)
    restarts: int = 0

    def watch(self, component: Component, start: Callable[[], Component]) -> None:
        """Take a program that runs under supervision."""
        self.programs[component.name] = Program(component=component, start=start)

    def strike(self, name: str, *, again_at_s: float, alone: bool, started: Callable[[float], None]) -> bool:
        """Kill a program, to be started again at a time; false when it is dead already."""
        program = self.programs[name]
        if program.due_at_s is not None or not program.component.is_alive():
            return False
        self.left_behind += kill(program.component, alone=alone)
        program.due_at_s, program.started = again_at_s, started
        return True

    def tend(self, now_s: float) -> None:
        """Start again what is due; what died by itself is due soon."""
        for name, program in self.programs.items():
            if program.due_at_s is None and not program.component.is_alive():
                self.fell[name] += 1
                program.due_at_s = now_s + AGAIN_S
            if program.due_at_s is not None and program.due_at_s <= now_s:
                self._restart(name, program, now_s)

    def let_nothing_be_left_behind(self) -> None:
        """Kill what programs that were killed alone left running."""
        for orphan in self.left_behind:
            # psutil makes sure that the number was not given to another program.
            with contextlib.suppress(psutil.NoSuchProcess):
                orphan.send_signal(signal.SIGKILL)

    def _restart(self, name: str, program: Program, now_s: float) -> None:
        self.restarts += 1
        log = program.component.log
        if log.exists():
            shutil.copyfile(log, log.with_suffix(f".{self.restarts}.log"))
        try:
            program.component = program.start()
        except ComponentError:
            # A database server may need a moment until what was killed with it has gone.
            self.fell[name] += 1
            program.due_at_s = now_s + AGAIN_S
            return
        program.due_at_s = None
        if program.started is not None:
            program.started(now_s)
            program.started = None
