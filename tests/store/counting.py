"""Count the statements of a connection, and ask PostgreSQL how it goes about one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa


@dataclass
class Counted:
    """The statements that were executed, with their values."""

    statements: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def counted(on: sa.Connection | sa.Engine) -> Iterator[Counted]:
    """Count what is executed on a connection, or on all of an engine."""
    made = Counted()

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        made.statements.append((statement, values))

    sa.event.listen(on, "before_cursor_execute", note)
    try:
        yield made
    finally:
        sa.event.remove(on, "before_cursor_execute", note)


def plan_of(connection: sa.Connection, made: Counted) -> str:
    """Return how PostgreSQL goes about the only statement."""
    ((statement, values),) = made.statements
    return "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", values).scalars())
