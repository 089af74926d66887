"""The statements that reach a database while somebody works with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa


@dataclass
class Statements:
    """What was sent, in order."""

    texts: list[str] = field(default_factory=list)


@contextmanager
def counting(engine: sa.Engine) -> Iterator[Statements]:
    """Note every statement that leaves within."""
    sent = Statements()

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        sent.texts.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
