"""Say what a process needed; kept apart, so that programs without the project's packages have it too."""

import resource
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


@dataclass(slots=True)
class Steps:
    """The seconds of each step, by the clock and of all processors together, since the last one ended."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    cpu_seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    since: tuple[float, float] = field(default_factory=_now)

    def end(self, name: str) -> None:
        """Add the time until now to a step, and begin the next one."""
        clock, cpu = _now()
        self.seconds[name] += clock - self.since[0]
        self.cpu_seconds[name] += cpu - self.since[1]
        self.since = clock, cpu

    def told(self, *, lines: int, missing: int) -> dict[str, Any]:
        """Return what was measured, with the peak of this process's resident memory in megabytes."""
        return {
            "lines": lines,
            "missing": missing,
            "seconds": dict(self.seconds),
            "cpu_seconds": dict(self.cpu_seconds),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
