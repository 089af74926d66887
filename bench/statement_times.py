"""Time every statement that the store executes meanwhile, under the name of the function that asks it."""

import inspect
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import sqlalchemy as sa

STORE = str(Path("finance_hooks") / "store")


class StatementTimes:
    """The times in milliseconds of every statement, by the function of the store that asked for it."""

    def __init__(self) -> None:
        self.times_ms: dict[str, list[float]] = defaultdict(list)
        self.slowest: dict[str, tuple[float, str, Any]] = {}

    def note(self, name: str, took_ms: float, statement: str, values: Any) -> None:  # noqa: ANN401 - as the driver has them
        """Keep one time, and the statement when it is the slowest of its function."""
        self.times_ms[name].append(took_ms)
        if took_ms > self.slowest.get(name, (0.0,))[0]:
            self.slowest[name] = (took_ms, statement, values)

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

    def after(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        took_ms = 1000 * (time.perf_counter() - began)
        times.note(_asked_by(inspect.currentframe()), took_ms, statement, values)

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
