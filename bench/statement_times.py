"""Time every statement that the store executes meanwhile, under the name of the function that asks it."""

import inspect
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import sqlalchemy as sa

STORE = str(Path("finance_hooks") / "store")


@dataclass(frozen=True, slots=True)
class StatementTimes:
    """The times in milliseconds of every statement, by the function of the store that asked for it."""

    times_ms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def total_ms(self) -> float:
        """Add up all times."""
        return sum(map(sum, self.times_ms.values()))


@contextmanager
def timed_statements(engine: sa.Engine) -> Iterator[StatementTimes]:
    """Time what is executed on an engine; fetching is part of it, but for what is read piece by piece."""
    times = StatementTimes()
    began = 0.0

    def before(*_: object) -> None:
        nonlocal began
        began = time.perf_counter()

    def after(*_: object) -> None:
        took_ms = 1000 * (time.perf_counter() - began)
        times.times_ms[_asked_by(inspect.currentframe())].append(took_ms)

    sa.event.listen(engine, "before_cursor_execute", before)
    sa.event.listen(engine, "after_cursor_execute", after)
    try:
        yield times
    finally:
        sa.event.remove(engine, "before_cursor_execute", before)
        sa.event.remove(engine, "after_cursor_execute", after)


def _asked_by(frame: FrameType | None) -> str:
    """Name the outermost function of the innermost module of the store on the stack."""
    name = "elsewhere"
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if STORE in str(path.parent):
            if name != "elsewhere" and not name.startswith(f"{path.stem}."):
                break
            name = f"{path.stem}.{frame.f_code.co_name}"
        elif name != "elsewhere":
            break
        frame = frame.f_back
    return name
